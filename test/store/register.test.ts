import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Scope, Tx } from '../../src/app/ports.ts'
import type { Application } from '../../src/domain/application.ts'
import type { RegisterEntry } from '../../src/domain/certificateRegister.ts'
import type { Commitment } from '../../src/domain/commitment.ts'
import type { OpenStore } from '../../src/store/openStore.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { addressOf } from './turns.ts'

const village = '420702104212'
const elsewhere = '420704108200'
const system: Scope = { kind: 'system' }
const officerOf = (regionCode: string): Scope => ({ kind: 'officer', officerId: 'o', regionCode })
const holderId = '420702198803010002'

let db: TestDatabase
let open: OpenStore
let residentId: string
beforeAll(async () => {
  db = await testDatabase()
  open = db.open()
  residentId = (await open.store.turns.open(addressOf('register', 'm'), db.world.now())).resident.id
})
afterAll(() => db?.close())

const within = <T>(scope: Scope, run: (tx: Tx) => Promise<T>) => open.store.transaction(scope, run)

const entry = (number: string, more: Partial<RegisterEntry> = {}): RegisterEntry => ({
  id: `r-${number}`,
  document: 'honourCertificate',
  number,
  holder: {
    name: '欧阳测试',
    idNumber: holderId,
    phone: '13800000000',
    question: 'issuedMonth',
    answer: '1995-06',
    lines: [{ label: '子女姓名', value: '欧阳小小' }],
  },
  issuedOn: '1995-06-01',
  office: '沼山镇',
  regionCode: village,
  residentId: null,
  status: 'valid',
  supersededBy: null,
  source: 'imported',
  lockedUntil: null,
  ...more,
})

describe('the register of documents', () => {
  test('finds what a person holds by his number, newest first, and keeps his data sealed', async () => {
    const later = entry('GR-2', { issuedOn: '2001-01-01' })
    await within(system, tx => tx.register.upsert([entry('GR-1'), later]))
    const found = await within(system, tx => tx.register.ofHolder('honourCertificate', holderId))
    expect(found).toEqual([later, entry('GR-1')])
    expect(await within(system, tx => tx.register.ofHolder('additionalBirthPermit', holderId))).toEqual([])
    const [row] = await db.sql(`select * from certificate_register where number = 'GR-1'`)
    expect(JSON.stringify(row)).not.toMatch(/欧阳|13800000000|420702198803010002/)
  })

  test('the same book twice changes nothing, a corrected one what is different', async () => {
    const book = [entry('GR-10'), entry('GR-11')]
    expect(await within(system, tx => tx.register.upsert(book))).toBe(2)
    expect(await within(system, tx => tx.register.upsert(book))).toBe(0)
    const corrected = entry('GR-11', { id: 'another', office: '长港镇' })
    expect(await within(system, tx => tx.register.upsert([entry('GR-10'), corrected]))).toBe(1)
    expect(await within(system, tx => tx.register.byNumber('honourCertificate', 'GR-11'))).toMatchObject({
      id: 'r-GR-11',
      office: '长港镇',
    })
  })

  test('what was replaced here stays replaced, whatever an old book says', async () => {
    await within(system, async tx => {
      await tx.register.upsert([entry('GR-20')])
      await tx.register.setStatus('r-GR-20', 'superseded', 'PZ-1')
      await tx.register.upsert([entry('GR-20', { office: '别处' })])
    })
    expect(await within(system, tx => tx.register.byNumber('honourCertificate', 'GR-20'))).toMatchObject({
      status: 'superseded',
      supersededBy: 'PZ-1',
      office: '别处',
    })
  })

  test('a book from outside does not overwrite what we issued', async () => {
    await within(system, tx => tx.register.upsert([entry('GR-30', { source: 'own' })]))
    expect(await within(system, tx => tx.register.upsert([entry('GR-30', { office: '别处' })]))).toBe(0)
  })

  test('is seen by place, and by nobody without eyes', async () => {
    await within(system, tx => tx.register.upsert([entry('GR-40'), entry('GR-41', { regionCode: elsewhere })]))
    const seen = (scope: Scope) =>
      within(scope, async tx => [
        (await tx.register.byNumber('honourCertificate', 'GR-40')) !== null,
        (await tx.register.byNumber('honourCertificate', 'GR-41')) !== null,
      ])
    expect(await seen(officerOf('420702'))).toEqual([true, false])
    expect(await seen(officerOf('420704'))).toEqual([false, true])
    expect(await seen({ kind: 'resident', residentId })).toEqual([false, false])
    await expect(within(officerOf('420704'), tx => tx.register.upsert([entry('GR-42')]))).rejects.toThrow(
      /row-level security/,
    )
  })
})

