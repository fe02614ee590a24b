import fc from 'fast-check'
import { expect, test } from 'vitest'
import { windowLeft } from './serviceWindow.ts'

const HOUR = 3600_000
const word = { messages: 5, ms: 48 * HOUR }
const tap = { messages: 3, ms: 60_000 }

test('five messages within two days of a word, none after', () => {
  expect(windowLeft([{ at: 0, rule: word }], [], 48 * HOUR - 1)).toBe(5)
  expect(windowLeft([{ at: 0, rule: word }], [1, 2, 3, 4], 48 * HOUR - 1)).toBe(1)
  expect(windowLeft([{ at: 0, rule: word }], [], 48 * HOUR)).toBe(0)
})

test('a tap on the menu opens three for a minute, beside what is left of the word', () => {
  const spent = [1, 2, 3, 4, 5]
  expect(windowLeft([{ at: 0, rule: word }], spent, 1000)).toBe(0)
  expect(
    windowLeft(
      [
        { at: 0, rule: word },
        { at: 900, rule: tap },
      ],
      spent,
      1000,
    ),
  ).toBe(3)
})

test('a new word fills it again', () => {
  expect(
    windowLeft(
      [
        { at: 0, rule: word },
        { at: 100, rule: word },
      ],
      [1, 2, 3, 4, 5],
      200,
    ),
  ).toBe(5)
})

test('writing while something is left never goes over what the last act allows', () => {
  const act = fc.record({ after: fc.nat(50 * HOUR), isWord: fc.boolean(), tries: fc.nat(8) })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), acts => {
      let now = 0
      const openings: { at: number; rule: typeof word }[] = []
      const sent: number[] = []
      for (const { after, isWord, tries } of acts) {
        now += after
        const opening = { at: now, rule: isWord ? word : tap }
        openings.push(opening)
        for (let n = 0; n < tries; n++) if (windowLeft(openings, sent, now) > 0) sent.push(now)
        expect(sent.filter(at => at >= opening.at).length).toBeLessThanOrEqual(
          Math.max(...openings.map(({ rule }) => rule.messages)),
        )
      }
    }),
  )
})
