import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Conflict } from '../../src/app/ports.ts'
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
  expect(AS_OF > FIRST).toBe(true)
})
