import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeFigures } from '../../src/app/figures/makeFigures.ts'
import { Conflict } from '../../src/app/ports.ts'
import { figureOf } from '../../src/domain/figures/caseFigure.ts'
import { countsOf, ratingCounts, sumCounts } from '../../src/domain/figures/counts.ts'
import { foldApplication } from '../../src/domain/applicationState.ts'
import { ratingLevels } from '../../src/domain/rating.ts'
import { addDays, shanghaiDate } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { addressOf } from '../store/turns.ts'
import { newCase, nextAction, play, seeded, villages, type SimulatedCase } from './figureCases.ts'
import { openInstance, type Instance } from './instance.ts'

/* Cases of sixty days through the store of the service, against a count that knows nothing of counters. */

const CASES = 2_000
const FIRST = '2026-09-01'
const AS_OF = '2027-03-01'
const county = '420702'

let database: TestDatabase
let service: Instance
let residentId: string
let cases: SimulatedCase[]

beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
  residentId = (await service.kept.store.turns.open(addressOf('figures', 'm'), database.world.now())).resident.id
  cases = simulate(CASES)
  await together(cases, 6, one => play(service.parts, one))
}, 300_000)
afterAll(() => database?.close())

function simulate(number: number): SimulatedCase[] {
  const chance = seeded(20_261_122)
  return Array.from({ length: number }, (_, n) => {
    let application = newCase(chance, `sim-${n}`, residentId, FIRST)
    for (let steps = chance.below(9); steps > 0; steps--) {
      const action = nextAction(chance, application)
      if (action) application = { ...application, actions: [...application.actions, action] }
    }
    const isDecided = application.actions.some(({ event }) => event.type === 'granted' || event.type === 'refused')
    return { application, rating: isDecided && chance.next() < 0.6 ? chance.of(ratingLevels) : null }
  })
}

/** The same instance at another time. */
function atNight({ parts }: Instance, day: string, time = '01:05') {
  const now = Date.parse(`${day}T${time}:00+08:00`)
  return makeFigures({ ...parts, world: { ...parts.world, now: () => now } })
}

async function together<T>(items: readonly T[], few: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: few }, worker))
}

/** Counters by measure, and by the way where asked. */
async function counters(regionCode = '42', { by = 'measure', from = '2020-01-01', to = '2030-12-31' } = {}) {
  const sums = await service.parts.store.transaction({ kind: 'system' }, tx =>
    tx.figures.sums({ regionCode, from, to, byMonth: false, placeLength: 0, measures: null }),
  )
  const found: Record<string, number> = {}
  for (const { measure, way, detail, n } of sums) {
    const key = by === 'way' ? `${measure} ${way}` : by === 'detail' ? `${measure} ${detail}` : measure
    found[key] = (found[key] ?? 0) + n
  }
  return found
}

const eventsOf = ({ application }: SimulatedCase) => application.actions.map(({ event }) => event)
const isDecision = (type: string) => type === 'granted' || type === 'refused'
/** Accepted, or decided without. */
const wasAccepted = (one: SimulatedCase) => eventsOf(one).some(({ type }) => type === 'accepted' || isDecision(type))
const notices = (one: SimulatedCase) => eventsOf(one).filter(({ type }) => type === 'supplementRequested').length
const wayOf = ({ application }: SimulatedCase) => foldApplication(application.actions.slice(0, 1)).way
const count = (which: (one: SimulatedCase) => boolean) => cases.filter(which).length

describe('after two thousand cases the counters are those of a plain count', () => {
  test('of what came in, was accepted and decided', async () => {
    expect(await counters()).toMatchObject({
      received: CASES,
      accepted: count(wasAccepted),
      decided: count(one => eventsOf(one).some(({ type }) => isDecision(type))),
      rated: count(({ rating }) => rating !== null),
    })
  })

  test('of each way', async () => {
    const found = await counters('42', { by: 'way' })
    for (const way of ['self', 'assisted', 'window'] as const) {
      expect([way, found[`accepted ${way}`]]).toEqual([way, count(one => wasAccepted(one) && wayOf(one) === way)])
    }
    expect(found['notOnline window']).toBe(found['accepted window'])
  })

  test('of notices, second requests and exceptions', async () => {
    const exceptions = cases.flatMap(eventsOf).filter(event => event.type === 'supplementRequested' && event.exception)
    expect(await counters()).toMatchObject({
      noticed: count(one => notices(one) > 0),
      noticedAgain: count(one => notices(one) > 1),
      noticeException: exceptions.length,
    })
  })

  test('of each village, and of a county by the beginning of its codes', async () => {
    for (const village of [...villages, county, '420702104']) {
      const received = count(({ application }) => application.regionCode.startsWith(village))
      expect([village, (await counters(village))['received']]).toEqual([village, received])
    }
  })

  test('of a period', async () => {
    const to = addDays(FIRST, 9)
    const received = count(({ application }) => shanghaiDate(application.receivedAt) <= to)
    expect((await counters('42', { from: FIRST, to }))['received']).toBe(received)
  })

  test('of ratings by level', async () => {
    const found = await counters('42', { by: 'detail' })
    for (const level of ratingLevels) {
      expect(found[`rated ${level}`]).toBe(count(({ rating }) => rating === level))
    }
  })
})

