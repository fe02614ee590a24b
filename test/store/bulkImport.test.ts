import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Scope, Tx } from '../../src/app/ports.ts'
import type { Application } from '../../src/domain/application.ts'
import type { BirthRow } from '../../src/domain/import/births.ts'
import type { Household } from '../../src/domain/import/households.ts'
import type { RegisterRow } from '../../src/domain/import/registers.ts'
import type { BulkFeed, BulkOrder } from '../../src/store/bulkImport.ts'
import type { OpenStore } from '../../src/store/openStore.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { addressOf } from './turns.ts'

const village = '420702104212'
const system: Scope = { kind: 'system' }
let db: TestDatabase
let open: OpenStore
beforeAll(async () => {
  db = await testDatabase()
  open = db.open()
})
afterAll(() => db?.close())

const within = <T>(scope: Scope, run: (tx: Tx) => Promise<T>) => open.store.transaction(scope, run)
const order = (fileHash: string, isApplied = true): BulkOrder => ({
  ...{ isApplied: () => isApplied, actor: { kind: 'system' }, regionCode: null, fileHash },
  at: Date.parse('2026-11-23T09:00:00+08:00'),
})

/** Rows from line 2 on, some at a time. */
async function* feed<T>(values: readonly T[], size = 3): BulkFeed<T> {
  for (let at = 0; at < values.length; at += size) {
    yield values.slice(at, at + size).map((value, i) => ({ line: at + i + 2, value }))
    await Promise.resolve()
  }
}

const household = (number: string, more: Partial<Household> = {}): Household => ({
  ...{
    number,
    regionCode: village,
    headName: '欧阳\\N\t测试',
    phone: '13800000000',
    members: 4,
    standing: null,
    ...more,
  },
})
const counts = (added: number, changed: number, unchanged: number, kept = 0) => ({ added, changed, unchanged, kept })
const entries = (hash: string) => db.sql('select * from audit where object_id = $1', [hash])

/** A registration on its way, by this resident. */
const openCase = (residentId: string, at: number): Application => ({
  ...{ id: `of-${residentId}`, number: 'N-open', matter: 'birthRegistration', regionCode: village, receivedAt: at },
  residentId,
  content: {
    ...{ registrant: 'mother', applicantName: '欧阳测试', applicantId: residentId, phone: '13800000000', proxy: null },
    ...{ stage: 'born', birthDate: '2026-09-01', childName: null, earlierChildren: 0, married: null },
    ...{ regionCode: village, regionName: '测试村' },
  },
  actions: [
    {
      ...{ applicationId: `of-${residentId}`, seq: 1, at, actor: { kind: 'resident', id: residentId } },
      event: { type: 'submitted', online: true, assisted: false },
    },
  ],
})

