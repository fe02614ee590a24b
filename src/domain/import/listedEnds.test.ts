import { describe, expect, test } from 'vitest'
import { isToConfirm, noEnds, parseEndRules, surprisingVillages, endRulesOf, type ListedEnds } from './listedEnds.ts'

const rules = { share: 0.05, fewest: 3, most: 50 }
const village = (gone: number, households: number) => ({ regionCode: '420702104212', gone, households })
const ends = (more: Partial<ListedEnds>): ListedEnds => ({ ...noEnds, ...more })

test('a village is surprising where several end, and more than their share', () => {
  const shown = (gone: number, households: number) =>
    surprisingVillages(ends({ villages: [village(gone, households)] }), rules).length > 0
  expect([shown(3, 60), shown(4, 60)]).toEqual([false, true])
  expect([shown(2, 10), shown(3, 10), shown(3, 3)]).toEqual([false, true, true])
})

describe('the count has to come again', () => {
  test.each([
    ['no household ends', {}, 0, false],
    ['a few end that nobody hears of', { villages: [village(3, 60)] }, 3, false],
    ['one of them has somebody who gets its messages', { inUseCount: 1, villages: [village(1, 60)] }, 1, true],
    ['a village loses many', { villages: [village(4, 60)] }, 4, true],
    ['many end, thinly spread', { villages: [village(2, 60)] }, 51, true],
    ['as many end as are let pass', { villages: [village(2, 60)] }, 50, false],
  ])('where %s: %j', (_, found, gone, expected) => {
    expect(isToConfirm(gone, ends(found), rules)).toBe(expected)
  })
})

test('the rules have a ground, and are numbers that can be meant', () => {
  const source = { document: '产品默认', checked: '2026-11-23', weight: 'product' }
  expect(endRulesOf(parseEndRules({ householdEnds: { value: rules, source } }))).toEqual(rules)
  expect(() => parseEndRules({ householdEnds: { value: rules } })).toThrow('source')
  expect(() => parseEndRules({ householdEnds: { value: { ...rules, share: 2 }, source } })).toThrow('share')
})
