import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeTaskDesk, type TaskDesk } from '../../src/app/tasks/taskDesk.ts'
import type { Officer } from '../../src/domain/officer.ts'
import type { Task } from '../../src/domain/task.ts'
import { openTask, taskCreated } from '../../src/domain/taskState.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* Tasks between officers: transfers, absences, hand-overs, the clock and the chain, on a real database. */

const HOUR = 3_600_000
const VILLAGE = '420702104212'
const world = frozenWorld('2026-11-23T09:00:00+08:00')
let database: TestDatabase
/** Two instances of the service. */
let one: Instance
let two: Instance
let desk: TaskDesk
let village: Officer
let second: Officer
let neighbour: Officer
let town: Officer
let county: Officer

beforeAll(async () => {
  database = await testDatabase()
  one = openInstance(database, world)
  two = openInstance(database, world)
  desk = makeTaskDesk(one.parts)
  village = await one.appoint('village', 'village', VILLAGE)
  second = await one.appoint('second', 'village', VILLAGE)
  neighbour = await one.appoint('neighbour', 'village', '420702104213')
  town = await one.appoint('town', 'town', '420702104')
  county = await one.appoint('county', 'county', '420702')
})
afterAll(() => database?.close())

beforeEach(async () => {
  for (const table of ['outbox', 'officer_absence', 'officer_matter', 'officer_digest', 'officer_message_count']) {
    await database.sql(`delete from ${table}`)
  }
  await database.sql('delete from task_action')
  await database.sql('delete from task')
})

async function newTask(more: Partial<Task> = {}): Promise<string> {
  const id = randomUUID()
  const task = openTask({
    ...{ id, source: 'halfFilledCase', regionCode: VILLAGE, applicationId: null, summary: '群众要求人工服务' },
    ...{ promiseDue: '2026-11-27', createdAt: world.now(), ...more },
  })
  await one.parts.store.transaction({ kind: 'system' }, tx =>
    tx.tasks.insert(task, taskCreated(task, { kind: 'system' })),
  )
  return id
}

async function read(id: string, officer = county) {
  const found = await one.app.officer.task(officer, id)
  if (!found.ok) throw new Error(found.refusal.code)
  return found.value
}
const events = async (id: string) => (await read(id)).lines.map(({ action: { event } }) => event.type)

/** An officer binds the chat in which he writes: from then on he can be told something. */
async function bindChat(officer: Officer): Promise<void> {
  const sender = `chat-of-${officer.id}-${randomUUID()}`
  await one.say(sender, '你好')
  await one.kept.officers.bind({ channel: 'web', sender, officerId: officer.id, at: world.now() })
}
const messages = async () => (await database.sql('select dedupe_key from outbox')).map(row => String(row['dedupe_key']))

describe('a transfer', () => {
  test('moves a task by the yes of the other side, under a new fencing number', async () => {
    const id = await newTask()
    await one.app.officer.lease(village, id, null)
    const offered = await desk.offer(village, { id, fence: 1, to: second.id, reason: '出差' })
    expect(offered).toMatchObject({ ok: true, value: { fence: 1, offerNames: { to: 'second', from: 'village' } } })
    expect(
      (await one.app.officer.tasks(second, { offeredTo: { officerId: second.id, at: world.now() }, limit: 9 })).items,
    ).toHaveLength(1)
    expect(await desk.accept(neighbour, id, 1)).toMatchObject({ ok: false, refusal: { code: 'notFound' } })
    expect(await desk.accept(town, id, 1)).toMatchObject({ ok: false, refusal: { code: 'notAllowed' } })
    expect(await desk.accept(second, id, 1)).toMatchObject({
      ok: true,
      value: { fence: 2, assigneeId: second.id, firstReceiverId: village.id, offer: null },
    })
    expect(await one.app.officer.close(village, id, 1, '已办')).toMatchObject({
      ok: false,
      refusal: { code: 'staleFence' },
    })
    expect(await events(id)).toEqual(['created', 'leased', 'transferOffered', 'transferAccepted'])
  })

  test('that is declined leaves it where it was, and whoever asked is told', async () => {
    await bindChat(village)
    const id = await newTask()
    await one.app.officer.lease(village, id, null)
    await desk.offer(village, { id, fence: 1, to: second.id, reason: '出差' })
    expect(await desk.decline(second, id, 1, '手里太多')).toMatchObject({ ok: true, value: { assigneeId: village.id } })
    expect((await messages()).filter(key => key.startsWith(`transfer:declined:${id}`))).toHaveLength(1)
  })

  test('still stands when its holder takes the task once more', async () => {
    const id = await newTask()
    await one.app.officer.lease(village, id, null)
    await desk.offer(village, { id, fence: 1, to: second.id, reason: '出差' })
    expect(await one.app.officer.lease(village, id, 1)).toMatchObject({ ok: true, value: { offer: { to: second.id } } })
    expect(await desk.accept(second, id, 1)).toMatchObject({ ok: true, value: { assigneeId: second.id, offer: null } })
  })

  test('goes to nobody who could not work on it', async () => {
    const id = await newTask()
    await one.app.officer.lease(village, id, null)
    for (const to of [neighbour.id, 'nobody', village.id]) {
      expect((await desk.offer(village, { id, fence: 1, to, reason: '出差' })).ok).toBe(false)
    }
    await desk.setAbsence(town, { officerId: second.id, from: '2026-11-23', to: '2026-11-24', substituteId: null })
    expect(await desk.offer(village, { id, fence: 1, to: second.id, reason: '出差' })).toMatchObject({
      ok: false,
      refusal: { code: 'badInput', fields: ['to'] },
    })
  })

  test('that nobody answers ends by itself', async () => {
    const id = await newTask()
    await desk.offer(town, { id, fence: 0, to: village.id, reason: '请接' })
    world.advance(24 * HOUR)
    await desk.work.look(100)
    expect(await events(id)).toEqual(['created', 'transferOffered', 'transferExpired'])
    world.advance(-24 * HOUR)
  })
})

