import { expect, test } from 'vitest'
import { decodeVillages, type VillageCount } from '../api/rounds.ts'
import { hasMap, isDrawable, ofNoVillage, townsOf, withoutPlace } from './villagePlaces.ts'

const seat = { longitude: 114.8, latitude: 30.2 }
const village = (regionCode: string, town: string, at: VillageCount['seat']): VillageCount => ({
  ...{ regionCode, town, place: `${town}${regionCode}`, seat: at },
  ...{ live: 1, dueToday: 0, overdue: 0 },
})
const one = village('420702104212', '沼山镇', seat)
const other = village('420702104213', '沼山镇', seat)
const far = village('420702105201', '东沟镇', seat)
const bare = village('420702105202', '东沟镇', null)
const townItself = village('420702104', '沼山镇', null)

test('a map is drawn of a town with two villages that have a place, each town its own', () => {
  const towns = townsOf([one, bare, far, other])
  expect(towns).toEqual([
    { code: '420702104', name: '沼山镇', placed: [one, other] },
    { code: '420702105', name: '东沟镇', placed: [far] },
  ])
  expect(towns.map(hasMap)).toEqual([true, false])
  expect(isDrawable([one, far, bare])).toBe(false)
  expect(isDrawable([])).toBe(false)
})

test('of a village without a place somebody can record it, the town itself lies in no village', () => {
  expect(withoutPlace([one, bare, townItself])).toEqual([bare])
  expect(ofNoVillage([one, bare, townItself])).toEqual([townItself])
})

test('a copy of before there were places is still read', () => {
  const old = { regionCode: '420702104212', place: '下柯村', live: 3, dueToday: 1, overdue: 0 }
  expect(decodeVillages({ items: [old] })).toEqual([{ ...old, town: '', seat: null }])
  expect(decodeVillages({ items: [{ ...old, town: '沼山镇', seat }] })).toEqual([{ ...old, town: '沼山镇', seat }])
})
