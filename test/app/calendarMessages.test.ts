import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sendCalendars } from '../../src/app/calendar/sendCalendars.ts'
import { makeCareDesk } from '../../src/app/care/careDesk.ts'
import { makeGriefDesk } from '../../src/app/grief/griefDesk.ts'
import { isMuted } from '../../src/app/messages/mutes.ts'
import { stillWanted } from '../../src/app/messages/stillWanted.ts'
import { sendReady } from '../../src/jobs/outbox.ts'
import type { JobParts } from '../../src/jobs/parts.ts'
import { tellDecision } from '../../src/app/tellDecision.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { addDays, shanghaiTime, startOfDay, type World } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'
import { register, talk } from './residents.ts'

/* 服务日历 over a whole pregnancy in a frozen clock, and what happens to it when the pregnancy or the child is lost. */

const HOUR = 3_600_000
/** Half past two at night: when a job that runs once a day may run. */
const NIGHT = 2.5 * HOUR
const REGISTERED = '2026-11-23'
let now = startOfDay(REGISTERED) + 10 * HOUR
let database: TestDatabase
let service: Instance
let village: Officer
let births = 0

beforeAll(async () => {
  database = await testDatabase()
  const world: World = { ...database.world, now: () => now }
  service = openInstance(database, world)
  village = await service.appoint('village', 'village', '420702104212')
})
afterAll(() => database?.close())
beforeEach(() => {
  now = startOfDay(REGISTERED) + 10 * HOUR
})

/** A mother expecting on 15 March 2027 whose calendar runs. */
async function expecting(): Promise<{ sender: string; residentId: string; applicationId: string }> {
  const sender = randomUUID()
  await register(service, sender, `199${births % 10}-0${1 + (births++ % 9)}-01`)
  await talk(service, sender, '服务日历', '同意，开日历')
  const address = { channel: 'web' as const, sender, messageKey: randomUUID() }
  const residentId = (await service.kept.store.turns.open(address, now)).resident.id
  const [row] = await database.sql('select application_id from service_calendar where resident_id = $1', [residentId])
  return { sender, residentId, applicationId: String(row?.['application_id']) }
}

const night = () => sendCalendars(service.parts, 100)
const messagesOf = (residentId: string) =>
  database.sql(
    `select id, status, not_before, failure ->> 'name' as failure from outbox
      where resident_id = $1 and purpose = 'calendar' order by seq`,
    [residentId],
  )
/** Sends what may go at this moment; answers what reached the platform, of one resident or of all. */
async function send(before: () => Promise<void> = async () => undefined, residentId?: string): Promise<string[]> {
  const sent: string[] = []
  const parts: JobParts = {
    ...{ outbox: service.kept.outbox, timers: service.kept.timers, app: service.app, wake: service.parts.wake },
    senders: {
      web: {
        channel: 'web',
        send: async message => {
          if (residentId === undefined || message.residentId === residentId)
            sent.push(message.replies.map(({ text }) => text).join('\n'))
          return { status: 'sent', providerId: null }
        },
      },
    },
    ...{ world: service.parts.world, crash: () => undefined, text: key => service.parts.text('zh-CN', key) },
    log: () => undefined,
    stillWanted: async message => {
      await before()
      return stillWanted(service.parts, message)
    },
  }
  await sendReady(parts)
  return sent
}

