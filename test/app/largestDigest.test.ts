import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeStaffSurveys } from '../../src/app/surveys/staffSurveyDesk.ts'
import { digestWords, MOST_OF_A_DIGEST } from '../../src/app/tasks/digestWords.ts'
import { makeTaskDesk } from '../../src/app/tasks/taskDesk.ts'
import type { OutboxMessage } from '../../src/app/ports.ts'
import { cardLimits } from '../../src/channels/wecom/card.ts'
import type { WecomClient } from '../../src/channels/wecom/client.ts'
import { makeWecomSender } from '../../src/channels/wecom/sender.ts'
import { emptyFields } from '../../src/channels/wechat-official/fields.ts'
import { MAX_TEXT_BYTES, renderTexts } from '../../src/channels/wechat-official/render.ts'
import type { Officer } from '../../src/domain/officer.ts'
import type { Task } from '../../src/domain/task.ts'
import { openTask, taskCreated } from '../../src/domain/taskState.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* A morning with as much in it as there can be: what is sent is whole, on the card of WeCom and as a text of either platform. */

const HOUR = 3_600_000
const TOWN = '420702104'
const OTHER_TOWN = '420702105'
const PUBLIC_URL = 'https://nuanxin.weisheng.liangzihu.ezhou.gov.cn'
/** A name as long as the register takes, in letters of four bytes and with the middle dot of Uygur names. */
const NAME = '𠮷𡈽·阿卜杜热合曼·买买提吐尔逊·阿布都克里木江'
const TITLE = '二〇二六年度全县卫生健康系统干部职工政策知晓情况（第三期）摸底小问卷（补充卷）'

let database: TestDatabase
let here: Instance
const world = { ...frozenWorld('2026-11-23T09:00:00+08:00'), newId: randomUUID }

beforeAll(async () => {
  database = await testDatabase()
  here = openInstance(database, world)
})
afterAll(() => database?.close())

async function newTask(regionCode: string, more: Partial<Task> = {}): Promise<string> {
  const id = randomUUID()
  const task = openTask({
    ...{ id, source: 'halfFilledCase', regionCode, applicationId: null },
    ...{ summary: `${NAME}家 生育登记`, promiseDue: '2026-11-25', createdAt: world.now(), ...more },
  })
  await here.parts.store.transaction({ kind: 'system' }, tx =>
    tx.tasks.insert(task, taskCreated(task, { kind: 'system' })),
  )
  return id
}

/** The officer's digest as a channel gets it; whatever was told him before has left. */
async function digestOf(officer: Officer): Promise<OutboxMessage> {
  const key = `digest:${officer.id}:%`
  await database.sql('delete from outbox where dedupe_key not like $1', [key])
  const [row] = await database.sql('select id from outbox')
  const taken = await here.kept.outbox.take(String(row?.['id']), world.now())
  if (!taken) throw new Error('no digest')
  return taken
}

async function holds(officer: Officer, id: string): Promise<void> {
  const leased = await here.app.officer.lease(officer, id, null)
  if (!leased.ok) throw new Error(leased.refusal.code)
}

const characters = (text: unknown) => [...String(text)].length

/** What WeCom is sent. */
async function sentToWecom(message: OutboxMessage): Promise<Record<string, unknown>[]> {
  const bodies: Record<string, unknown>[] = []
  const client: WecomClient = async ({ body }) => {
    bodies.push({ ...(body as object) })
    return { status: 'ok', fields: emptyFields() }
  }
  const text = (key: string) => here.parts.text('zh-CN', key)
  const sender = makeWecomSender({ agentId: 1, client, pace: async () => true, world, text, publicUrl: PUBLIC_URL })
  expect((await sender.send(message)).status).toBe('sent')
  return bodies
}

