import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeTaskDesk } from '../../src/app/tasks/taskDesk.ts'
import { makeComplaintDesk, type ComplaintDesk } from '../../src/app/complaints/complaintDesk.ts'
import { complaintNight } from '../../src/app/complaints/complaintNight.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { shanghaiDate } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'
import { talk } from './residents.ts'

/* 投诉建议 from chat to the answer, on a real store: who may see it and who never does. */

const VILLAGE = '420702104212'
const PLACE = '湖北省鄂州市梁子湖区沼山镇下柯村'

let database: TestDatabase
let here: Instance
let desk: ComplaintDesk
let village: Officer
let town: Officer
let accused: Officer
let county: Officer
let county2: Officer
let auditor: Officer

beforeAll(async () => {
  database = await testDatabase()
  here = openInstance(database)
  desk = makeComplaintDesk(here.parts)
  village = await here.appoint('李专干', 'village', VILLAGE)
  town = await here.appoint('赵经办', 'town', '420702104')
  accused = await here.appoint('钱主任', 'county', '420702')
  county = await here.appoint('孙科长', 'county', '420702')
  county2 = await here.appoint('周科长', 'county', '420702')
  auditor = await here.appoint('审计', 'auditor', '420702')
})
afterAll(() => database?.close())

interface Said {
  topic?: string
  words?: string
  office?: string
  person?: string
  reply?: string
}

async function complain(sender: string, { topic, words, office, person, reply }: Said = {}): Promise<string> {
  const about = office ?? '村（社区）'
  return talk(
    here,
    sender,
    ...['我要投诉', topic ?? '态度不好', words ?? '昨天去窗口，说话难听', '没有了', PLACE, about],
    ...(about === '不针对谁' ? [] : [person ?? '不知道']),
    ...[reply ?? '要答复', '没错，提交'],
  )
}

const numberIn = (text: string) => /TS\d{6}-\d{6}/.exec(text)?.[0] ?? ''

async function idOf(number: string): Promise<string> {
  const [row] = await database.sql(`select id from complaint where number = '${number}'`)
  return String(row?.['id'] ?? '')
}

async function newestAnonymous(): Promise<string> {
  const [row] = await database.sql(
    'select id from complaint where resident_id is null order by received_at desc limit 1',
  )
  return String(row?.['id'] ?? '')
}

async function visible(officer: Officer, id: string): Promise<boolean> {
  const open = await desk.list(officer, { open: true, limit: 100 })
  const all = await desk.list(officer, { open: false, limit: 100 })
  const one = await desk.one(officer, id)
  const seen = [open, all].map(({ items }) => items.some(({ complaint }) => complaint.id === id))
  expect(new Set([...seen, one.ok]).size).toBe(1)
  return one.ok
}

async function answer(officer: Officer, id: string, text = '已经查实，已批评教育。') {
  const found = await desk.one(officer, id)
  if (!found.ok || !found.value.task) throw new Error('nothing to answer')
  const leased = await here.app.officer.lease(officer, found.value.task.id, null)
  if (!leased.ok) throw new Error(leased.refusal.code)
  return desk.reply(officer, id, leased.value.fence, { finding: 'founded', text })
}

async function counted(): Promise<Record<string, number>> {
  const today = shanghaiDate(database.world.now())
  const query = { regionCode: '420702', from: today, to: today, byMonth: false, placeLength: 0, measures: null }
  const sums = await here.kept.store.transaction({ kind: 'system' }, tx => tx.figures.sums(query))
  return Object.fromEntries(sums.filter(({ measure }) => measure.startsWith('complaint')).map(s => [s.measure, s.n]))
}

