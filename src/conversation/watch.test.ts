import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { realLibrary } from '../../test/golden/library.ts'
import { ruledAlarm } from './understanding/alarmRules.ts'
import { hearAlarm } from './understanding/alarms.ts'

const { watch, texts } = realLibrary()

describe('alarms', () => {
  test('figures and signs alone are none, for the judge as for the watch that does not ask him', () => {
    const sign = fc.constantFrom(...'0123456789-/.:,()（）、。+*# \n😭🔪❤️')
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: sign }), fc.string({ unit: 'grapheme' })), text => {
        fc.pre(!/\p{L}/u.test(text))
        expect(hearAlarm(text)).toBeNull()
        expect(watch.alarm(text)).toBeNull()
      }),
      { numRuns: 1000 },
    )
  })

  test('in words of our own only a rule hears a cry, the first time and every time', () => {
    const all = texts.wordLists().flatMap(key => texts.words(key))
    for (const word of [...all, ...all]) {
      if (ruledAlarm(word) === null) expect([watch.alarm(word), watch.alarm(`${word}。`)], word).toEqual([null, null])
      else expect(watch.alarm(word), word).toBe(hearAlarm(word))
    }
    expect(watch.alarm('活着没意思')).toBe('crisis')
    expect(watch.alarm('快生了')).toBe('emergency')
  })
})
