import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Officer } from '../../src/domain/officer.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { atWindow, OTHER_TOWN, registration, settableWorld, VILLAGE } from './caseLife.ts'
import { openInstance, type Instance } from './instance.ts'

/* Cases that officers file: at the window, and beside a resident with his code. */

let database: TestDatabase
let world: ReturnType<typeof settableWorld>
let service: Instance
let village: Officer
let town2: Officer
beforeAll(async () => {
  database = await testDatabase()
  world = settableWorld(database.world, '2026-11-23T09:00:00')
  service = openInstance(database, world)
  village = await service.appoint('village', 'village', VILLAGE)
  town2 = await service.appoint('town2', 'town', '420704108')
})
afterAll(() => database?.close())

const file = async (officer: Officer, filing = atWindow()) => {
  const filed = await service.app.officerCases.file(officer, filing)
  if (!filed.ok) throw new Error(JSON.stringify(filed.refusal))
  return filed.value
}

test('a window case is filed, received and in hand in one go, and goes the way of every case to its certificate', async () => {
  const { application, fence, repeated } = await file(village)
  expect(application).toMatchObject({
    ...{ status: 'submitted', way: 'window', whyNotOnline: '没有智能手机：手机是老人机', firstReceiver: 'village' },
    promiseDue: expect.anything(),
  })
  expect(repeated).toBe(false)
  const decided = await service.app.officer.decide(village, application.id, fence, { decision: 'granted' })
  expect(decided).toMatchObject({ ok: true, value: { status: 'granted', certificateStatus: 'valid' } })
  // No message reaches him: the officer hands it over.
  expect(await service.app.officerCases.act(village, application.id, { act: 'deliver' })).toMatchObject({
    value: { status: 'delivered' },
  })
})

test('the same form sent again, or twice at once, is one case', async () => {
  const filing = atWindow()
  const both = await Promise.all([file(village, filing), file(village, filing)])
  const again = await file(village, filing)
  expect(new Set([...both, again].map(({ application }) => application.id)).size).toBe(1)
  expect(again).toMatchObject({ repeated: true, fence: both[0]?.fence })
})

test('the same person and date once more is refused, and a place that is not the officer’s as well', async () => {
  const filing = atWindow()
  await file(village, filing)
  expect(await service.app.officerCases.file(village, { ...filing, key: 'another' })).toMatchObject({
    refusal: { code: 'alreadyDone' },
  })
  expect(
    await service.app.officerCases.file(village, atWindow({ content: registration({ regionCode: OTHER_TOWN }) })),
  ).toMatchObject({ refusal: { code: 'badInput', fields: ['regionCode'] } })
})

test('with his code it is the resident’s own case: he sees it and is told; the code is good once', async () => {
  const turn = await service.say('assisted', '你好')
  expect(turn.replies.length).toBeGreaterThan(0)
  const [row] = await database.sql(`select resident_id from resident_identity order by ctid desc limit 1`)
  const residentId = String(row?.['resident_id'])
  const { code } = await service.app.residentCases.assistCode(residentId)
  const spelled = `${code.slice(0, 4)} ${code.slice(4)}`
  const { application } = await file(village, atWindow({ way: 'assisted', assistCode: spelled, whyNotOnline: null }))
  expect(application).toMatchObject({ way: 'assisted', whyNotOnline: null, firstReceiver: 'village' })
  const own = await service.app.resident.applications(residentId, { limit: 5 })
  expect(own.items.map(({ number }) => number)).toEqual([application.number])
  const told = await database.sql(`select 1 from outbox where dedupe_key = $1`, [`assisted:${application.id}`])
  expect(told).toHaveLength(1)
  expect(await service.app.officerCases.file(village, atWindow({ way: 'assisted', assistCode: code }))).toMatchObject({
    refusal: { code: 'badInput', fields: ['assistCode'] },
  })
})

test('a code ends after ten minutes, and with the next one', async () => {
  const [row] = await database.sql(`select resident_id from resident_identity limit 1`)
  const residentId = String(row?.['resident_id'])
  const first = await service.app.residentCases.assistCode(residentId)
  const next = await service.app.residentCases.assistCode(residentId)
  const assisted = (code: string) =>
    service.app.officerCases.file(village, atWindow({ way: 'assisted', assistCode: code }))
  expect(await assisted(first.code)).toMatchObject({ ok: false })
  world.set('2026-11-23T09:10:01')
  expect(await assisted(next.code)).toMatchObject({ ok: false })
})

test('who guesses codes is stopped', async () => {
  const right = async () => (await service.app.residentCases.assistCode(await someResident())).code
  for (let n = 0; n < 10; n++) {
    const guess = atWindow({
      way: 'assisted',
      assistCode: `0000000${n}`,
      content: registration({ regionCode: OTHER_TOWN }),
    })
    expect(await service.app.officerCases.file(town2, guess)).toMatchObject({ ok: false })
  }
  const late = atWindow({
    way: 'assisted',
    assistCode: await right(),
    content: registration({ regionCode: OTHER_TOWN }),
  })
  expect(await service.app.officerCases.file(town2, late)).toMatchObject({ refusal: { fields: ['assistCode'] } })
})

test('nobody files for himself', async () => {
  const codeHash = service.parts.hashToken('654321')
  await service.kept.auth.storeBindingCode({
    ...{ codeHash, officerId: village.id, at: world.now(), expiresAt: world.now() + 60_000 },
  })
  await service.say('officer-himself', '绑定 654321')
  const [row] = await database.sql(
    `select i.resident_id from resident_identity i join officer_identity o on o.sender_index = i.sender_index`,
  )
  const { code } = await service.app.residentCases.assistCode(String(row?.['resident_id']))
  expect(await service.app.officerCases.file(village, atWindow({ way: 'assisted', assistCode: code }))).toMatchObject({
    refusal: { code: 'ownCase' },
  })
})

test('an invitation opens the matter in the chat with what the window wrote down, once', async () => {
  await service.say('invited', '你好')
  const residentId = await someResident('desc')
  const made = await service.app.officerCases.invite(village, {
    matter: 'birthRegistration',
    slots: { applicantName: '李秀英' },
  })
  const code = made.ok ? made.value.code : ''
  expect(await service.app.residentCases.acceptInvitation(residentId, code)).toBe(true)
  expect(await service.app.residentCases.acceptInvitation(residentId, code)).toBe(false)
  const opened = await service.say('invited', '孩子妈妈')
  expect(opened.state.flow).toBe('birth-registration')
})

async function someResident(order: 'asc' | 'desc' = 'asc'): Promise<string> {
  const [row] = await database.sql(`select resident_id from resident_identity order by ctid ${order} limit 1`)
  return String(row?.['resident_id'])
}