describe('over a pregnancy and three years of the child', () => {
  test('each thing is said once, on its day, never at night, with its source and the way to stop it', async () => {
    const { residentId } = await expecting()
    await database.sql(`delete from outbox where purpose is null`)
    const said: string[] = []
    for (let day = REGISTERED; day < '2030-04-01'; day = addDays(day, day < '2027-04-01' ? 1 : 7)) {
      now = startOfDay(day) + NIGHT
      await night()
      await night()
      const atNight = await send()
      expect(atNight).toEqual([])
      now = startOfDay(day) + 9 * HOUR
      for (const text of await send()) said.push(`${shanghaiTime(now).slice(0, 10)} ${text}`)
    }
    expect(said.map(text => text.slice(0, 10))).toEqual(
      ['2027-03-15', '2028-01-01'].map(day => expect.stringMatching(day.slice(0, 7))),
    )
    expect(said[0]).toContain('预产期')
    expect(said[0]).toContain('上户口')
    expect(said[0]).toContain('依据：')
    expect(said[0]).toContain('停止提醒')
    expect(said[1]).toContain('续领')
    expect(await messagesOf(residentId)).toHaveLength(2)
  })

  test('“停止提醒” ends it at once, also what lies in the outbox', async () => {
    const { sender, residentId } = await expecting()
    now = startOfDay('2027-03-15') + NIGHT
    await night()
    expect(await messagesOf(residentId)).toMatchObject([{ status: 'created' }])
    expect(await talk(service, sender, '停止提醒')).toContain('不会再提醒')
    now = startOfDay('2027-03-15') + 9 * HOUR
    expect((await send()).filter(text => text.includes('预产期'))).toEqual([])
    expect(await messagesOf(residentId)).toMatchObject([{ status: 'failed' }])
  })
})

describe('when the child is lost', () => {
  test('told in chat: a warm word, no further word of the child whatever is queued, and somebody comes', async () => {
    const { sender, residentId } = await expecting()
    now = startOfDay('2027-03-15') + NIGHT
    await night()
    expect(await talk(service, sender, '孩子没保住')).toContain('您多保重')
    const system = service.parts.store.transaction.bind(service.parts.store)
    expect(await system({ kind: 'system' }, tx => isMuted(tx, { residentId }))).toBe(true)
    expect(await database.sql(`select status from care_family where resident_ids && array[$1]`, [residentId])).toEqual([
      { status: 'proposed' },
    ])
    for (const day of ['2027-03-15', '2027-03-16', '2028-01-02']) {
      now = startOfDay(day) + 9 * HOUR
      await night()
      expect((await send()).filter(text => text.includes('日历'))).toEqual([])
    }
    expect(await messagesOf(residentId)).toMatchObject([{ status: 'failed', failure: 'muted' }])
  })

  test('told by an officer in one step: the same, with a condolence; lifting it brings no word of the child back', async () => {
    const { residentId, applicationId } = await expecting()
    const desk = makeGriefDesk(service.parts)
    expect(await desk.bereaved(village, applicationId, 'child')).toEqual({ ok: true, value: null })
    expect((await send()).join()).toContain('我们都很难过')
    expect(await desk.lift(village, applicationId, '上门看过，家人平安')).toEqual({ ok: true, value: null })
    now = startOfDay('2027-03-15') + 9 * HOUR
    await night()
    expect(await messagesOf(residentId)).toEqual([])
    const stranger = await service.appoint('stranger', 'village', '420702104213')
    expect(await desk.bereaved(stranger, applicationId, 'child')).toMatchObject({ ok: false })
  })

  test('told at the very moment of sending: it does not leave any more', async () => {
    const { sender, residentId } = await expecting()
    now = startOfDay('2027-03-15') + 9 * HOUR
    await night()
    let told = false
    const sent = await send(async () => {
      if (!told) await talk(service, sender, '孩子没保住')
      told = true
    })
    expect(sent.filter(text => text.includes('预产期'))).toEqual([])
    expect(await messagesOf(residentId)).toMatchObject([{ status: 'failed', failure: 'unwanted' }])
  })

  test('told while the nightly job runs, over and over: never a word of the child afterwards', async () => {
    for (let round = 0; round < 8; round++) {
      now = startOfDay(REGISTERED) + 10 * HOUR
      const { sender, residentId } = await expecting()
      now = startOfDay('2027-03-15') + 9 * HOUR
      await Promise.all([night(), talk(service, sender, '孩子没保住'), night()])
      await night()
      expect((await send()).filter(text => text.includes('预产期'))).toEqual([])
      const left = await messagesOf(residentId)
      expect(left.every(({ status }) => status === 'failed')).toBe(true)
    }
  })
})

