import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lostAt, surveyFunnel, surveyStages, type SurveyFate } from './surveyFunnel.ts'

const fates = Object.keys(lostAt).filter((name): name is SurveyFate => name in lostAt)
const counts = fc.record(Object.fromEntries(fates.map(fate => [fate, fc.nat({ max: 40 })])))

test('from drawn to finished, with why households are lost on the way', () => {
  const lines = surveyFunnel({
    gone: 6,
    noWay: 9,
    undelivered: 7,
    notOpened: 20,
    declined: 8,
    later: 5,
    partial: 3,
    finished: 42,
  })
  expect(lines.map(({ stage, n }) => [stage, n])).toEqual([
    ['drawn', 100],
    ['sent', 85],
    ['reached', 78],
    ['opened', 58],
    ['begun', 45],
    ['finished', 42],
  ])
  expect(lines.at(-1)?.lost).toEqual([{ reason: 'partial', n: 3 }])
})

test('who is left alone is never to be found by itself, not even by subtraction', () => {
  const sent = surveyFunnel({ leftAlone: 1, finished: 50 }).find(({ stage }) => stage === 'sent')
  const hidden = sent?.lost.filter(({ n }) => n === null).map(({ reason }) => reason)
  expect(hidden).toContain('leftAlone')
  expect(hidden?.length).toBeGreaterThan(1)
})

test('why a household is better left alone is told in no number of its own, however many they are', () => {
  const sent = surveyFunnel({ leftAlone: 30, openComplaint: 20, gone: 6, noWay: 7, finished: 50 })[1]
  expect(sent?.lost.filter(({ n }) => n !== null && n > 0)).toEqual([
    { reason: 'gone', n: 6 },
    { reason: 'noWay', n: 7 },
  ])
})

test('nobody appears from nowhere, and nobody is lost without a reason', () => {
  fc.assert(
    fc.property(counts, given => {
      const lines = surveyFunnel(given)
      expect(lines[0]?.n).toBe(fates.reduce((sum, fate) => sum + (given[fate] ?? 0), 0))
      expect(lines.at(-1)?.n).toBe(given['finished'])
      expect(lines.map(({ stage }) => stage)).toEqual(surveyStages)
      for (let at = 1; at < lines.length; at++) {
        const lost = fates
          .filter(fate => lostAt[fate] === surveyStages[at])
          .reduce((sum, fate) => sum + (given[fate] ?? 0), 0)
        expect((lines[at - 1]?.n ?? 0) - (lines[at]?.n ?? 0)).toBe(lost)
      }
    }),
  )
})
