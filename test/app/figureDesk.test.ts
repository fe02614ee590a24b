import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FigureDesk } from '../../src/app/figures/figureDesk.ts'
import { makeFigures } from '../../src/app/figures/makeFigures.ts'
import type { Store, Tx } from '../../src/app/ports.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { addressOf } from '../store/turns.ts'
import { newCase, play, seeded } from './figureCases.ts'
import { openInstance, type Instance } from './instance.ts'

/* Who sees which figures, and the way from a figure to its cases, on real counters. */

let database: TestDatabase
let service: Instance
let desk: FigureDesk
let residentId: string
let county: Officer
let town: Officer
let village: Officer
let guangdong: Officer
const days = { from: '2026-09-01', to: '2026-10-31' }
const here = { regionCode: null, ...days }

beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
  desk = makeFigures(service.parts)
  county = await service.appoint('county', 'county', '420702')
  town = await service.appoint('town', 'town', '420702104')
  village = await service.appoint('village', 'village', '420702104212')
  guangdong = await service.appoint('guangdong', 'county', '440106')
  residentId = (await service.kept.store.turns.open(addressOf('desk', 'm'), database.world.now())).resident.id
  await acceptedCases('420702104212', { self: 7, window: 3 })
  await acceptedCases('420702104213', { self: 2, window: 1 })
  await acceptedCases('420704108201', { self: 6, window: 0 })
})
afterAll(() => database?.close())

/** Cases of one village that were accepted the hour they came, all on one day. */
async function acceptedCases(regionCode: string, numbers: { self: number; window: number }): Promise<void> {
  const chance = seeded(5)
  for (const way of ['self', 'window'] as const) {
    for (let n = 0; n < numbers[way]; n++) {
      const id = `${regionCode}-${way}-${n}`
      const base = newCase(chance, id, residentId, days.from)
      const at = base.receivedAt
      const event = {
        type: 'submitted',
        online: way === 'self',
        assisted: false,
        way,
        whyNotOnline: 'noPhone',
      } as const
      await play(service.parts, {
        application: {
          ...base,
          regionCode,
          actions: [
            { applicationId: id, seq: 1, at, actor: { kind: 'system' }, event },
            {
              ...{ applicationId: id, seq: 2, at: at + 1, actor: { kind: 'system' } },
              event: { type: 'accepted', bySilence: way === 'window' && n === 0, asOf: at },
            },
          ],
        },
        rating: null,
      })
    }
  }
}

const onlineRate = async (officer: Officer, regionCode: string | null = null) => {
  const found = await desk.report(officer, { ...days, regionCode })
  if (!found.ok) return found.refusal.code
  return found.value.indicators.find(({ indicator }) => indicator.id === 'onlineRate')?.figure
}

describe('the report', () => {
  test('of a county holds its own villages and no others', async () => {
    expect(await onlineRate(county)).toMatchObject({ numerator: 9, denominator: 13 })
    expect(await onlineRate(town)).toMatchObject({ numerator: 9, denominator: 13 })
    expect(await onlineRate(county, '420702104212')).toMatchObject({ numerator: 7, denominator: 10, value: 0.7 })
  })

  test('of a village with three cases shows no number', async () => {
    expect(await onlineRate(county, '420702104213')).toMatchObject({ state: 'hidden', numerator: null, n: null })
  })

  test('tells what offices did or left undone in whole numbers, however few', async () => {
    const found = await desk.report(county, { ...days, regionCode: '420702104212' })
    expect(found).toMatchObject({ value: { bySilence: 1, exceptions: 0 } })
  })

  test('of a foreign place is not there, and for a village officer not allowed', async () => {
    expect(await onlineRate(county, '420704')).toBe('notFound')
    expect(await onlineRate(town, '420702')).toBe('notFound')
    expect(await onlineRate(village)).toBe('notAllowed')
  })

  test('of a turned or endless period is bad input', async () => {
    const bad = { ok: false, refusal: { code: 'badInput', fields: ['from', 'to'] } }
    expect(await desk.report(county, { regionCode: null, from: '2026-10-02', to: '2026-10-01' })).toEqual(bad)
    expect(await desk.report(county, { regionCode: null, from: '2025-01-01', to: '2026-10-01' })).toEqual(bad)
  })

  test('says where an item was abolished that it does not exist there, and where nothing was counted that there is no data', async () => {
    const states = async (officer: Officer) => {
      const found = await desk.report(officer, here)
      return found.ok ? found.value.items.map(({ matter, figure }) => [matter, figure.state]) : []
    }
    expect(await states(guangdong)).toContainEqual(['additionalBirthPermit', 'noSuchItem'])
    expect(await states(county)).toContainEqual(['additionalBirthPermit', 'noData'])
  })

  test('fills the online row of the check table in proportion', async () => {
    const found = await desk.report(county, here)
    expect(found.ok && found.value.checkTable.filled).toMatchObject({ pointsWithData: 3, lost: 0.92 })
  })
})

test('places are those one level down that have something, each with its own figure', async () => {
  const found = await desk.places(town, { ...here, indicator: 'onlineRate' })
  const places = found.ok ? found.value.places.map(({ region, figure }) => [region.code, figure.state]) : []
  expect(places).toEqual([
    ['420702104212', 'shown'],
    ['420702104213', 'hidden'],
  ])
})

test('reasons say why cases came to the window, too few of them nothing', async () => {
  const found = await desk.reasons(county, here)
  expect(found.ok && found.value.reasons).toMatchObject({ n: null, ranked: [{ reason: 'noPhone', n: null }] })
})

describe('the cases behind a figure', () => {
  const window = { ...here, cases: 'window' as const }

  test('are those that were counted, page by page without gap', async () => {
    const numbers: string[] = []
    let cursor: string | null = null
    do {
      const page = await desk.cases(county, { ...window, limit: 3, ...(cursor === null ? {} : { cursor }) })
      if (!page.ok) throw new Error(page.refusal.code)
      numbers.push(...page.value.items.map(({ number }) => number))
      cursor = page.value.next
    } while (cursor !== null)
    expect(numbers).toHaveLength(4)
    expect(new Set(numbers).size).toBe(4)
  })

  test('are masked, and of the place that was asked about', async () => {
    const page = await desk.cases(town, { ...window, regionCode: '420702104213', limit: 20 })
    expect(page.ok && page.value.items.map(({ regionCode }) => regionCode)).toEqual(['420702104213'])
    expect(JSON.stringify(page)).not.toContain('420702199001010008')
  })

  test('of a foreign place are not there', async () => {
    const page = await desk.cases(town, { ...window, regionCode: '420704108', limit: 20 })
    expect(page).toEqual({ ok: false, refusal: { code: 'notFound' } })
  })

  test('cost no more questions for a long page than for a short one', async () => {
    const asked = async (limit: number) => {
      const { calls, store } = countedStore(service.parts.store)
      await makeFigures({ ...service.parts, store }).cases(county, { ...window, limit })
      return calls.n
    }
    expect(await asked(4)).toBe(await asked(1))
  })
})

/** The same store, counting what transactions ask it. */
function countedStore(store: Store) {
  const calls = { n: 0 }
  const counting = <T extends object>(part: T): T =>
    new Proxy(part, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (typeof value === 'object' && value !== null) return counting(value)
        if (typeof value === 'function') calls.n++
        return value
      },
    })
  const transaction = <T>(scope: Parameters<Store['transaction']>[0], run: (tx: Tx) => Promise<T>) =>
    store.transaction(scope, tx => run(counting(tx)))
  return { calls, store: { ...store, transaction } }
}
