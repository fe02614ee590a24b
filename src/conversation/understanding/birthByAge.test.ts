import fc from 'fast-check'
import { expect, it } from 'vitest'
import { monthsLater } from '../../domain/months.ts'
import { addDays } from '../../domain/world.ts'
import { birthByAge } from './birthByAge.ts'

const today = '2026-11-22'
const AGES = [
  ['满月', 1],
  ['满周岁', 12],
  ['过周岁', 12],
  ['满两岁', 24],
  ['满三周岁', 36],
  ['满6个月', 6],
] as const
const DAYS = [
  ['昨天', -1],
  ['明天', 1],
  ['今天', 0],
  ['三天前', -3],
  ['再过三天', 3],
  ['上周三', -11],
] as const

it('a birth lies the full age before the day that is named', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...DAYS),
      fc.constantFrom(...AGES),
      fc.constantFrom('$就', '$刚', '$', '$我孙子就', '娃$', '俺家娃$才'),
      ([day, away], [age, months], frame) => {
        const text = `${frame.replace('$', day)}${age}`
        const date = monthsLater(addDays(today, away), -months)
        expect(birthByAge(text, { today, sense: 'birthDate' }), text).toMatchObject({ kind: 'day', date })
        expect(birthByAge(`${text}，生日写哪天`, { today }), text).toMatchObject({ kind: 'day', date })
        expect(birthByAge(text, { today }), text).toBeNull()
      },
    ),
  )
})

it.each(['明天办满月酒', '昨天', '满月了', '满两岁', '三月满地花', '明天周岁宴', '昨天刚满二十周'])(
  '%s tells none',
  text => {
    expect(birthByAge(text, { today, sense: 'birthDate' })).toBeNull()
  },
)