test('the same action written by two workers at once counts once', async () => {
  const [one] = cases
  if (!one) throw new Error('no case')
  const chance = seeded(7)
  const application = newCase(chance, 'twice', residentId, FIRST)
  await play(service.parts, { application, rating: null })
  const before = await counters()
  const action = {
    ...{ applicationId: 'twice', seq: 2, at: application.receivedAt + 1 },
    actor: { kind: 'system' } as const,
    event: { type: 'accepted', bySilence: false, asOf: application.receivedAt } as const,
  }
  const other = openInstance(database)
  const outcomes = await Promise.allSettled(
    [service, other, service, other].map(({ parts }) =>
      parts.store.transaction({ kind: 'system' }, tx => tx.applications.append(action, 'accepted')),
    ),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(Conflict)
  const after = await counters()
  expect((after['accepted'] ?? 0) - (before['accepted'] ?? 0)).toBe(1)
  cases.push({
    application: { ...application, actions: [...application.actions, action] },
    rating: null,
  })
})

test('a transaction that fails after counting has counted nothing', async () => {
  const before = await counters()
  const application = newCase(seeded(8), 'never', residentId, FIRST)
  const filed = service.parts.store.transaction({ kind: 'system' }, async tx => {
    await tx.applications.insert(application)
    throw new Error('a fault of ours')
  })
  await expect(filed).rejects.toThrow('a fault of ours')
  expect(await counters()).toEqual(before)
})

test('counters hold no id of a person or case', async () => {
  const rows = await database.sql('select * from figure_change')
  expect(rows.length).toBeGreaterThan(1_000)
  expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${residentId}|sim-\\d`))
})

/** Whole months, parts of months, both, across a year: days and months must meet without gap or overlap. */
const periods = [
  [FIRST, '2026-09-30'],
  [FIRST, '2026-10-31'],
  ['2026-09-02', '2026-10-30'],
  ['2026-09-15', '2026-09-15'],
  ['2026-09-15', '2026-11-02'],
  ['2026-08-31', '2026-10-01'],
  ['2026-09-30', '2026-10-01'],
  ['2026-10-01', '2027-02-28'],
] as const

async function agreeInAllPeriods(): Promise<void> {
  for (const [from, to] of periods) {
    const received = count(({ application }) => {
      const day = shanghaiDate(application.receivedAt)
      return day >= from && day <= to
    })
    expect([from, to, (await counters('42', { from, to }))['received'] ?? 0]).toEqual([from, to, received])
  }
}

test('every period agrees with a plain count while all changes are open', () => agreeInAllPeriods())

describe('the night', () => {
  const night = (day: string) => atNight(service, day).night()
  const expected = () =>
    sumCounts(
      cases.flatMap(({ application, rating }) => {
        const figure = figureOf(application, service.parts.clockOf(application), AS_OF)
        const rated = rating === null ? [] : ratingCounts(figure, { level: rating, reasons: [] }, figure.receivedOn)
        return [...countsOf(figure), ...rated]
      }),
    )
  const stored = async () => {
    const rows = []
    for (const village of villages) {
      rows.push(...(await service.parts.store.transaction({ kind: 'system' }, tx => tx.figures.buckets(village))))
    }
    return sumCounts(rows)
  }

  test('waits until one in the morning', async () => {
    expect(await atNight(service, AS_OF, '00:59').night()).toBeNull()
  })

  test('settles, counts and deletes once, whoever is asked; every counter is then that of its cases', async () => {
    const other = openInstance(database)
    const done = await Promise.all(
      [service, other, service].map(one =>
        one.kept.exclusively('night of the figures', () => atNight(one, AS_OF).night()),
      ),
    )
    expect(done.filter(one => one !== null)).toHaveLength(1)
    expect(done.find(one => one !== null)).toMatchObject({ differences: 0 })
    expect(await stored()).toEqual(expected())
    expect(await database.sql('select 1 from figure_change where counted_at is null')).toEqual([])
  })

  test('leaves every period as it was, now from months and days', () => agreeInAllPeriods())

  test('can run again and changes no number', async () => {
    const before = await stored()
    await database.sql('delete from figure_night')
    expect(await night(AS_OF)).toMatchObject({ settled: 0, counted: 0, deleted: 0, differences: 0 })
    expect(await stored()).toEqual(before)
  })

  test('deletes what was counted a week ago, and no number with it', async () => {
    const before = await stored()
    const done = await night(addDays(AS_OF, 8))
    expect(done?.deleted).toBeGreaterThan(5_000)
    expect(await database.sql('select 1 from figure_change')).toEqual([])
    expect(await stored()).toEqual(before)
  })

  test('finds a counter that is wrong and writes down by how much', { timeout: 120_000 }, async () => {
    await database.sql(`update figure_day set n = n + 2 where (region_code, day, measure, matter, way, detail) in (
      select region_code, day, measure, matter, way, detail from figure_day where measure = 'accepted' limit 1)`)
    // A sample: every village comes up within some nights.
    let found = 0
    for (let day = addDays(AS_OF, 9); found === 0 && day < addDays(AS_OF, 14); day = addDays(day, 1)) {
      found = (await night(day))?.differences ?? 0
    }
    expect(found).toBe(1)
    const noted = await database.sql(`select object_kind, detail from audit where action = 'figure.difference'`)
    expect(noted).toEqual([{ object_kind: 'figure', detail: { missing: -2 } }])
  })

  test('takes in cases from before there were figures', async () => {
    const application = newCase(seeded(11), 'old', residentId, FIRST)
    await service.kept.store.transaction({ kind: 'system' }, tx => tx.applications.insert(application))
    const before = await counters()
    await night('2027-07-01')
    expect((await counters())['received']).toBe((before['received'] ?? 0) + 1)
  })
})

describe('a list of births', () => {
  const person = (id: string) => database.cipher.index('application_subject|subject', `birthRegistration|${id}`)
  /** A line as the import leaves it. */
  const list = (line: number, mother: string, father: string | null, born: string) =>
    database.sql(
      `insert into birth_list_entry (list_id, line, region_code, person_index, other_index, birth_date)
        values ('list-1', $1, '420702104212', $2, $3, $4)`,
      [line, person(mother), father === null ? null : person(father), born],
    )
  const night = (day: string) => atNight(service, day).night()
  const counted = async () => {
    const { listed: all, listedRegistered, listedAgreeing, listedDue } = await counters()
    return { all, listedRegistered, listedAgreeing, listedDue }
  }

  test('is held against the registrations at night, and again when one was made up later', async () => {
    const born = '2027-08-15'
    const known = '420702199102020007'
    const late = '420702199103030004'
    await list(2, known, null, born)
    // Registered by the other parent.
    await list(3, '420702199104040001', late, born)
    await list(4, known, null, '2025-01-01')
    await register('listed-1', known, born)
    await night('2027-09-02')
    expect(await counted()).toEqual({ all: 2, listedRegistered: 1, listedAgreeing: 1, listedDue: undefined })
    await register('listed-2', late, '2027-08-16')
    await night('2027-09-03')
    expect(await counted()).toEqual({ all: 2, listedRegistered: 2, listedAgreeing: 1, listedDue: undefined })
    await night('2027-09-04')
    expect(await counted()).toEqual({ all: 2, listedRegistered: 2, listedAgreeing: 1, listedDue: undefined })
    expect(JSON.stringify(await database.sql('select * from birth_list_entry'))).not.toMatch(/1991020[23]/)
  })
})

/** A registration of a born child under this parent's number. */
async function register(id: string, applicantId: string, birthDate: string): Promise<void> {
  const { content, ...filed } = newCase(seeded(12), id, residentId, '2027-08-01')
  if (!('birthDate' in content)) throw new Error('not a birth registration')
  const application = { ...filed, matter: 'birthRegistration' as const, regionCode: '420702104212' }
  await service.parts.store.transaction({ kind: 'system' }, async tx => {
    await tx.applications.insert({ ...application, content: { ...content, applicantId, birthDate, stage: 'born' } })
    await tx.applications.claimSubject({ matter: 'birthRegistration', subject: applicantId, period: birthDate }, id)
  })
}
