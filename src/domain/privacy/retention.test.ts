import { expect, test } from 'vitest'
import { cutOff, parseRetention, retainedKinds, retentionDays } from './retention.ts'

const source = { document: '产品默认', checked: '2026-11-22', weight: 'product' }
const rules = {
  ...Object.fromEntries(retainedKinds.map((kind, n) => [kind, { value: 30 + n, source }])),
  phonesAskAgain: { value: 10, source },
}

test('every kind is kept for days that have a ground', () => {
  expect(retentionDays(parseRetention(rules))).toEqual({
    chat: 30,
    messages: 31,
    uploads: 32,
    forms: 33,
    conversation: 34,
    surveyAnswers: 35,
    surveyWords: 36,
    staffAnswers: 37,
    phones: 38,
    phonesAskAgain: 10,
    care: 39,
  })
  expect(() => parseRetention({ ...rules, chat: { value: 30 } })).toThrow('source')
  expect(() => parseRetention({ ...rules, chat: { value: 0, source } })).toThrow('chat')
  expect(() => parseRetention({ ...rules, chat: undefined })).toThrow('chat')
  expect(() => parseRetention({ ...rules, certificates: { value: 1, source } })).toThrow('certificates')
})

test('a phone is not asked for again on the day on which it was confirmed', () => {
  const asked = (value: number) => parseRetention({ ...rules, phonesAskAgain: { value, source } })
  expect(retentionDays(asked(37)).phonesAskAgain).toBe(37)
  expect(() => asked(38)).toThrow('phonesAskAgain')
})

test('what is as old as its days goes at midnight of Shanghai', () => {
  expect(cutOff('2026-11-22', 60)).toBe(Date.parse('2026-09-23T00:00:00+08:00'))
})