describe('households', () => {
  const list = Array.from({ length: 8 }, (_, i) => household(`H-${i}`))

  test('are told in a dry run, written once, and found unchanged', async () => {
    const { households } = open.bulk
    expect(await households(feed(list), order('a', false))).toMatchObject({ ...counts(8, 0, 0), applied: false })
    expect(await db.sql('select * from household')).toEqual([])
    expect(await households(feed(list), order('a'))).toMatchObject({ ...counts(8, 0, 0), applied: true })
    const before = await db.sql('select *, xmin from household order by id')
    expect(await households(feed(list), order('a'))).toMatchObject({ ...counts(0, 0, 8), applied: false })
    expect(await db.sql('select *, xmin from household order by id')).toEqual(before)
    const moved = list.with(2, household('H-2', { regionCode: '420702104213', phone: null, members: null }))
    expect(await households(feed(moved), order('b'))).toMatchObject({ ...counts(0, 1, 7), applied: true })
    expect(await entries('a')).toMatchObject([
      { action: 'import.households', actor: { kind: 'system' }, detail: counts(8, 0, 0) },
    ])
    expect(await entries('b')).toMatchObject([{ detail: counts(0, 1, 7) }])
  })

  test('are sealed, and each opens with its own row only', async () => {
    const [row] = await db.sql('select * from household order by id')
    expect(JSON.stringify(row)).not.toMatch(/欧阳|13800000000|H-/)
    if (typeof row?.['id'] !== 'string' || !Buffer.isBuffer(row['content'])) throw new Error('no household')
    const content = db.cipher.open('household|content', row['id'], row['content'])
    expect(JSON.parse(String(content))).toMatchObject({ headName: '欧阳\\N\t测试' })
  })

  test('are gone where the list says so, there again where it says that, and as they were where it says nothing', async () => {
    const { households } = open.bulk
    const gone = async () => (await db.sql('select gone from household where gone is not null')).map(row => row['gone'])
    const elsewhere = { regionCode: '420703101200' }
    const says = (standing: Household['standing']) => [
      household('G-1', { standing, ...elsewhere }),
      household('G-2', elsewhere),
    ]
    expect(await households(feed(says('moved')), order('g1', false))).toMatchObject({ ...counts(2, 0, 0), gone: 1 })
    expect(await households(feed(says('moved')), order('g1'))).toMatchObject({ gone: 1, applied: true })
    expect(await gone()).toEqual(['moved'])
    expect(await households(feed(says(null)), order('g2'))).toMatchObject({ ...counts(0, 0, 2), gone: 0 })
    expect(await gone()).toEqual(['moved'])
    expect(await households(feed(says('deceased')), order('g3'))).toMatchObject({ ...counts(0, 1, 1), gone: 1 })
    expect(await gone()).toEqual(['deceased'])
    expect(await households(feed(says('there')), order('g4'))).toMatchObject({ ...counts(0, 1, 1), gone: 0 })
    expect(await gone()).toEqual([])
    expect(await households(feed(says('there')), order('g5'))).toMatchObject({ ...counts(0, 0, 2), applied: false })
  })

  test('that end are told apart: who gets messages there, who has a case open, and what part of a village it is', async () => {
    const { households } = open.bulk
    const place = { regionCode: '420703101201' }
    const list = Array.from({ length: 6 }, (_, i) => household(`E-${i}`, { ...place, phone: `1380000020${i}` }))
    const says = (...gone: number[]) =>
      list.map((one, i) => (gone.includes(i) ? { ...one, standing: 'moved' as const } : one))
    await households(feed(list), order('e1'))
    const at = db.world.now()
    const speaker = async (n: number) => {
      const { resident } = await open.store.turns.open(addressOf(`ends-${n}`, 'm'), at)
      await within(system, tx => tx.messages.confirmPhone(resident.id, `1380000020${n}`, at))
      return resident.id
    }
    const filed = await speaker(1)
    await speaker(2)
    await within(system, tx => tx.applications.insert(openCase(filed, at)))
    const told = async (...gone: number[]) => (await households(feed(says(...gone)), order('e', false))).ends
    expect(await told(0, 5)).toEqual({
      ...{ inUse: [], inUseCount: 0, villages: [{ regionCode: place.regionCode, gone: 2, households: 6 }] },
    })
    expect(await told(0, 1, 2)).toMatchObject({
      ...{
        inUse: [
          { line: 3, why: 'openCase' },
          { line: 4, why: 'reached' },
        ],
        inUseCount: 2,
      },
    })
    let asked: unknown
    const refused = await households(feed(says(1)), {
      ...order('e2'),
      isApplied: found => ((asked = found.ends), false),
    })
    expect([refused.applied, asked]).toEqual([false, refused.ends])
    expect(await households(feed(says(1)), order('e2'))).toMatchObject({ gone: 1, applied: true })
    expect(await entries('e2')).toMatchObject([{ detail: { gone: 1, goneInUse: 1 } }])
    // What is gone already ends no second time, also by another word.
    const again = says(1).with(1, household('E-1', { ...place, phone: '13800000201', standing: 'merged' }))
    expect(await households(feed(again), order('e3', false))).toMatchObject({
      gone: 1,
      ends: { inUseCount: 0, villages: [] },
    })
    // New ones that come as gone count as part of their village.
    const fresh = [...says(), household('E-6', { ...place, standing: 'moved' })]
    expect((await households(feed(fresh), order('e4', false))).ends.villages).toEqual([
      { regionCode: place.regionCode, gone: 1, households: 6 },
    ])
  })

  test('twice in one file are named by line, and nothing is written', async () => {
    const doubled = [household('D-1'), household('D-2'), household('D-1', { members: 2 }), household('D-1')]
    const outcome = await open.bulk.households(feed(doubled), order('d'))
    expect(outcome).toMatchObject({ doubled: [4, 5], doubledCount: 2, applied: false })
    expect(await entries('d')).toEqual([])
  })

  test('of a feed that fails in the middle leave nothing behind', async () => {
    const broken = async function* () {
      yield* feed([household('F-1')])
      throw new Error('the file ends here')
    }
    await expect(open.bulk.households(broken(), order('f'))).rejects.toThrow('the file ends here')
    expect(await open.bulk.households(feed([household('F-1')]), order('f', false))).toMatchObject(counts(1, 0, 0))
  })

  test('of the same number in two counties are two, and are seen by their own county', async () => {
    const other = household('H-0', { regionCode: '420704108200' })
    expect(await open.bulk.households(feed([other]), order('o'))).toMatchObject(counts(1, 0, 0))
    const seen = async (place: string) => {
      const options = `-c role=nuanxin_app -c search_path=nuanxin${place === '' ? '' : ` -c app.region=${place}`}`
      const client = new pg.Client({ ...db.owner, options })
      await client.connect()
      try {
        return (await client.query('select id from household')).rowCount
      } finally {
        await client.end()
      }
    }
    expect(await seen('420704')).toBe(1)
    expect(await seen('420702')).toBe(8)
    expect(await seen('')).toBe(0)
  })
})

