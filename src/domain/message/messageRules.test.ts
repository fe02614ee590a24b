import { describe, expect, test } from 'vitest'
import { layerMessages, messageRulesOf, messagesSchema, type MessageRules } from './messageRules.ts'

const source = { document: '某县要求', checked: '2026-11-22', weight: 'official' } as const
const everywhere: MessageRules = {
  quietHours: { from: 21 * 60, to: 8 * 60 },
  awakeMinutes: 30,
  caps: [{ days: 7, most: 2 }],
  coolDownDays: { answer: 0, case: 0, survey: 30, calendar: 1, care: 3, distress: 0 },
  expiryHours: { answer: 48, case: null, survey: 168, calendar: 168, care: 72, distress: null },
}
const evening = (from: string) => messagesSchema.parse({ quietHours: { value: { from, to: '08:30' }, source } })

describe('what a place says of messages', () => {
  test('wins over the file of rules in that one field, the narrowest place first', () => {
    const county = layerMessages([undefined, evening('20:00'), evening('19:30')])
    expect(county.quietHours.source).toEqual(source)
    expect(messageRulesOf(everywhere, county)).toEqual({ ...everywhere, quietHours: { from: 1170, to: 510 } })
  })

  test('nothing, or null, lets the wider one speak', () => {
    const county = layerMessages([evening('20:00'), messagesSchema.parse({ quietHours: null })])
    expect(messageRulesOf(everywhere, county).quietHours).toEqual({ from: 1200, to: 510 })
    expect(messageRulesOf(everywhere, layerMessages([undefined]))).toEqual(everywhere)
    expect(messageRulesOf(everywhere, undefined)).toEqual(everywhere)
  })

  test.each([
    ['hours without a source', { quietHours: { value: { from: '20:00', to: '08:00' } } }],
    ['an hour that is none', { quietHours: { value: { from: '24:00', to: '08:00' }, source } }],
    ['minutes that nobody can count', { awakeMinutes: { value: -1, source } }],
    ['a purpose left out', { coolDownDays: { value: { survey: 10 }, source } }],
    ['no cap at all', { caps: { value: [], source } }],
    ['a field that nobody reads', { quiet: { value: true, source } }],
  ])('%s is refused', (_, section) => {
    expect(() => messagesSchema.parse(section)).toThrow()
  })
})
