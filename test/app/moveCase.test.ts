import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeFigures } from '../../src/app/figures/makeFigures.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { atWindow, fileByChat, lease, openOffice, OTHER_TOWN, VILLAGE, type Office } from './caseLife.ts'

/* A case goes to another place with all that hangs on it: the family moved, or the place was wrong. */

/** A village whose town and county have no officer. */
const NOBODY_THERE = '110101001001'

let database: Office['database']
let world: Office['world']
let service: Office['service']
let village: Officer
let colleague: Officer
let county: Officer
let town2: Officer
beforeAll(async () => {
  ;({ database, world, service, village, colleague, county, town2 } = await openOffice())
})
afterAll(() => database?.close())

const move = (id: string, officer = village, to = OTHER_TOWN) =>
  service.app.officerCases.act(officer, id, { act: 'move', to, reason: '全家搬到长港镇' })
const sees = async (officer: Officer, id: string) => (await service.app.officer.application(officer, id)).ok
const sum = async (measure: string, place: string) => {
  const [row] = await database.sql(
    'select coalesce(sum(n), 0)::int as n from figure_change where measure = $1 and region_code = $2',
    [measure, place],
  )
  return Number(row?.['n'])
}

describe('a case that moves', () => {
  test('is seen there and no more here, and its resident is told who has it', async () => {
    const { id, residentId, number } = await fileByChat(service, database)
    const moved = await move(id)
    expect(moved).toMatchObject({ ok: true, value: { regionCode: OTHER_TOWN, allowedActions: [] } })
    expect(await Promise.all([village, county, town2].map(officer => sees(officer, id)))).toEqual([false, false, true])
    expect(await service.app.resident.application(residentId, id)).toMatchObject({ number, status: 'submitted' })
    const [told] = await database.sql(`select count(*)::int as n from outbox where dedupe_key like $1`, [
      `moved:${id}:%`,
    ])
    expect(told).toEqual({ n: 1 })
  })

  test('keeps its first receiver, ends the lease and lies open for those there', async () => {
    const { id } = await fileByChat(service, database)
    const fence = await lease(service, village, id)
    expect(await move(id)).toMatchObject({ ok: true })
    const there = await service.app.officer.application(town2, id)
    expect(there).toMatchObject({ ok: true, value: { firstReceiver: 'village' } })
    expect(there.ok && there.value.log.at(-1)).toMatchObject({
      type: 'moved',
      note: expect.stringMatching(/→.*全家搬/),
    })
    expect(await service.app.officer.accept(village, id, fence)).toMatchObject({ refusal: { code: 'notFound' } })
    expect(await lease(service, town2, id)).toBeGreaterThan(fence + 1)
    expect(await service.app.officer.application(town2, id)).toMatchObject({ value: { firstReceiver: 'village' } })
  })

  test('takes every row with it that hangs on it, and leaves the audit trail where it was', async () => {
    const filed = await service.app.officerCases.file(village, atWindow({ vouched: [] }))
    const id = filed.ok ? filed.value.application.id : ''
    const fence = filed.ok ? filed.value.fence : 0
    const notice = { gaps: [{ material: 'idOrHouseholdBooklet', what: null, wrong: null, mend: null, ground: null }] }
    const issued = await service.app.notices.issue(village, id, fence, { ...notice, due: null, reason: null })
    expect(issued).toMatchObject({ ok: true })
    expect(await move(id)).toMatchObject({ ok: true })
    const beside = await database.sql(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'nuanxin' and c.relkind = 'r' and c.relname <> 'case_figure'
          and (select count(*) from pg_attribute a where a.attrelid = c.oid
            and a.attname in ('region_code', 'application_id')) = 2`,
    )
    for (const { name } of beside) {
      const rows = await database.sql(`select distinct region_code from ${String(name)} where application_id = $1`, [
        id,
      ])
      expect([name, rows.filter(row => row['region_code'] !== OTHER_TOWN)]).toEqual([name, []])
    }
    expect(beside.map(({ name }) => name)).toEqual(expect.arrayContaining(['notice', 'task', 'window_filing']))
    const lines = await database.sql(
      `select distinct region_code from task_action where task_id in (select id from task where application_id = $1)
        union select region_code from notice_event where number in (select number from notice where application_id = $1)`,
      [id],
    )
    expect(lines).toEqual([{ region_code: OTHER_TOWN }])
    const trail = await database.sql(
      `select action, region_code from audit where object_id = $1 and action like 'application.moved%' order by seq`,
      [id],
    )
    expect(trail).toEqual([
      { action: 'application.moved', region_code: OTHER_TOWN },
      { action: 'application.movedAway', region_code: VILLAGE },
    ])
  })

  test('before it is accepted it counts in the new place, afterwards in that which accepted it', async () => {
    const before = await Promise.all([VILLAGE, OTHER_TOWN].map(place => sum('received', place)))
    const { id } = await fileByChat(service, database)
    await move(id)
    expect(await Promise.all([VILLAGE, OTHER_TOWN].map(place => sum('received', place)))).toEqual([
      before[0],
      (before[1] ?? 0) + 1,
    ])
    const other = await fileByChat(service, database)
    await service.app.officer.accept(village, other.id, await lease(service, village, other.id))
    const accepted = await Promise.all([VILLAGE, OTHER_TOWN].map(place => sum('accepted', place)))
    await move(other.id)
    const fence = await lease(service, town2, other.id)
    const decided = await service.app.officer.decide(town2, other.id, fence, { decision: 'granted' })
    expect(decided).toMatchObject({ ok: true })
    expect(await Promise.all([VILLAGE, OTHER_TOWN].map(place => sum('accepted', place)))).toEqual(accepted)
    expect(await sum('decided', VILLAGE)).toBeGreaterThan(0)
  })
})

describe('a case is not moved', () => {
  test('to where it is, to no place, or to where nobody would see it', async () => {
    const { id } = await fileByChat(service, database)
    for (const to of [VILLAGE, '420704108999', '420704108', NOBODY_THERE]) {
      expect([to, await move(id, village, to)]).toMatchObject([to, { refusal: { code: 'badInput', fields: ['to'] } }])
    }
    expect(await sees(village, id)).toBe(true)
  })

  test('by an officer of another place, the auditor, or under the hands of a colleague', async () => {
    const { id } = await fileByChat(service, database)
    expect(await move(id, town2)).toMatchObject({ refusal: { code: 'notFound' } })
    await lease(service, colleague, id)
    expect(await move(id)).toMatchObject({ refusal: { code: 'taken', heldBy: 'colleague' } })
    expect(await move(id, colleague)).toMatchObject({ ok: true })
    const other = await fileByChat(service, database)
    await lease(service, colleague, other.id)
    expect(await move(other.id, county)).toMatchObject({ ok: true })
  })

  test('once it was decided', async () => {
    const { id } = await fileByChat(service, database)
    const fence = await lease(service, village, id)
    await service.app.officer.decide(village, id, fence, { decision: 'refused', reason: '材料不符' })
    expect(await move(id)).toMatchObject({ refusal: { code: 'notAllowed' } })
  })

  test('by the database itself for eyes that do not see it, whatever the service says', async () => {
    const { id } = await fileByChat(service, database)
    const eyes = [
      { kind: 'officer' as const, officerId: 'x', regionCode: '420704' },
      { kind: 'resident' as const, residentId: 'x' },
    ]
    for (const scope of eyes) {
      const moved = await service.kept.store.transaction(scope, tx =>
        tx.applications.move(id, { from: VILLAGE, to: OTHER_TOWN }),
      )
      expect(moved).toBe(false)
    }
    expect(await sees(village, id)).toBe(true)
  })
})

test('a wrong place is corrected like anything else that was filed, alone', async () => {
  const { id } = await fileByChat(service, database)
  const fence = await lease(service, village, id)
  const place = { field: 'regionCode', value: OTHER_TOWN, reason: '村名打错' }
  const phone = { field: 'phone', value: '13800000003', reason: '号码写错' }
  const correct = (corrections: (typeof place)[]) =>
    service.app.officerCases.act(village, id, { act: 'correct', fence, corrections })
  expect(await correct([place, phone])).toMatchObject({ refusal: { code: 'badInput', fields: ['regionCode'] } })
  expect(await correct([{ ...place, value: VILLAGE }])).toMatchObject({ refusal: { fields: ['regionCode'] } })
  expect(await correct([place])).toMatchObject({ ok: true, value: { regionCode: OTHER_TOWN } })
  const revealed = await service.app.officer.reveal(town2, id, '核对')
  expect(revealed).toMatchObject({ ok: true, value: { content: { regionCode: OTHER_TOWN } } })
})

test('counted anew at night, cases that moved make no difference', async () => {
  world.set('2026-11-24T02:00:00')
  expect(await makeFigures(service.parts).night()).toMatchObject({ checked: 2, differences: 0 })
})