describe('a register', () => {
  const line = (number: string, more: Partial<RegisterRow> = {}): RegisterRow => ({
    ...{ document: 'honourCertificate', number, regionCode: village, issuedOn: '1995-06-01', office: '=沼山镇' },
    ...{ residentId: null, status: 'valid', supersededBy: null, source: 'imported', lockedUntil: null },
    holder: {
      ...{ name: '欧阳测试', idNumber: '420702198803010006', phone: null, question: 'issuedMonth', answer: '1995-06' },
      lines: [],
    },
    ...more,
  })

  test('is found by the person, and what was entered here before keeps its row', async () => {
    await within(system, tx =>
      tx.register.upsert([
        { ...line('R-1', { office: '旧' }), id: 'r1' },
        { ...line('R-own', { source: 'own' }), id: 'own' },
      ]),
    )
    const book = [line('R-1'), line('R-2'), line('R-own', { office: '别处' })]
    expect(await open.bulk.registers(feed(book), order('r'))).toMatchObject({ ...counts(1, 1, 0, 1), applied: true })
    expect(await open.bulk.registers(feed(book), order('r'))).toMatchObject({ ...counts(0, 0, 2, 1), applied: false })
    const found = await within(system, tx => tx.register.ofHolder('honourCertificate', '420702198803010006'))
    expect(found.map(({ number, office }) => `${number} ${office}`).toSorted()).toEqual([
      'R-1 =沼山镇',
      'R-2 =沼山镇',
      'R-own =沼山镇',
    ])
    expect(await within(system, tx => tx.register.upsert(book.slice(0, 2).map(row => ({ ...row, id: 'x' }))))).toBe(0)
  })
})

describe('a list of births', () => {
  const birth = (motherId: string, more: Partial<BirthRow> = {}): BirthRow => ({
    ...{ regionCode: village, birthDate: '2026-10-01', motherId, fatherId: null, mark: '', ...more },
  })

  test('is one birth on two lists, twins are two, and no number is kept', async () => {
    const list = [birth('a', { mark: '1' }), birth('a', { mark: '2' }), birth('b')]
    expect(await open.bulk.births(feed(list), order('l1'))).toMatchObject(counts(3, 0, 0))
    const second = [birth('c'), ...list.with(2, birth('b', { fatherId: 'f' }))]
    expect(await open.bulk.births(feed(second), order('l2'))).toMatchObject(counts(1, 1, 2))
    expect(await open.bulk.births(feed(second), order('l2'))).toMatchObject(counts(0, 0, 4))
    const elsewhere = [birth('c', { regionCode: '420702104213' })]
    expect(await open.bulk.births(feed(elsewhere), order('l3'))).toMatchObject({
      ...counts(0, 0, 0, 1),
      applied: false,
    })
    const due = await within(system, tx => tx.birthLists.toCompare('2026-11-23', '2026-01-01', 10))
    expect(due).toHaveLength(4)
    const [first, ...others] = due
    const behind = await within(system, tx => tx.birthLists.toCompare('2026-11-23', '2026-01-01', 10, first))
    expect(behind).toEqual(others)
  })

  test('is held against what either parent registered', async () => {
    const { resident } = await open.store.turns.open(addressOf('bulk', 'm'), db.world.now())
    const at = db.world.now()
    await within(system, async tx => {
      await tx.applications.insert({
        ...{ id: 'by-father', number: 'N-1', matter: 'birthRegistration', regionCode: village, receivedAt: at },
        residentId: resident.id,
        content: {
          ...{
            registrant: 'father',
            applicantName: '欧阳测试',
            applicantId: 'father',
            phone: '13800000000',
            proxy: null,
          },
          ...{ stage: 'born', birthDate: '2026-09-01', childName: null, earlierChildren: 0, married: null },
          ...{ regionCode: village, regionName: '测试村' },
        },
        actions: [
          {
            ...{ applicationId: 'by-father', seq: 1, at, actor: { kind: 'resident', id: resident.id } },
            event: { type: 'submitted', online: true, assisted: false },
          },
        ],
      })
      const subject = { matter: 'birthRegistration', subject: 'father', period: '2026-09-01' }
      await tx.applications.claimSubject(subject, 'by-father')
    })
    const listed = birth('mother', { birthDate: '2026-09-01', fatherId: 'father' })
    expect(await open.bulk.births(feed([listed]), order('l4'))).toMatchObject(counts(1, 0, 0))
    const due = await within(system, tx => tx.birthLists.toCompare('2026-11-23', '2026-01-01', 10))
    expect(due.filter(({ applicationIds }) => applicationIds.length > 0)).toMatchObject([
      { birthDate: '2026-09-01', applicationIds: ['by-father'] },
    ])
  })
})
