import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Officer } from '../../src/domain/officer.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { registerRows } from '../../src/app/register.ts'
import type { WindowContent } from '../../src/app/cases/windowContent.ts'
import { atWindow, nextPerson, OTHER_TOWN, registration, settableWorld, VILLAGE } from './caseLife.ts'
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

const permit = (changes: object = {}): WindowContent => ({
  ...{ matter: 'additionalBirthPermit', applicantName: '欧阳测试', applicantId: nextPerson(), phone: '' },
  ...{ regionCode: VILLAGE, spouseName: null, spouseId: null, livingChildren: 3, ground: 'disabledChild' },
  ...changes,
})
const reissue = (changes: object = {}): WindowContent => ({
  ...{ matter: 'certificateReissue', applicantName: '欧阳秀英', applicantId: nextPerson(), phone: '' },
  ...{ regionCode: VILLAGE, document: 'honourCertificate', reason: 'lost', oldNumber: null, change: null },
  ...changes,
})

describe('a permit or a document at the window', () => {
  test.each([
    ['a permit for the same number of children', permit],
    ['a request for the same document', reissue],
  ])('%s is one open case, as in chat', async (_what, content) => {
    const applicantId = nextPerson()
    await file(village, atWindow({ content: content({ applicantId }) }))
    expect(await service.app.officerCases.file(village, atWindow({ content: content({ applicantId }) }))).toMatchObject(
      {
        refusal: { code: 'alreadyDone' },
      },
    )
  })

  test('may be asked for again when the earlier request was decided, or there is another child', async () => {
    const applicantId = nextPerson()
    const first = await file(village, atWindow({ content: reissue({ applicantId }) }))
    await service.app.officer.decide(village, first.application.id, first.fence, { decision: 'granted' })
    await file(village, atWindow({ content: reissue({ applicantId }) }))
    await file(village, atWindow({ content: permit({ applicantId }) }))
    await file(village, atWindow({ content: permit({ applicantId, livingChildren: 4 }) }))
  })
})

let books = 0
async function inTheBooks(idNumber: string, regionCode = VILLAGE): Promise<string> {
  const number = `GR-W-${++books}`
  const lines = [{ label: '子女姓名', value: '欧阳小小' }]
  const holder = { name: '欧阳秀英', idNumber, phone: null, question: null, answer: null, lines }
  await service.kept.store.transaction({ kind: 'system' }, tx =>
    registerRows(tx, [
      {
        ...{ id: `window-book-${books}`, document: 'honourCertificate', number, holder, issuedOn: '1995-06-01' },
        ...{ office: '沼山镇', regionCode, residentId: null, status: 'valid', supersededBy: null },
        ...{ source: 'imported', lockedUntil: null },
      },
    ]),
  )
  return number
}
const entryOf = async (number: string) =>
  (await database.sql('select status, superseded_by from certificate_register where number = $1', [number]))[0]

describe('a lost document of which the register knows', () => {
  test('is there at once for whom the officer has seen, without a phone, and the old number ends', async () => {
    const applicantId = nextPerson()
    const old = await inTheBooks(applicantId)
    const filing = atWindow({ identitySeen: true, content: reissue({ applicantId }) })
    const { application } = await file(village, filing)
    expect(application).toMatchObject({ status: 'granted', certificateStatus: 'valid', firstReceiver: 'village' })
    expect(await entryOf(old)).toEqual({ status: 'superseded', superseded_by: application.certificateNumber })
    const seen = `select actor ->> 'id' as id from audit where action = 'application.identitySeen' and object_id = $1`
    expect(await database.sql(seen, [application.id])).toEqual([{ id: village.id }])
    expect(await file(village, filing)).toMatchObject({ repeated: true, application: { id: application.id } })
  })

  test.each<[string, { identitySeen?: boolean; region?: string; content?: object }]>([
    ['nobody held his card against him', { identitySeen: false }],
    ['the name is another one', { content: { applicantName: '欧阳震华' } }],
    ['his data changed', { content: { reason: 'changed', change: '姓名' } }],
    ['another place issued it', { region: OTHER_TOWN }],
    ['the number is another one', { content: { oldNumber: 'GR-0' } }],
  ])('goes the way of every case when %s', async (_why, { identitySeen = true, region, content = {} }) => {
    const applicantId = nextPerson()
    const old = await inTheBooks(applicantId, region)
    const filed = await file(village, atWindow({ identitySeen, content: reissue({ applicantId, ...content }) }))
    expect(filed.application).toMatchObject({ status: 'submitted', certificateNumber: null })
    expect(await entryOf(old)).toMatchObject({ status: 'valid' })
  })
})

describe('a promise instead of a paper', () => {
  test('is made at the window by choice, with version and hash of the words that a chat shows', async () => {
    const { application } = await file(village, atWindow({ vouched: ['marriageCertificate'], content: permit() }))
    expect(application.log.map(({ type }) => type)).toEqual(['submitted', 'commitmentMade'])
    const words = service.parts.text('zh-CN', 'marriage-proof.steps.promise.text')
    const [kept] = await database.sql('select text_version, text_hash from commitment where application_id = $1', [
      application.id,
    ])
    expect(kept).toEqual({
      text_version: 1,
      text_hash: Buffer.from(service.parts.hashToken(words)).toString('hex'),
    })
  })

  test('is refused by name where the place does not allow it', async () => {
    expect(await service.app.officerCases.file(village, atWindow({ vouched: ['passport'] }))).toMatchObject({
      refusal: { code: 'badInput', fields: ['vouched'] },
    })
  })
})