test('forty tasks with long names, a place to stand in for, offers and a survey: all is whole, the most pressing first', async () => {
  const desk = makeTaskDesk(here.parts)
  const [town, other] = [await here.appoint('town', 'town', TOWN), await here.appoint('other', 'town', OTHER_TOWN)]
  const county = await here.appoint('county', 'county', '420702')
  const village = await here.appoint('village', 'village', `${TOWN}201`)
  for (const n of [2, 3]) await here.appoint(`village-${n}`, 'village', `${TOWN}20${n}`)
  const sender = randomUUID()
  await here.say(sender, '你好', 'wecom')
  await here.kept.officers.bind({ channel: 'wecom', sender, officerId: town.id, at: world.now() })
  const away = { officerId: other.id, from: '2026-11-23', to: '2026-11-27', substituteId: town.id }
  const absence = await desk.setAbsence(county, away)
  expect(absence.ok).toBe(true)
  const own: string[] = []
  for (let n = 0; n < 20; n++) own.push(await newTask(TOWN, { promiseDue: n % 2 ? '2026-11-26' : '2026-11-25' }))
  for (let n = 0; n < 10; n++) await newTask(OTHER_TOWN)
  for (let n = 0; n < 5; n++)
    await newTask(`${TOWN}201`, { promiseDue: '2026-11-23', createdAt: world.now() - 100 * HOUR })
  const offered = await newTask(`${TOWN}201`, { promiseDue: '2026-11-27' })
  const survey = await makeStaffSurveys(here.parts).start(county, {
    ...{ title: TITLE, roles: ['village', 'town', 'county'], closesAt: world.now() + 5 * 24 * HOUR },
  })
  expect(survey.ok).toBe(true)
  world.advance(30 * HOUR)
  while ((await desk.work.look(100)) > 0);
  for (const id of own) await holds(town, id)
  await holds(village, offered)
  expect((await desk.offer(village, { id: offered, fence: 1, to: town.id, reason: '住院' })).ok).toBe(true)
  await desk.work.digests(100)

  const message = await digestOf(town)
  const text = message.replies[0]?.text ?? ''
  for (const part of ['您手里20件', '已过期', '上报来的', '请您接办的1件', '时限过半', '件，见工作台', '小问卷《']) {
    expect(text).toContain(part)
  }
  // One card that opens the desk (模板卡片, text_notice), and nothing of the words is missing on it.
  const [sent, ...more] = await sentToWecom(message)
  const card = sent?.['template_card'] as Record<string, Record<string, string>>
  const [title, body] = [card['main_title']?.['title'] ?? '', String(card['sub_title_text'])]
  expect([title + body, more]).toEqual([text, []])
  expect(characters(title)).toBeLessThanOrEqual(36)
  expect(characters(body)).toBeLessThanOrEqual(160)
  const texts = renderTexts(message.replies, PUBLIC_URL)
  expect(texts).toHaveLength(1)
  expect(Buffer.byteLength(texts[0] ?? '')).toBeLessThanOrEqual(MAX_TEXT_BYTES)
})

describe('whatever a morning holds', () => {
  const many = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 99_999 }))
  const words = (most: number) => fc.string({ unit: 'grapheme', minLength: 1, maxLength: most })
  const morning = fc.record({
    ...{ held: many, waiting: many, dueToday: many, overdue: many, raised: many, offered: many },
    names: fc.array(words(80), { maxLength: 40 }),
    title: fc.option(words(40)),
  })

  test('it fits a card and one text, and nothing that waits goes unsaid', () => {
    const parts = { text: here.parts.text }
    fc.assert(
      fc.property(morning, ({ names, title, ...digest }) => {
        const tasks = names.map(summary => ({ summary, promiseDue: '2026-12-30', legalDue: null }))
        const survey = title === null ? null : { title, closesAt: Date.parse('2026-12-30T10:00:00+08:00') }
        const values = digestWords(parts, { digest, halfway: tasks, survey })
        const text = parts.text('zh-CN', 'tasks.digest', values)
        expect(characters(text)).toBeLessThanOrEqual(MOST_OF_A_DIGEST)
        const [named, more] = [text.split('\n· ').length - 1, /[共有](\d+)件，见工作台/.exec(text)?.[1] ?? 0]
        expect(named + Number(more)).toBeGreaterThanOrEqual(tasks.length)
        expect(text.includes('小问卷')).toBe(survey !== null)
      }),
      { numRuns: 500 },
    )
  })

  test('our measure is not longer than the card of the platform', () => {
    expect(MOST_OF_A_DIGEST).toBeLessThanOrEqual(cardLimits.subtitle)
  })
})