describe('a complaint about the village', () => {
  test('goes to the town, is answered, told, and closed when it helped', async () => {
    const sender = randomUUID()
    const told = await complain(sender)
    expect(told).toContain('由湖北省鄂州市梁子湖区沼山镇办')
    const id = await idOf(numberIn(told))
    expect(await visible(village, id)).toBe(false)
    expect(await visible(town, id)).toBe(true)
    expect(await counted()).toEqual({ complaintFirst: 1 })
    expect(await answer(town, id)).toMatchObject({ ok: true, value: { state: { status: 'answered' } } })
    expect(await counted()).toEqual({
      ...{ complaintFirst: 1, complaintFirstClosed: 1, complaintDue: 1, complaintOnTime: 1 },
    })
    const sent = await database.sql(
      `select critical from outbox where dedupe_key like 'complaint:%' order by dedupe_key`,
    )
    expect(sent).toEqual([{ critical: true }, { critical: false }])
    expect(await talk(here, sender, '解决了')).toContain('结了')
    const done = await desk.one(town, id)
    expect(done).toMatchObject({ ok: true, value: { state: { status: 'closed', closedWhy: 'confirmed' } } })
  })

  test('that was not settled goes once to the level above, without whoever answered', async () => {
    const sender = randomUUID()
    const id = await idOf(numberIn(await complain(sender)))
    const before = await counted()
    await answer(town, id)
    expect(await talk(here, sender, '没解决')).toContain('转上一级')
    expect(await visible(town, id)).toBe(false)
    expect(await visible(county, id)).toBe(true)
    expect((await counted())['complaintFirstClosed']).toBe(before['complaintFirstClosed'])
    const again = await answer(county, id)
    expect(again).toMatchObject({ ok: true, value: { state: { status: 'closed', closedWhy: 'final' } } })
    expect(await counted()).toMatchObject({ complaintFirstClosed: before['complaintFirstClosed'] })
  })

  test('is answered under the lease of its task and closes on nothing else', async () => {
    const id = await idOf(numberIn(await complain(randomUUID())))
    const found = await desk.one(town, id)
    if (!found.ok || !found.value.task) throw new Error('not there')
    const notLeased = await desk.reply(town, id, 0, { finding: 'founded', text: '已经查实。' })
    expect(notLeased).toMatchObject({ ok: false, refusal: { code: 'notAllowed' } })
    const leased = await here.app.officer.lease(town, found.value.task.id, null)
    expect(leased).toMatchObject({ ok: true, value: { allowedActions: ['release', 'pause', 'transfer'] } })
    const closed = await here.app.officer.close(town, found.value.task.id, 1, '办了')
    expect(closed).toMatchObject({ ok: false, refusal: { code: 'notAllowed' } })
  })
})

describe('the person complained of', () => {
  test('never sees it: not in lists, not as a task, not in the audit trail, whatever his level', async () => {
    const told = await complain(randomUUID(), { office: '县（区）', person: '钱主任' })
    const id = await idOf(numberIn(told))
    expect(await visible(accused, id)).toBe(false)
    expect(await visible(county, id)).toBe(true)
    const tasks = async (officer: Officer) =>
      (await here.app.officer.tasks(officer, { limit: 200 })).items.filter(task =>
        task.summary.includes(numberIn(told)),
      )
    const [task] = await tasks(county)
    expect(task?.source).toBe('complaint')
    expect(await tasks(accused)).toEqual([])
    expect(await here.app.officer.task(accused, task?.id ?? '')).toMatchObject({ refusal: { code: 'notFound' } })
    expect(await here.app.officer.lease(accused, task?.id ?? '', null)).toMatchObject({ refusal: { code: 'notFound' } })
    await here.app.officer.lease(county, task?.id ?? '', null)
    const trail = await here.app.audit.read(accused, { from: null, to: null, limit: 200 })
    expect(JSON.stringify(trail)).not.toMatch(new RegExp(`${id}|${task?.id}|${numberIn(told)}`))
    const auditors = await here.app.audit.read(auditor, { from: null, to: null, limit: 200 })
    expect(JSON.stringify(auditors)).toContain(id)
    expect(JSON.stringify((await here.app.officer.applications(accused, { limit: 200 })).items)).not.toContain(id)
  })

  test('is recognised in the words, and by his surname alone where nobody has the full name', async () => {
    const inWords = await idOf(
      numberIn(await complain(randomUUID(), { words: '赵经办昨天骂人', office: '村（社区）' })),
    )
    expect(await visible(town, inWords)).toBe(false)
    expect(await visible(county, inWords)).toBe(true)
    const bySurname = await idOf(numberIn(await complain(randomUUID(), { office: '县（区）', person: '姓钱的那个' })))
    expect(await visible(accused, bySurname)).toBe(true)
    const surname = await idOf(numberIn(await complain(randomUUID(), { office: '县（区）', person: '钱科长' })))
    expect(await visible(accused, surname)).toBe(false)
  })
})

describe('a serious complaint', () => {
  test('about the town goes to the county; about the county nobody here may have it, and nothing is kept', async () => {
    const id = await idOf(numberIn(await complain(randomUUID(), { topic: '索要钱物', office: '乡镇（街道）' })))
    expect(await visible(town, id)).toBe(false)
    expect(await visible(county, id)).toBe(true)
    const [{ n: before } = {}] = await database.sql('select count(*)::int as n from complaint')
    const told = await complain(randomUUID(), { topic: '索要钱物', office: '县（区）' })
    expect(told).toContain('没有保存')
    expect(await database.sql('select count(*)::int as n from complaint')).toEqual([{ n: before }])
  })
})