describe('the clock', () => {
  test('reminds, then calls in town and county, each step once, whoever sweeps', async () => {
    await bindChat(town)
    const id = await newTask({ promiseDue: '2026-11-25' })
    const begun = world.now()
    for (let hours = 0; hours < 5 * 24; hours++) {
      await Promise.all([desk.work.look(100), makeTaskDesk(two.parts).work.look(100)])
      world.advance(HOUR)
    }
    expect(await events(id)).toEqual(['created', 'reminded', 'reminded', 'escalated', 'escalated'])
    const { task, lines } = await read(id)
    const actions = lines.map(({ action }) => action)
    expect(task).toMatchObject({ raisedTo: 'county', clockStage: 4 })
    expect(actions.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
    expect(actions[3]).toMatchObject({ actor: { kind: 'system' }, event: { to: 'town', reason: 'overdue' } })
    expect((await messages()).filter(key => key.includes(town.id))).toHaveLength(1)
    world.advance(begun - world.now())
  })

  test('a lease that is over lies open again', async () => {
    const id = await newTask()
    await one.app.officer.lease(village, id, null)
    world.advance(9 * HOUR)
    await desk.work.look(100)
    expect(await read(id)).toMatchObject({ task: { status: 'open', assigneeId: null, fence: 1 } })
    world.advance(-9 * HOUR)
  })

  test('an officer is told so much a day and no more', async () => {
    await bindChat(town)
    const ids: string[] = []
    for (let n = 0; n < 12; n++)
      ids.push(await newTask({ promiseDue: '2026-11-20', createdAt: world.now() - 240 * HOUR }))
    while ((await desk.work.look(5)) > 0);
    const told = (await messages()).filter(key => key.endsWith(town.id))
    expect(told).toHaveLength(10)
    for (const id of ids) expect(await events(id)).toEqual(['created', 'escalated'])
  })
})

describe('the morning', () => {
  test('brings each officer one digest, and none to who has nothing or is away', async () => {
    for (const officer of [village, neighbour, town]) await bindChat(officer)
    await newTask({ promiseDue: '2026-11-23' })
    await newTask({ regionCode: '420702104213' })
    await desk.setAbsence(town, { officerId: neighbour.id, from: '2026-11-23', to: '2026-11-24', substituteId: null })
    await Promise.all([desk.work.digests(100), makeTaskDesk(two.parts).work.digests(100)])
    const digests = (await messages()).filter(key => key.startsWith('digest:'))
    expect(digests.toSorted()).toEqual([`digest:${town.id}:2026-11-23`, `digest:${village.id}:2026-11-23`].toSorted())
    expect(await desk.digest(village)).toMatchObject({ held: 0, waiting: 1, dueToday: 1 })
    expect(await desk.digest(town)).toMatchObject({ waiting: 1 })
  })

  test('counts what came up to the town with both, the village and the town', async () => {
    await newTask({ promiseDue: '2026-11-20', createdAt: world.now() - 240 * HOUR })
    await desk.work.look(100)
    expect(await desk.digest(village)).toMatchObject({ waiting: 1, overdue: 1, raised: 1 })
    expect(await desk.digest(town)).toMatchObject({ waiting: 1, overdue: 1, raised: 1 })
    expect(await desk.digest(county)).toMatchObject({ waiting: 0 })
  })

  test('waits for its hour, and for a working day', async () => {
    await bindChat(village)
    await newTask()
    world.advance(-HOUR)
    expect(await desk.work.digests(100)).toBe(0)
    world.advance(HOUR - 24 * HOUR)
    expect(await desk.work.digests(100)).toBe(0)
    world.advance(24 * HOUR)
  })
})

describe('who is away', () => {
  test('is done for by the substitute, in his place and under the substitute’s own name', async () => {
    const id = await newTask()
    expect(await desk.standingIn(neighbour, 'village')).toBeNull()
    const absence = { officerId: village.id, from: '2026-11-23', to: '2026-11-24', substituteId: neighbour.id }
    expect(await desk.setAbsence(village, absence)).toMatchObject({ ok: true })
    expect(await desk.setAbsence(neighbour, absence)).toMatchObject({ ok: false, refusal: { code: 'notFound' } })
    const acting = await desk.standingIn(neighbour, 'village')
    if (!acting) throw new Error('nobody stands in')
    expect(await one.app.officer.lease(acting, id, null)).toMatchObject({
      ok: true,
      value: { assigneeId: neighbour.id },
    })
    expect((await read(id)).lines.at(-1)?.action.actor).toEqual({
      ...{ kind: 'officer', id: neighbour.id, role: 'village', regionCode: VILLAGE },
    })
    const [listed] = await desk.absences(town)
    expect(await desk.endAbsence(town, listed?.id ?? '')).toMatchObject({ ok: true })
    expect(await desk.standingIn(neighbour, 'village')).toBeNull()
  })

  test('a village officer stands in for nobody above him', async () => {
    const absence = { officerId: town.id, from: '2026-11-23', to: '2026-11-24', substituteId: village.id }
    expect(await desk.setAbsence(county, absence)).toMatchObject({ ok: false, refusal: { fields: ['substitute'] } })
  })

  test('the board says what nobody of the place is there to take', async () => {
    await newTask({ regionCode: '420702104213' })
    expect((await desk.board(town)).places).toMatchObject([{ regionCode: '420702104213', open: 1, unstaffed: 0 }])
    await desk.setAbsence(town, { officerId: neighbour.id, from: '2026-11-23', to: '2026-11-24', substituteId: null })
    expect((await desk.board(town)).places).toMatchObject([{ open: 1, unstaffed: 1 }])
  })
})

describe('an officer who changes', () => {
  const asked = () => ({ from: village.id, to: second.id, place: VILLAGE, reason: '调离' })

  test('hands all over at once, after a preview that still holds', async () => {
    const ids = [await newTask(), await newTask(), await newTask()]
    for (const id of ids.slice(0, 2)) await one.app.officer.lease(village, id, null)
    await one.app.officer.pause(village, ids[0] ?? '', 1, '等家属')
    expect(await desk.handOver(town, { ...asked(), expected: null })).toMatchObject({ ok: true, value: { moved: 2 } })
    expect((await read(ids[0] ?? '')).task.assigneeId).toBe(village.id)
    expect(await desk.handOver(town, { ...asked(), expected: 3 })).toMatchObject({
      ok: false,
      refusal: { code: 'notAllowed' },
    })
    expect(await desk.handOver(town, { ...asked(), expected: 2 })).toMatchObject({
      ok: true,
      value: { moved: 2, left: 0 },
    })
    expect((await read(ids[0] ?? '')).task).toMatchObject({ status: 'paused', assigneeId: second.id, fence: 2 })
    expect((await read(ids[1] ?? '')).task).toMatchObject({ status: 'leased', assigneeId: second.id, fence: 2 })
    expect((await read(ids[2] ?? '')).task).toMatchObject({ status: 'open' })
  })

  test('only by the levels above, and only in their place', async () => {
    for (const officer of [second, { ...town, regionCode: '420702105' }]) {
      expect(await desk.handOver(officer, { ...asked(), expected: null })).toMatchObject({
        ok: false,
        refusal: { code: 'notFound' },
      })
    }
    expect(await desk.handOver(town, { ...asked(), to: neighbour.id, expected: null })).toMatchObject({
      value: { moved: 0 },
    })
  })
})

describe('催办', () => {
  test('by the town is counted, told, and so many a day', async () => {
    await bindChat(village)
    const id = await newTask()
    await one.app.officer.lease(village, id, null)
    expect(await desk.urge(village, id, 1, null)).toMatchObject({ ok: false, refusal: { code: 'notAllowed' } })
    expect(await desk.urge(town, id, 1, '家属来电')).toMatchObject({ ok: true, value: { urges: { total: 1 } } })
    expect(await desk.urge(town, id, 1, null)).toMatchObject({ ok: false, refusal: { code: 'tooMany' } })
    expect((await messages()).filter(key => key.startsWith(`task:${id}:urge:1`))).toHaveLength(1)
  })
})

describe('a resident', () => {
  async function asksForHelp() {
    const sender = randomUUID()
    await one.say(sender, '人工')
    const { items } = await one.app.officer.tasks(county, { status: ['open'], limit: 1 })
    const [task] = items
    if (!task?.detail) throw new Error('no task')
    return { id: task.id, residentId: task.detail.residentId }
  }

  test('sees his requests and says that one was not done; nobody else does', async () => {
    const { id, residentId } = await asksForHelp()
    await one.app.officer.lease(county, id, null)
    expect(await desk.resident.reopen(residentId, id, '没人来')).toMatchObject({
      ok: false,
      refusal: { code: 'notAllowed' },
    })
    await one.app.officer.close(county, id, 1, '已电话答复')
    expect(await desk.resident.requests(residentId)).toMatchObject([{ id, status: 'done' }])
    expect(await desk.resident.reopen('somebody', id, '没人来')).toMatchObject({
      ok: false,
      refusal: { code: 'notFound' },
    })
    expect(await desk.resident.reopen(residentId, id, '没人来')).toMatchObject({ ok: true })
    expect((await read(id)).task).toMatchObject({ status: 'open', reopenings: 1, promiseDue: '2026-11-24' })
    expect((await read(id)).lines.at(-1)?.action).toMatchObject({
      actor: { kind: 'resident' },
      event: { reason: '没人来' },
    })
  })

  test('does not have reopened what he has asked anew since', async () => {
    const { id, residentId } = await asksForHelp()
    await one.app.officer.lease(county, id, null)
    await one.app.officer.close(county, id, 1, '已电话答复')
    const again = await newTask()
    await database.sql('update task set cause = (select cause from task where id = $1) where id = $2', [id, again])
    const notAllowed = { ok: false, refusal: { code: 'notAllowed' } }
    expect(await desk.resident.reopen(residentId, id, '没人来')).toMatchObject(notAllowed)
  })
})

describe('at the same moment', () => {
  test('fifty officers take one task: one has it, all others are told who', async () => {
    const id = await newTask()
    const fifty = await Promise.all(Array.from({ length: 50 }, (_, n) => one.appoint(`race${n}`, 'village', VILLAGE)))
    const answers = await Promise.all(
      fifty.map((officer, n) => (n % 2 === 0 ? one : two).app.officer.lease(officer, id, null)),
    )
    const winners = answers.filter(({ ok }) => ok)
    expect(winners).toHaveLength(1)
    expect(
      answers.filter(answer => !answer.ok && answer.refusal.code === 'taken' && answer.refusal.heldBy),
    ).toHaveLength(49)
    expect(await events(id)).toEqual(['created', 'leased'])
  })

  test('a lease ends and its officer closes: either order ends well, and the log tells which', async () => {
    const ids: string[] = []
    for (let n = 0; n < 20; n++) ids.push(await newTask())
    for (const id of ids) await one.app.officer.lease(village, id, null)
    world.advance(8 * HOUR)
    const [, ...closed] = await Promise.all([
      makeTaskDesk(two.parts).work.look(100),
      ...ids.map(id => one.app.officer.close(village, id, 1, '已电话答复')),
    ])
    for (const [n, id] of ids.entries()) {
      const log = await events(id)
      const ok = closed[n]?.ok
      expect(log).toEqual(ok ? ['created', 'leased', 'done'] : ['created', 'leased', 'leaseEnded'])
    }
    world.advance(-8 * HOUR)
  })

  test('a lease that ended before its officer closes: he is told, and nobody’s work is lost', async () => {
    const id = await newTask()
    await one.app.officer.lease(village, id, null)
    world.advance(8 * HOUR)
    await desk.work.look(100)
    expect(await one.app.officer.close(village, id, 1, '已电话答复')).toMatchObject({ ok: false })
    expect(await events(id)).toEqual(['created', 'leased', 'leaseEnded'])
    expect(await one.app.officer.lease(village, id, 1)).toMatchObject({ ok: true, value: { fence: 2 } })
    expect(await one.app.officer.close(village, id, 2, '已电话答复')).toMatchObject({ ok: true })
    world.advance(-8 * HOUR)
  })

  test('a lease whose time is over and that nobody ended yet can still be closed, and then does not end', async () => {
    const id = await newTask()
    await one.app.officer.lease(village, id, null)
    world.advance(8 * HOUR)
    expect(await one.app.officer.close(village, id, 1, '已电话答复')).toMatchObject({ ok: true })
    await desk.work.look(100)
    expect(await events(id)).toEqual(['created', 'leased', 'done'])
    world.advance(-8 * HOUR)
  })

  test('two say yes to one offer: one is too late', async () => {
    const id = await newTask()
    await one.app.officer.lease(village, id, null)
    await desk.offer(village, { id, fence: 1, to: second.id, reason: '出差' })
    const answers = await Promise.all([desk.accept(second, id, 1), makeTaskDesk(two.parts).accept(second, id, 1)])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await read(id)).task.fence).toBe(2)
  })
})