const applicationOf = (id: string): Application => ({
  id,
  number: `N-${id}`,
  matter: 'additionalBirthPermit',
  regionCode: village,
  residentId,
  receivedAt: db.world.now(),
  content: {
    applicantName: '欧阳测试',
    applicantId: holderId,
    phone: '13800000000',
    proxy: null,
    regionCode: village,
    regionName: '测试村',
    spouseName: null,
    spouseId: null,
    livingChildren: 3,
    ground: 'disabledChild',
  },
  actions: [
    {
      applicationId: id,
      seq: 1,
      at: db.world.now(),
      actor: { kind: 'resident', id: residentId },
      event: { type: 'submitted', online: true, assisted: false },
    },
  ],
})
const commitmentOf = (applicationId: string): Commitment => ({
  id: `c-${applicationId}`,
  applicationId,
  regionCode: village,
  residentId,
  material: 'marriageCertificate',
  textVersion: 1,
  textHash: 'a'.repeat(64),
  madeAt: Date.parse('2026-11-23T09:00:00+08:00'),
  status: 'made',
  drawn: null,
  taskId: null,
  brokenOn: null,
  correctBy: null,
  reminders: 0,
})

describe('commitments', () => {
  beforeAll(() =>
    within(system, async tx => {
      for (const id of ['k1', 'k2']) {
        await tx.applications.insert(applicationOf(id))
        await tx.commitments.insert(commitmentOf(id), holderId)
      }
    }),
  )

  test('wait for their draw until the case is granted', async () => {
    expect(await within(system, tx => tx.commitments.undrawn(10))).toEqual([])
    await db.sql(`update application set status = 'granted' where id = 'k1'`)
    expect(await within(system, tx => tx.commitments.undrawn(10))).toEqual([commitmentOf('k1')])
  })

  test('a breach closes the way for this person in every place, and for nobody else', async () => {
    const broken = {
      ...commitmentOf('k1'),
      status: 'broken' as const,
      drawn: true,
      brokenOn: '2026-12-01',
      correctBy: '2026-12-11',
    }
    const open = (id: string) => within(system, tx => tx.commitments.hasOpenBreach(id))
    expect(await open(holderId)).toBe(false)
    await within(system, tx => tx.commitments.save(broken))
    expect(await open(holderId)).toBe(true)
    expect(await open('420702198803010010')).toBe(false)
    expect(await within(system, tx => tx.commitments.broken('', 10))).toEqual([broken])
    await within(system, tx => tx.commitments.save({ ...broken, status: 'mended' }))
    expect(await open(holderId)).toBe(false)
  })

  test('are seen by place and by their resident', async () => {
    const seen = (scope: Scope) => within(scope, async tx => (await tx.commitments.ofApplication('k2')).length)
    expect(await seen(officerOf('420702104'))).toBe(1)
    expect(await seen(officerOf('420704'))).toBe(0)
    expect(await seen({ kind: 'resident', residentId })).toBe(1)
    expect(await seen({ kind: 'resident', residentId: 'other' })).toBe(0)
  })
})
