import fc from 'fast-check'
import { expect, it } from 'vitest'
import { figuresMeant } from './typedFigures.ts'

it.each([
  ['3O0块', '300块'],
  ['138OO138OOO', '13800138000'],
  ['l3812345678', '13812345678'],
  ['3月1曰到3月2O曰', '3月1日到3月20日'],
  ['2〇26年', '2026年'],
  ['9月2号号生的', '9月2号生的'],
])('%s means %s', (typed, meant) => {
  expect(figuresMeant(typed)).toBe(meant)
})

it.each(['1380013800O', '4207O219900101000X', 'B超', '5l油', '2026年年底', 'Q1', 'xiakecun', '5月曰'])(
  '%s stays as it is: a slip among zeros is told, and letters of words are none',
  text => {
    expect(figuresMeant(text)).toBe(text)
  },
)

it('leaves figures as they are', () => {
  fc.assert(
    fc.property(fc.nat().map(String), text => {
      expect(figuresMeant(text)).toBe(text)
    }),
  )
})