test('the death of somebody else silences the household and leaves the calendar to be taken up again', async () => {
  const { sender, residentId, applicationId } = await expecting()
  await talk(service, sender, '我爷爷昨天去世了')
  now = startOfDay('2027-03-15') + NIGHT
  await night()
  expect(await messagesOf(residentId)).toEqual([])
  await makeGriefDesk(service.parts).lift(village, applicationId, '已上门慰问')
  now = startOfDay('2027-03-16') + 9 * HOUR
  await night()
  expect(await messagesOf(residentId)).toHaveLength(1)
})

test('a family in care that lost somebody hears nothing of itself until who looks after it says so', async () => {
  const { sender, residentId } = await expecting()
  await talk(service, sender, '我爷爷昨天去世了')
  const [family] = await database.sql('select id from care_family where resident_ids && array[$1]', [residentId])
  const town = await service.appoint('town', 'town', '420702104')
  const desk = makeGriefDesk(service.parts)
  expect(await desk.liftFamily(town, String(family?.['id']), '常去看，好多了')).toEqual({ ok: true, value: null })
  const muted = () => service.parts.store.transaction({ kind: 'system' }, tx => isMuted(tx, { residentId }))
  expect(await muted()).toBe(false)
  expect(await makeCareDesk(service.parts).occurred(town, String(family?.['id']), 'bereavement')).toMatchObject({
    ok: true,
  })
  expect(await muted()).toBe(true)
  const stranger = await service.appoint('elsewhere', 'town', '420702105')
  expect(await desk.liftFamily(stranger, String(family?.['id']), '不认识')).toMatchObject({ ok: false })
})

test('a year after the loss nothing of a child was said, by no way, also when the silence was lifted meanwhile', async () => {
  const { sender, residentId, applicationId } = await expecting()
  expect(await talk(service, sender, '孩子没保住了')).toContain('您多保重')
  const lost = now
  const told: string[] = []
  const inTx = <T>(run: Parameters<typeof service.parts.store.transaction<T>>[1]) =>
    service.parts.store.transaction({ kind: 'system' }, run)
  const rows = await database.sql(`select id from care_family where resident_ids @> array[$1]`, [residentId])
  const familyId = String(rows[0]?.['id'])
  const leader = await service.appoint(`year-${randomUUID()}`, 'town', '420702104')
  const care = makeCareDesk(service.parts)
  for (let month = 1; month <= 12; month++) {
    now = lost + month * 30 * 24 * HOUR
    if (month === 2) {
      await care.setPeople(leader, familyId, {
        ...{ people: [{ name: '李小红', birthday: null }], phone: null, address: null, consentWay: 'spoken' },
      })
      const words = '上门看过，说可以发'
      expect(await makeGriefDesk(service.parts).liftFamily(leader, familyId, words)).toMatchObject({ ok: true })
    }
    if (month === 4) {
      const application = await inTx(tx => tx.applications.byId(applicationId))
      if (application) await inTx(tx => tellDecision(service.parts, tx, application))
    }
    if (month % 3 === 0) {
      const at = { regionCode: '420702104', title: '听戏', place: '暖心家园', note: null, capacity: 20 }
      await care.activities.open(leader, { ...at, startsAt: now + 96 * HOUR })
    }
    await care.plan(100)
    await night()
    now = startOfDay(shanghaiTime(now).slice(0, 10)) + 34 * HOUR
    told.push(...(await send(undefined, residentId)))
  }
  const ofChild = told.filter(text => /孩子|宝宝|预产|接种|疫苗|育儿|新生儿|服务日历/.test(text))
  expect(ofChild).toEqual([])
  expect(await messagesOf(residentId)).toEqual([])
  expect(told.some(text => text.includes('听戏'))).toBe(true)
})
