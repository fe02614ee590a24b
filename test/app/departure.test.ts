import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Officer } from '../../src/domain/officer.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* What happens to the sessions and the work of an officer whose account changes. */

let database: TestDatabase
let service: Instance
beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
})
afterAll(() => database?.close())

async function session(officer: Officer): Promise<Uint8Array> {
  const tokenHash = randomBytes(32)
  const at = database.world.now()
  await service.kept.auth.openOfficerSession({
    ...{ tokenHash, officerId: officer.id, csrfToken: 'c', at, expiresAt: at + 3_600_000 },
  })
  return tokenHash
}
const isOpen = async (tokenHash: Uint8Array) =>
  (await service.kept.auth.officerSession(tokenHash, database.world.now())) !== null
const save = (officer: Officer, passwordHash: string) =>
  service.kept.officers.upsert({ officer, passwordHash, totpSecret: null, at: database.world.now() })

test('a new password ends the sessions of this officer, the same one and other officers keep theirs', async () => {
  const [one, other] = [
    await service.appoint('one', 'county', '420702'),
    await service.appoint('other', 'county', '420702'),
  ]
  const [mine, his] = [await session(one), await session(other)]
  await save(one, 'none')
  expect(await isOpen(mine)).toBe(true)
  await save(one, 'new')
  expect(await isOpen(mine)).toBe(false)
  expect(await isOpen(his)).toBe(true)
})

test('the import of a list of officers that disables one gives back his tasks as well', async () => {
  const gone = await service.appoint('gone', 'county', '420702')
  await service.say(randomUUID(), '人工')
  const { items } = await service.app.officer.tasks(gone, { status: ['open'], limit: 1 })
  const id = items[0]?.id ?? ''
  await service.app.officer.lease(gone, id, null)
  await service.kept.masterData.changeOfficers({ create: [], update: [], disable: [gone] }, database.world.now())
  expect(await database.sql('select status, assignee_id from task where id = $1', [id])).toEqual([
    { status: 'open', assignee_id: null },
  ])
  await database.sql('delete from task_action')
  await database.sql('delete from task')
})

test('the import that sends an officer to another place gives back what he held in the former one', async () => {
  const sent = await service.appoint('sent', 'county', '420702')
  await service.say(randomUUID(), '人工')
  const { items } = await service.app.officer.tasks(sent, { status: ['open'], limit: 1 })
  const id = items[0]?.id ?? ''
  await service.app.officer.lease(sent, id, null)
  const entry = { username: 'sent', name: 'sent', role: 'county' as const, regionCode: '420702', officePhone: null }
  const change = (before: Officer, regionCode: string) =>
    service.kept.masterData.changeOfficers(
      { create: [], update: [{ before, after: { ...entry, regionCode } }], disable: [] },
      database.world.now(),
    )
  const holder = () => database.sql('select status, assignee_id from task where id = $1', [id])
  await change(sent, '420702')
  expect(await holder()).toEqual([{ status: 'leased', assignee_id: sent.id }])
  await change(sent, '420704')
  expect(await holder()).toEqual([{ status: 'open', assignee_id: null }])
  await database.sql('delete from task_action')
  await database.sql('delete from task')
})

test('who is disabled keeps no session and no task: leased and paused ones can be taken by others at once', async () => {
  const leaving = await service.appoint('leaving', 'county', '420702')
  const staying = await service.appoint('staying', 'county', '420702')
  for (let n = 0; n < 3; n++) await service.say(randomUUID(), '人工')
  const { items } = await service.app.officer.tasks(leaving, { limit: 10 })
  const [leased, paused, his] = items.map(({ id }) => id)
  for (const id of [leased, paused]) await service.app.officer.lease(leaving, id ?? '', null)
  await service.app.officer.pause(leaving, paused ?? '', 1, '等家属')
  await service.app.officer.lease(staying, his ?? '', null)
  const before = await session(leaving)

  await save({ ...leaving, disabled: true }, 'none')

  expect(await database.sql('select 1 from officer_session where officer_id = $1', [leaving.id])).toEqual([])
  expect(await isOpen(before)).toBe(false)
  for (const id of [leased, paused]) {
    const found = await service.app.officer.task(staying, id ?? '')
    if (!found.ok) throw new Error(found.refusal.code)
    expect(found.value.task).toMatchObject({ status: 'open', assigneeId: null, firstReceiverId: leaving.id })
    expect(found.value.lines.at(-1)?.action).toMatchObject({ actor: { kind: 'system' }, event: { type: 'released' } })
    expect(await service.app.officer.lease(staying, id ?? '', null)).toMatchObject({ ok: true, value: { fence: 2 } })
  }
  expect(await service.app.officer.task(staying, his ?? '')).toMatchObject({
    value: { task: { status: 'leased', assigneeId: staying.id } },
  })
  const audited = await database.sql(
    `select object_id from audit
    where action = 'task.released' and detail ->> 'officerId' = $1`,
    [leaving.id],
  )
  expect(audited.map(row => row['object_id']).toSorted()).toEqual([leased, paused].toSorted())
})
