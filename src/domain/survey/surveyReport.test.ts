import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mainResult, wholeResult, type CountedCampaign, type VillageTally } from './surveyReport.ts'

const COUNTY = '420702'
const TOWN = '420702104'

/** Villages of a town with how many judged, and how many of those are satisfied. */
function campaignOf(villages: readonly (readonly [code: string, answers: number, hits: number])[]): CountedCampaign {
  const counts = villages.flatMap(([villageCode, answers, hits]): VillageTally[] => [
    { villageCode, way: 'link', question: 'finished', option: '', n: answers },
    { villageCode, way: 'link', question: 'main', option: 'hit', n: hits },
    { villageCode, way: 'link', question: 'main', option: 'miss', n: answers - hits },
  ])
  return {
    ...{ regionCode: COUNTY, kind: 'satisfaction', counts: counts.filter(({ n }) => n > 0) },
    populations: new Map(villages.map(([code]) => [code, 100])),
  }
}

describe('the figure of a survey', () => {
  const campaign = campaignOf([
    [`${TOWN}201`, 40, 38],
    [`${TOWN}202`, 10, 5],
    [`${TOWN}203`, 3, 3],
    ['420702105201', 20, 19],
  ])

  test('comes with n, interval and line, plain and weighted', () => {
    const { figure, weighted, answers } = mainResult(campaign, COUNTY)
    expect(answers).toBe(73)
    expect(figure).toMatchObject({ numerator: 65, denominator: 73, targetMet: false })
    // 203 and the next smallest are one stratum of 200 households: 8 of 13.
    expect(weighted?.share).toBeCloseTo((100 * (38 / 40) + 200 * (8 / 13) + 100 * (19 / 20)) / 400, 12)
  })

  test('of a village with three answers is hidden, and of the one from which it could be had', () => {
    const { villages } = mainResult(campaign, COUNTY)
    expect(villages.map(({ code, answers }) => [code.slice(6), answers])).toEqual([
      ['104201', 40],
      ['104202', null],
      ['104203', null],
      ['105201', 20],
    ])
  })

  test('is hidden in the same villages for the town itself', () => {
    expect(mainResult(campaign, TOWN).villages).toEqual(
      mainResult(campaign, COUNTY).villages.filter(({ code }) => code.startsWith(TOWN)),
    )
  })

  test('of a village without answers is no zero', () => {
    const { villages } = mainResult(
      campaignOf([
        [`${TOWN}201`, 9, 9],
        [`${TOWN}202`, 0, 0],
      ]),
      COUNTY,
    )
    expect(villages[1]).toMatchObject({ answers: 0, figure: { state: 'noData', value: null } })
  })

  test('of four answers in all is hidden altogether', () => {
    const few = mainResult(campaignOf([[`${TOWN}201`, 4, 4]]), COUNTY)
    expect([few.answers, few.figure.state, few.weighted]).toEqual([null, 'hidden', null])
  })
})

test('the weighted share depends on nothing that is hidden but the sums that subtraction gives anyway', () => {
  const cell = fc
    .tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 }))
    .map(([answers, hits]) => [answers, Math.min(answers, hits)])
  fc.assert(
    fc.property(fc.array(cell, { minLength: 3, maxLength: 6 }), cells => {
      const campaign = campaignOf(cells.map(([answers = 0, hits = 0], n) => [`${TOWN}20${n}`, answers, hits]))
      const { villages, figure, weighted } = mainResult(campaign, COUNTY)
      if (figure.state !== 'shown' || !weighted) return
      const open = villages.filter(({ answers }) => answers !== null && answers > 0)
      const rest = {
        answers: (figure.denominator ?? 0) - open.reduce((sum, one) => sum + (one.answers ?? 0), 0),
        hits: (figure.numerator ?? 0) - open.reduce((sum, one) => sum + (one.figure.numerator ?? 0), 0),
        population: villages.filter(({ answers }) => answers === null).length * 100,
      }
      const parts = open.map(one => ({ population: 100, share: one.figure.value ?? 0 }))
      if (rest.answers > 0) parts.push({ population: rest.population, share: rest.hits / rest.answers })
      const spoken = parts.reduce((sum, part) => sum + part.population, 0)
      const share = parts.reduce((sum, part) => sum + part.population * part.share, 0) / spoken
      expect(weighted.share).toBeCloseTo(share, 9)
    }),
    { numRuns: 300 },
  )
})

test('ways and answers of the whole are shown, small ones hidden with what would give them away', () => {
  const question = {
    ...{ slot: 'overall', type: 'choice' as const, options: ['5', '4', '3', '2', '1'], optional: true, rating: true },
    ...{ correct: null, maxLength: null, textKey: 'q', key: (part: string) => part },
  }
  const given = (way: VillageTally['way'], option: string, n: number): VillageTally[] => [
    { villageCode: `${TOWN}201`, way, question: 'finished', option: '', n },
    { villageCode: `${TOWN}201`, way, question: 'overall', option, n },
  ]
  const counts = [...given('chat', '5', 20), ...given('link', '4', 9), ...given('officer', '1', 2)]
  const whole = wholeResult({ ...campaignOf([]), counts }, [question])
  expect(whole.ways).toEqual([
    { way: 'chat', n: 20 },
    { way: 'link', n: null },
    { way: 'officer', n: null },
  ])
  expect(whole.questions[0]?.options.map(({ n }) => n)).toEqual([20, 9, 0, null, null])
  expect(whole.questions[0]?.skipped).toBe(0)
})

test('the figure tells how many are satisfied, and with it no level that is hidden', () => {
  const question = {
    ...{ slot: 'overall', type: 'choice' as const, options: ['5', '4', '3', '2', '1'], optional: true, rating: true },
    ...{ correct: null, maxLength: null, textKey: 'q', key: (part: string) => part },
  }
  const levels = [50, 3, 10, 3, 20]
  const counts = levels.flatMap((n, at): VillageTally[] =>
    [
      { question: 'finished', option: '' },
      { question: 'main', option: at < 3 ? 'hit' : 'miss' },
      { question: 'overall', option: String(5 - at) },
    ].map(tally => ({ ...tally, villageCode: `${TOWN}201`, way: 'link', n })),
  )
  const campaign = { ...campaignOf([]), counts }
  expect(mainResult(campaign, COUNTY).figure.numerator).toBe(63)
  // 63 − 50 − 10 would be the one that was hidden.
  expect(wholeResult(campaign, [question]).questions[0]?.options.map(({ n }) => n)).toEqual([
    50,
    null,
    null,
    null,
    null,
  ])
})