test('others are not reported for their children: it is explained and nothing is kept', async () => {
  const [{ n: before } = {}] = await database.sql('select count(*)::int as n from complaint')
  expect(await talk(here, randomUUID(), '我要投诉', '其他', '隔壁那家偷偷生了第四个')).toContain('不再处罚')
  expect(await talk(here, randomUUID(), '举报邻居超生')).toContain('不再处罚')
  expect(await database.sql('select count(*)::int as n from complaint')).toEqual([{ n: before }])
})

test('an anonymous one names nobody, is answered for the record, and nobody is told', async () => {
  await complain(randomUUID(), { reply: '不留名', office: '不针对谁' })
  const id = await newestAnonymous()
  const rows = await database.sql(`select resident_id from complaint where id = '${id}'
    union all select resident_id from complaint_action where complaint_id = '${id}'`)
  expect(rows.every(row => row['resident_id'] === null)).toBe(true)
  const answered = await answer(town, id)
  expect(answered).toMatchObject({ ok: true, value: { state: { closedWhy: 'anonymous' } } })
  expect(await database.sql(`select 1 from outbox where dedupe_key like 'complaint:${id}%'`)).toEqual([])
})

describe('the chat about a complaint', () => {
  const kept = async (sender: string) => {
    const { resident } = await here.kept.store.turns.open(
      { channel: 'web', sender, messageKey: randomUUID() },
      database.world.now(),
    )
    return JSON.stringify(await here.kept.auth.history(resident.id, null, 100))
  }

  test('without a name is blanked with its submission, from its first word on, and names no number', async () => {
    const sender = randomUUID()
    await talk(here, sender, '你好')
    const told = await complain(sender, { words: '窗口要我交五百块', reply: '不留名', office: '不针对谁' })
    expect(told).toContain('聊天已清掉')
    const chat = await kept(sender)
    expect(chat).toContain('你好')
    expect(chat).toContain('聊天已清掉')
    expect(chat).not.toMatch(/五百块|我要投诉|不针对谁|TS\d/)
    const found = await desk.one(town, await newestAnonymous())
    expect(found.ok && found.value.complaint.content.words).toBe('窗口要我交五百块')
  })

  test('with a name stays as it was', async () => {
    const sender = randomUUID()
    await complain(sender, { words: '窗口排队太久' })
    expect(await kept(sender)).toMatch(/窗口排队太久.*TS\d/)
  })
})

test('words and names are sealed', async () => {
  await complain(randomUUID(), { words: '这句话谁也不该在库里读到', person: '吴某某' })
  const rows = await database.sql('select * from complaint')
  expect(JSON.stringify(rows.map(row => String(row['content'])))).not.toMatch(/这句话|吴某某/)
})

test('handing over tells who has it now, never goes down for a serious one, and outside it is closed', async () => {
  const sender = randomUUID()
  const id = await idOf(numberIn(await complain(sender)))
  const leaseOf = async (officer: Officer, complaint: string) => {
    const found = await desk.one(officer, complaint)
    const leased =
      found.ok && found.value.task ? await here.app.officer.lease(officer, found.value.task.id, null) : null
    if (!leased?.ok) throw new Error('not leased')
    return leased.value.fence
  }
  const up = { regionCode: '420702', office: '梁子湖区', reason: '要由区里办' }
  expect(await desk.handOver(town, id, await leaseOf(town, id), up)).toMatchObject({ ok: true })
  expect(await visible(town, id)).toBe(false)
  const down = { regionCode: '420702104', office: '沼山镇', reason: '退回' }
  const fence = await leaseOf(county, id)
  expect(await desk.handOver(county, id, fence, down)).toMatchObject({
    refusal: { code: 'badInput', fields: ['region'] },
  })
  const out = { regionCode: null, office: '区公安分局', reason: '属于公安的事' }
  expect(await desk.handOver(county, id, fence, out)).toMatchObject({
    ok: true,
    value: { state: { closedWhy: 'outside' } },
  })
  const handed = await database.sql(`select 1 from outbox where dedupe_key like 'complaint:${id}:handed:%'`)
  expect(handed).toHaveLength(2)
})

test('within the county it goes to another town with its whole log, and back; the former one sees it no more', async () => {
  const town2 = await here.appoint('吴经办', 'town', '420702100')
  const id = await idOf(numberIn(await complain(randomUUID(), { office: '不针对谁' })))
  const give = async (from: Officer, regionCode: string) => {
    const found = await desk.one(from, id)
    const task = found.ok ? found.value.task : null
    const leased = await here.app.officer.lease(from, task?.id ?? '', null)
    const fence = leased.ok ? leased.value.fence : -1
    return desk.handOver(from, id, fence, { regionCode, office: '太和镇', reason: '事情在那边' })
  }
  for (const nowhere of ['420704108', '420702199', '420702104212'])
    expect(await give(town, nowhere)).toMatchObject({ refusal: { code: 'badInput', fields: ['region'] } })
  expect(await give(town, '420702100')).toMatchObject({ ok: true })
  expect([await visible(town, id), await visible(town2, id), await visible(county, id)]).toEqual([false, true, true])
  expect(await give(town2, '420702')).toMatchObject({ ok: true })
  expect(await visible(town2, id)).toBe(false)
  expect(await give(county, '420702104')).toMatchObject({ ok: true })
  expect([await visible(town, id), await visible(town2, id)]).toEqual([true, false])
  const [row] = await database.sql(
    `select t.region_code from task t join complaint c on c.task_id = t.id where c.id = '${id}'`,
  )
  expect(row).toEqual({ region_code: '420702104' })
  expect(await answer(town, id)).toMatchObject({ ok: true })
})

