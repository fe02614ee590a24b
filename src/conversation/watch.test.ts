import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { realLibrary } from '../../test/golden/library.ts'
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

  test('words of our own are judged as any others, the first time and every time', () => {
    const words = [...texts.words('words.yes'), ...texts.words('words.human'), '我不想活了', '孩子没气了']
    for (const word of [...words, ...words]) expect(watch.alarm(word), word).toBe(hearAlarm(word))
  })
})
