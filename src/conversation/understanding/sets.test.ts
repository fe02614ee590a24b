import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hearAlarm } from './alarms.ts'
import { makeReadIntents } from './intents.ts'

/*
 * The development sets of the ear. `dev` may be tuned on; `test` was written before any reader ran on it and is held to
 * the same bounds. The bounds are those of the product: 95 % single, 85 % double, alarms all found, 2 % false alarms.
 */

const readIntents = makeReadIntents([])
/** From here on a meaning counts as asked for; the command line and the front desk use the same. */
const REQUEST = 0.6

const linesOf = (file: string) =>
  readFileSync(new URL(`testdata/${file}.tsv`, import.meta.url), 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => line.split('\t'))
    .map(([want = '', text = '']) => ({ want, text }))

function heard(text: string): string {
  const [first, ...more] = readIntents(text)
  const asked = [first, ...more].filter(one => one !== undefined && one.score >= REQUEST)
  return (asked.length > 0 ? asked : [first]).map(one => one?.intent ?? 'other').join('+')
}

test.each(['dev', 'test'])('requests of the %s set are found: 95 percent single, 85 percent double', set => {
  const lines = linesOf(`intents.${set}`)
  const share = (some: typeof lines) => some.filter(({ want, text }) => heard(text) === want).length / some.length
  expect(share(lines.filter(({ want }) => !want.includes('+')))).toBeGreaterThanOrEqual(0.95)
  expect(share(lines.filter(({ want }) => want.includes('+')))).toBeGreaterThanOrEqual(0.85)
})

test.each(['dev', 'test'])(
  'in the %s set every cry for help is heard, and at most 2 percent of the rest is taken for one',
  set => {
    const lines = linesOf(`alarms.${set}`)
    const isAlarm = (label: string) => label === 'crisis' || label === 'emergency'
    const missed = lines.filter(({ want, text }) => isAlarm(want) && hearAlarm(text) !== want)
    expect(missed).toEqual([])
    const ordinary = lines.filter(({ want }) => !isAlarm(want))
    const taken = ordinary.filter(({ text }) => hearAlarm(text) !== null)
    expect(taken.length / ordinary.length).toBeLessThanOrEqual(0.02)
  },
)
