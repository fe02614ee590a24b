import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeTaskDesk, type TaskDesk } from '../../src/app/tasks/taskDesk.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { openTask, taskCreated } from '../../src/domain/taskState.ts'
import type { TaskSource } from '../../src/domain/task.ts'
import { fileByChat, lease, openOffice, OTHER_TOWN, VILLAGE, type Filed, type Office } from './caseLife.ts'

/* 这家搬走了: what goes along, what stays, who is told; all of it or nothing. */

let office: Office
let desk: TaskDesk
let town: Officer
let there: Officer

beforeAll(async () => {
  office = await openOffice()
  desk = makeTaskDesk(office.service.parts)
  town = await office.service.appoint('town', 'town', '420702104')
  there = await office.service.appoint('there', 'village', OTHER_TOWN)
})
afterAll(() => office?.database.close())

const read = (id: string) =>
  office.service.parts.store.transaction({ kind: 'system' }, tx => tx.tasks.byId(id).then(task => task))

async function taskOf(filed: Filed): Promise<string> {
  const [row] = await office.database.sql('select id from task where application_id = $1', [filed.id])
  return String(row?.['id'])
}

async function newTask(residentId: string, source: TaskSource, regionCode = VILLAGE): Promise<string> {
  const { parts } = office.service
  const task = openTask({
    ...{ id: parts.world.newId(), source, regionCode, applicationId: null, summary: `群众的事（${source}）` },
    ...{ promiseDue: '2026-11-27', createdAt: parts.world.now() },
    detail: { residentId, sessionId: '', flow: '', step: '', answers: {} },
  })
  await parts.store.transaction({ kind: 'system' }, tx => tx.tasks.insert(task, taskCreated(task, { kind: 'system' })))
  return task.id
}

/** A family with a case in hand, a call, one that lies with the county, and a rating that is for few eyes. */
async function family() {
  const filed = await fileByChat(office.service, office.database)
  await lease(office.service, office.village, filed.id)
  const call = await newTask(filed.residentId, 'halfFilledCase')
  const atCounty = await newTask(filed.residentId, 'halfFilledCase', '420702')
  const rating = await newTask(filed.residentId, 'badRating')
  return { filed, taskId: await taskOf(filed), call, atCounty, rating }
}

describe('a family that moved', () => {
  test('is shown first: what goes, to whom, what stays and why; nothing is done by looking', async () => {
    const { filed, taskId, call, atCounty } = await family()
    const asked = { taskId, to: OTHER_TOWN, reason: '全家搬走', expected: null }
    const seen = await desk.moveFamily(office.county, asked)
    expect(seen).toMatchObject({ ok: true, value: { moved: 3, stays: [] } })
    if (!seen.ok) return
    expect(seen.value.items.map(({ id }) => id).toSorted()).toEqual([filed.id, call, atCounty].toSorted())
    expect(seen.value.receivers.map(({ name }) => name)).toContain('there')
    expect(await read(call)).toMatchObject({ regionCode: VILLAGE, status: 'open' })
    expect(await desk.moveFamily(office.county, { ...asked, expected: 1 })).toMatchObject({
      refusal: { code: 'notAllowed', allowed: ['preview'] },
    })
  })

  test('goes with its cases and its calls in one step; what is about few eyes stays, unnamed', async () => {
    const { filed, taskId, call, rating } = await family()
    const asked = { taskId, to: OTHER_TOWN, reason: '全家搬走', expected: null }
    const seen = await desk.moveFamily(town, asked)
    const expected = seen.ok ? seen.value.moved : 0
    expect(JSON.stringify(seen)).not.toContain('badRating')
    expect(await desk.moveFamily(town, { ...asked, expected })).toMatchObject({ ok: true, value: { moved: expected } })
    expect(await read(taskId)).toMatchObject({ regionCode: OTHER_TOWN, status: 'open', assigneeId: null })
    expect(await read(call)).toMatchObject({ regionCode: OTHER_TOWN })
    expect(await read(rating)).toMatchObject({ regionCode: VILLAGE })
    const actions = await office.database.sql('select distinct region_code from task_action where task_id = $1', [call])
    expect(actions).toEqual([{ region_code: OTHER_TOWN }])
    expect((await desk.chain(there, call)).ok).toBe(true)
    expect((await desk.chain(town, call)).ok).toBe(false)
    expect(await office.service.app.officer.application(there, filed.id)).toMatchObject({ ok: true })
    const told = await office.database.sql(
      `select count(*)::int as n from outbox where resident_id = $1 and (dedupe_key like 'moved:%' or dedupe_key like 'familyMoved:%')`,
      [filed.residentId],
    )
    expect(told).toEqual([{ n: 2 }])
    const [entry] = await office.database.sql(`select count(*)::int as n from audit where action = 'task.familyMoved'`)
    expect(entry).toEqual({ n: 1 })
  })

  test('within the county leaves with the county what the county has', async () => {
    const { taskId, atCounty } = await family()
    await office.service.appoint('sibling', 'village', '420702104213')
    const asked = { taskId, to: '420702104213', reason: '搬到邻村', expected: null }
    const seen = await desk.moveFamily(office.county, asked)
    expect(seen).toMatchObject({ ok: true, value: { moved: 2, stays: [{ id: atCounty, why: 'sameOffice' }] } })
  })

  test('is moved by nobody below the town, from no other place, and to no place that is none', async () => {
    const { taskId, rating } = await family()
    const asked = { taskId, to: OTHER_TOWN, reason: '全家搬走', expected: null }
    const code = async (officer: Officer, changes = {}) => {
      const done = await desk.moveFamily(officer, { ...asked, ...changes })
      return done.ok ? 'ok' : done.refusal.code
    }
    expect(await code(office.village)).toBe('notFound')
    expect(await code(office.town2)).toBe('notFound')
    expect(await code(office.county, { to: '420702999999' })).toBe('badInput')
    // Whoever holds a rating in hand learns nothing of the family by it.
    expect(await code(office.county, { taskId: rating })).toBe('notAllowed')
  })
})