test('handing over all that an officer has leaves out the complaint that the other one made himself', async () => {
  const [sender, id] = [randomUUID(), await idOf(numberIn(await complain(randomUUID())))]
  const own = await idOf(numberIn(await complain(sender)))
  const other = await here.appoint('郑经办', 'town', '420702104')
  await here.kept.officers.bind({ channel: 'web', sender, officerId: other.id, at: here.parts.world.now() })
  await database.sql(`update task set status = 'open', assignee_id = null where assignee_id = '${town.id}'`)
  for (const complaint of [id, own]) {
    const found = await desk.one(town, complaint)
    await here.app.officer.lease(town, found.ok ? (found.value.task?.id ?? '') : '', null)
  }
  const asked = { from: town.id, to: other.id, place: '420702104', reason: '调离' }
  expect(await makeTaskDesk(here.parts).handOver(county, { ...asked, expected: 1 })).toMatchObject({
    value: { moved: 1, left: 1 },
  })
  const holders = await database.sql(
    `select c.id, t.assignee_id as holder from complaint c join task t on t.id = c.task_id where c.id = any ($1)`,
    [[id, own]],
  )
  expect(new Map(holders.map(({ id: complaint, holder }) => [complaint, holder]))).toEqual(
    new Map([
      [id, other.id],
      [own, town.id],
    ]),
  )
})

test('two officers who answer at once give one answer', async () => {
  const id = await idOf(numberIn(await complain(randomUUID(), { office: '乡镇（街道）' })))
  const found = await desk.one(county, id)
  if (!found.ok || !found.value.task) throw new Error('not there')
  const leased = await here.app.officer.lease(county, found.value.task.id, null)
  if (!leased.ok) throw new Error('not leased')
  const both = await Promise.all(
    [county, county2, county].map(officer =>
      desk.reply(officer, id, leased.value.fence, { finding: 'partly', text: '已经查实一部分。' }),
    ),
  )
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
})

test('a day that passes without an answer counts once; an answer nobody questions settles it', async () => {
  const late = await idOf(numberIn(await complain(randomUUID())))
  const quiet = await idOf(numberIn(await complain(randomUUID())))
  await answer(town, quiet)
  await database.sql(`update complaint set due = '2026-01-01' where id = '${late}'`)
  const before = await counted()
  await complaintNight(here.parts)
  await complaintNight(here.parts)
  expect((await counted())['complaintDue']).toBe((before['complaintDue'] ?? 0) + 1)
  const after = await answer(town, late)
  expect(after.ok).toBe(true)
  expect((await counted())['complaintDue']).toBe((before['complaintDue'] ?? 0) + 1)
  expect((await counted())['complaintOnTime']).toBe(before['complaintOnTime'])
  const world = { ...here.parts.world, now: () => database.world.now() + 16 * 86_400_000 }
  await complaintNight({ ...here.parts, world })
  expect(await desk.one(town, quiet)).toMatchObject({ value: { state: { status: 'closed', closedWhy: 'silence' } } })
})

describe('进度', () => {
  test('tells one’s own complaint: number, who has it, what is next, the day; nothing of others', async () => {
    const sender = randomUUID()
    const number = numberIn(await complain(sender))
    const waiting = await talk(here, sender, '进度')
    expect(waiting).toContain(`投诉建议 ${number}：已收到`)
    expect(waiting).toContain('经办：湖北省鄂州市梁子湖区沼山镇')
    expect(waiting).toMatch(/答复：\d{4}年.*前/)
    expect(await talk(here, randomUUID(), '进度')).not.toContain('TS')
    await answer(town, await idOf(number))
    await talk(here, sender, '解决了')
    expect(await talk(here, sender, '进度')).toContain(`投诉建议 ${number}：已经办结`)
  })

  test('knows nothing of what was said without a name', async () => {
    const sender = randomUUID()
    await complain(sender, { reply: '不留名' })
    expect(await talk(here, sender, '进度')).toContain('没有查到')
  })
})
