import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { lookAtConditions, parseRewardProgrammes, type RewardProgramme } from './rewardSupport.ts'

const programmes = parseRewardProgrammes(parse(readFileSync('regions/knowledge/rewards.yaml', 'utf8')))
const named = (id: string): RewardProgramme => {
  const found = programmes.find(one => one.id === id)
  if (!found) throw new Error(id)
  return found
}
const rural = named('ruralReward')
const all = { ruralRegistration: true, withinRules: true, oneChildOrTwoDaughters: true, sixty: true }

test('all four conditions of the rural reward have to be met', () => {
  expect(lookAtConditions(rural, all)).toEqual({ kind: 'allMet' })
})

test('one that is not met is named', () => {
  expect(lookAtConditions(rural, { ...all, sixty: false })).toEqual({ kind: 'notMet', missing: ['sixty'] })
})

test('what is not clear, or was not asked, is left to the office', () => {
  expect(lookAtConditions(rural, { ...all, withinRules: null })).toEqual({ kind: 'unclear', unclear: ['withinRules'] })
  expect(lookAtConditions(rural, {})).toMatchObject({ kind: 'unclear' })
})

test('a no weighs more than a doubt', () => {
  expect(lookAtConditions(rural, { ...all, withinRules: null, sixty: false })).toMatchObject({ kind: 'notMet' })
})

test('where the province sets the conditions and nobody verified them, nothing is said', () => {
  expect(lookAtConditions(named('oneChildParents'), all)).toEqual({ kind: 'unknown' })
})

test('no amount stands without its document, and none has one today', () => {
  expect(programmes.map(({ amount }) => amount)).toEqual([null, null, null])
  const bare = { id: 'x', conditions: null, amount: 960, source: rural.source }
  expect(() => parseRewardProgrammes({ programmes: [bare] })).toThrow(/amount/)
})
