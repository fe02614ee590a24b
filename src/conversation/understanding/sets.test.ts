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

test('days, numbers and places that were asked for are no cries for help', () => {
  const texts = [
    'values-train',
    'values-dev',
    'values-dev2',
    'values-dev3',
    'values-dev4',
    'values-test',
    'values-test2',
    'values-test4',
  ].flatMap(file =>
    readFileSync(new URL(`testdata/${file}.tsv`, import.meta.url), 'utf8')
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'))
      .map(line => line.split('\t')[2] ?? ''),
  )
  // 110 is called, and whoever is 38 weeks on and about to give birth is asked after.
  const meant = ['110报警', '三十八周 快生了', '已经怀了38周了快生了', '打幺二零']
  expect(texts.filter(text => hearAlarm(text) !== null && !meant.includes(text))).toEqual([])
})

test('the sets of the repository are as large as they have to be', () => {
  const count = (files: string[]) => files.reduce((sum, file) => sum + linesOf(file).length, 0)
  expect(count(['intents.dev', 'intents.test'])).toBeGreaterThanOrEqual(600)
  expect(count(['values-train', 'values-dev', 'values-test'])).toBeGreaterThanOrEqual(400)
})

test('what was missed by a set of another day is heard: a second attempt, a last wish, a child that did not come home', () => {
  expect(hearAlarm('上次没死成，这次我会成功')).toBe('crisis')
  expect(hearAlarm('密码写给你们了，替我养大闺女')).toBe('crisis')
  expect(hearAlarm('让我去陪我囡囡吧')).toBe('crisis')
  expect(hearAlarm('闺女放学没回，找遍了都没有')).toBe('emergency')
  expect(hearAlarm('被一群马蜂蜇了，头晕恶心')).toBe('emergency')
})

test('words of danger in idioms, of animals and of households are none', () => {
  const plain = ['想死我了', '狗要生了', '水管爆了', '能领吗，孩子两岁了', '这个月最后一天', '孩子妈妈', '替我把猪养大']
  expect(plain.filter(text => hearAlarm(text) !== null)).toEqual([])
})
