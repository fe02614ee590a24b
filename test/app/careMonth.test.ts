import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCareDesk, type CareDesk } from '../../src/app/care/careDesk.ts'
import type { AppParts } from '../../src/app/parts.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { addDays, frozenWorld, shanghaiDate } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance } from './instance.ts'

/* One family from its first day over 春节 2027 to the end of the month after, a day at a time, on a real store. */

const VILLAGE = '420702104212'
const DAY_MS = 86_400_000
const source = { document: '县里定的', checked: '2026-11-22', weight: 'product' as const }

const world = frozenWorld('2027-01-12T09:00:00+08:00')
let database: TestDatabase
let desk: CareDesk
let cadre: Officer
let leader: Officer
let id: string

/** The county has set one visit a month. */
function monthly(parts: AppParts): AppParts {
  const packFor: AppParts['packFor'] = code => {
    const pack = parts.packFor(code)
    return pack.care ? { ...pack, care: { ...pack.care, everyMonths: { value: 1, source } } } : pack
  }
  return { ...parts, packFor }
}

beforeAll(async () => {
  database = await testDatabase()
  const here = openInstance(database, world)
  desk = makeCareDesk(monthly(here.parts))
  cadre = await here.appoint('王专干', 'village', VILLAGE)
  leader = await here.appoint('陈镇长', 'town', '420702104')
  const registered = await desk.register(cadre, {
    ...{ regionCode: VILLAGE, phone: null, address: null, consentWay: 'paper' },
    people: [{ name: '王秀英', birthday: { calendar: 'lunar', month: 1, day: 20 } }],
  })
  id = registered.ok ? registered.value.id : ''
  await desk.setContact(leader, id, { post: 'leader', officerId: leader.id })
})
afterAll(() => database?.close())

async function tasks() {
  const found = await desk.one(cadre, id)
  if (!found.ok) throw new Error('the family is gone')
  return found.value.tasks
}

async function visit(officer: Officer, taskId: string, promise: { words: string; by: string } | null): Promise<void> {
  const written = await desk.writeVisit(officer, id, {
    ...{
      taskId,
      on: shanghaiDate(world.now()),
      way: 'home',
      mood: 'calm',
      words: '坐了半个钟头，都好',
      needs: [],
      promise,
    },
  })
  expect(written.ok).toBe(true)
}

test('each visit is there when its days begin, closes when it is written, and none comes twice', async () => {
  const opened: [string, string, string | null][] = []
  const seen = new Set<string>()
  for (let day = 0; day < 78; day++) {
    await desk.plan(100)
    await desk.plan(100)
    const today = shanghaiDate(world.now())
    for (const task of await tasks()) {
      if (!seen.has(task.id)) opened.push([today, task.summary, task.due])
      seen.add(task.id)
      expect(task.due === null || task.due >= today, `${task.summary} is late`).toBe(true)
    }
    // They go there on the last day but one, and before 春节 somebody promises something.
    const due = (await tasks()).find(task => task.due !== null && task.due <= addDays(today, 1))
    if (due) {
      const promise = due.summary.includes('春节') ? { words: '带去办慢病卡', by: addDays(today, 12) } : null
      await visit(day % 2 === 0 ? cadre : leader, due.id, promise)
    }
    world.advance(DAY_MS)
  }
  expect(opened).toEqual([
    ['2027-01-12', '陈镇长和王家见个面，认认人', '2027-01-19'],
    // Ends with the introduction: somebody was there in January.
    ['2027-01-12', '去看看王家', '2027-01-31'],
    // 春节 is 2027-02-06: one goes there before.
    ['2027-01-30', '春节前去看看王家', '2027-02-05'],
    ['2027-02-05', '答应王家的事，到日子了', '2027-02-16'],
    // 正月二十.
    ['2027-02-22', '王家有人过生日，去看看', '2027-02-25'],
    ['2027-03-01', '去看看王家', '2027-03-31'],
  ])
})

test('what was written says so: five visits and a promise that was kept by going there', async () => {
  const found = await desk.one(leader, id)
  if (!found.ok) throw new Error('the family is gone')
  const { state } = found.value
  expect(state.visits.map(({ on }) => on)).toEqual([
    '2027-01-18',
    '2027-02-04',
    '2027-02-15',
    '2027-02-24',
    '2027-03-30',
  ])
  expect(state.promises.map(({ kept }) => kept !== null)).toEqual([true])
  expect(found.value.everyMonths).toBe(1)
})
