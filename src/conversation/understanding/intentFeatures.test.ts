import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import stored from './data/alarmModel.json' with { type: 'json' }
import { featuresOf, makeFindFeatures } from './intentFeatures.ts'
import { unpackModel } from './modelFile.ts'
import { makeRows } from './rows.ts'
import { alarmSigns } from './signs.ts'
import { makeSieve } from './sieve.ts'

const { places, signs } = unpackModel(stored, alarmSigns)
const find = makeFindFeatures(places, signs)
const said = ['alarms.dev', 'intents.dev', 'intents.late'].flatMap(set =>
  readFileSync(new URL(`testdata/${set}.tsv`, import.meta.url), 'utf8')
    .split('\n')
    .flatMap(line => line.split('\t').slice(1)),
)

function expectSame(text: string): void {
  const named = featuresOf(text, signs).flatMap(name => places.get(name) ?? [])
  expect(find(text).toSorted((one, other) => one - other)).toEqual(named.toSorted((one, other) => one - other))
}

test('hearing finds the features that learning names, each once', () => {
  expect(said.length).toBeGreaterThan(500)
  for (const text of said) expectSame(text)
  const mixed = fc.array(fc.constantFrom(...said, ' ', '，', 'wo', 'sheng yu', '𬱖', '💀', '42070219900101', '#'))
  fc.assert(
    fc.property(mixed, parts => {
      expectSame(parts.join(''))
    }),
  )
})

test('rows are found in the order of their beginnings, each once, also one inside another', () => {
  const rows = makeRows([
    [[5, 0], 1],
    [[5, 0, 7], 2],
    [[0], 3],
    [[7, 7], 4],
  ])
  const found: number[] = []
  rows.within([7, 5, 7], found)
  expect(found).toEqual([])
  rows.within([5, 0, 9, 5, 0, 7], found)
  expect(found).toEqual([1, 3, 2])
})

test('a sieve leaves the rules whose characters a text holds, rising, and those of which nothing is known', () => {
  const sieve = makeSieve([[new Set('死活')], [], [new Set('血')], [new Set('💀')]])
  expect(sieve.left('今天天气不错')).toEqual([1])
  expect(sieve.left('血血死')).toEqual([0, 1, 2])
  expect(sieve.left('x💀')).toEqual([1, 3])
  expect(sieve.left('')).toEqual([1])
})

test('a rule that needs characters of two lists is left only where a text holds something of both', () => {
  const sieve = makeSieve([[new Set('跳'), new Set('楼河')], [new Set('河')]])
  expect(sieve.left('跳舞')).toEqual([])
  expect(sieve.left('楼上')).toEqual([])
  expect(sieve.left('河边跳舞')).toEqual([0, 1])
})
