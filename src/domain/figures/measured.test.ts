import { describe, expect, test } from 'vitest'
import { measures } from './counts.ts'
import { indicatorIds, indicatorOf, indicators } from './indicators.ts'
import { measure, monthsBetween, shareOf, type Sum } from './measured.ts'

const sum = (change: Partial<Sum> & Pick<Sum, 'measure' | 'n'>): Sum => ({
  ...{ matter: 'birthRegistration', way: 'self', detail: '', month: '', place: '' },
  ...change,
})

describe('the online rate', () => {
  const accepted = [
    sum({ measure: 'accepted', way: 'self', n: 12 }),
    sum({ measure: 'accepted', way: 'assisted', n: 5 }),
    sum({ measure: 'accepted', way: 'window', n: 3 }),
    sum({ measure: 'notOnline', way: 'window', detail: 'noPhone', n: 3 }),
    sum({ measure: 'received', way: 'window', n: 9 }),
  ]

  test('is accepted online divided by all accepted, with both numbers', () => {
    const figure = measure(indicatorOf('onlineRate'), accepted, [])
    expect(figure).toMatchObject({
      state: 'shown',
      numerator: 17,
      denominator: 20,
      n: 20,
      value: 0.85,
      targetMet: false,
    })
    expect(figure.interval?.low).toBeLessThan(0.85)
  })

  test('has self-service apart', () => {
    expect(measure(indicatorOf('selfServiceShare'), accepted, [])).toMatchObject({ numerator: 12, targetMet: null })
  })
})

test('nothing counted is no data, never zero per cent', () => {
  for (const id of indicatorIds) {
    expect(measure(indicatorOf(id), [], ['2026-11'])).toMatchObject({ state: 'noData', value: null, numerator: null })
  }
})

test('fewer than five cases are hidden with all their numbers', () => {
  expect(shareOf(3, 4, 0.9)).toMatchObject({ state: 'hidden', numerator: null, denominator: null, value: null })
  expect(shareOf(3, 5, 0.9)).toMatchObject({ state: 'shown', value: 0.6, targetMet: false })
})

test('satisfied are the three upper levels of all ratings', () => {
  const rated = [5, 4, 3, 2, 1].map((level, n) => sum({ measure: 'rated', detail: String(level), n: 10 - n }))
  expect(measure(indicatorOf('satisfaction'), rated, [])).toMatchObject({
    numerator: 27,
    denominator: 40,
    targetMet: false,
  })
})

test('a notice given once is one that no second request followed', () => {
  const sums = [sum({ measure: 'noticed', n: 8 }), sum({ measure: 'noticedAgain', n: 2 })]
  expect(measure(indicatorOf('noticeOnce'), sums, [])).toMatchObject({ numerator: 6, denominator: 8 })
})

test('needs are to be collected in every month', () => {
  const sums = [sum({ measure: 'need', month: '2026-09', n: 2 }), sum({ measure: 'need', month: '2026-11', n: 1 })]
  const months = monthsBetween('2026-09-03', '2026-11-01')
  expect(months).toEqual(['2026-09', '2026-10', '2026-11'])
  expect(measure(indicatorOf('needsMonthly'), sums, months)).toMatchObject({
    numerator: 2,
    denominator: 3,
    targetMet: false,
  })
  expect(monthsBetween('2025-12-31', '2026-01-01')).toEqual(['2025-12', '2026-01'])
})

describe('the definitions', () => {
  test('are one for each id, in that order', () => {
    expect(indicators.map(({ id }) => id)).toEqual([...indicatorIds])
  })

  test('name only measures that are counted, and a target with its words', () => {
    for (const { numerator, denominator, target, source } of indicators) {
      const named = [...numerator.measures, ...denominator.measures, ...(numerator.less ?? [])]
      expect(named.filter(name => !measures.includes(name))).toEqual([])
      expect(source.quote).not.toBe('')
      if (target)
        expect([target.atLeast > 0, target.atLeast <= 1, target.source.document !== '']).toEqual([true, true, true])
    }
  })
})
