import { expect, test } from 'vitest'
import { answerRequest, crossRegionCounts, type CrossRegionRequest } from './crossRegionRequest.ts'

const request: CrossRegionRequest = {
  ...{ id: 'request-1', number: 'YD261102-000001', regionCode: '420702104', due: '2026-11-09', answer: null },
  askedAt: Date.parse('2026-11-02T23:30:00+08:00'),
  content: { asker: '某县卫健局', personName: '测试', personId: '420702199001010008', question: '是否登记' },
}
const answered = (day: string) =>
  answerRequest(request, {
    ...{ officerId: 'officer-1', finding: 'notFound', note: null },
    at: Date.parse(`${day}T17:00:00+08:00`),
  })
const measures = (one: CrossRegionRequest | null) => (one ? crossRegionCounts(one) : []).map(({ measure }) => measure)

test('a request counts on the day on which it was asked, in Shanghai', () => {
  expect(crossRegionCounts(request)).toEqual([
    {
      ...{ regionCode: '420702104', day: '2026-11-02', matter: '', way: '' },
      ...{ measure: 'crossRegionAsked', detail: '', n: 1 },
    },
  ])
})

test('an answer on the last day is in time, one day later it is an answer all the same', () => {
  expect(measures(answered('2026-11-09'))).toEqual(['crossRegionAsked', 'crossRegionAnswered', 'crossRegionOnTime'])
  expect(measures(answered('2026-11-10'))).toEqual(['crossRegionAsked', 'crossRegionAnswered'])
})

test('it is answered once', () => {
  const once = answered('2026-11-09')
  expect(once && answerRequest(once, { at: 0, officerId: 'o', finding: 'found', note: null })).toBeNull()
})
