import fc from 'fast-check'
import { expect, it } from 'vitest'
import { maskIdentityNumber, maskName, maskPhone } from './mask.ts'

it('masks as the lists of officers show it', () => {
  expect(maskIdentityNumber('11010519491231002X')).toBe('1101**********002X')
  expect(maskPhone('13812345678')).toBe('138****5678')
  expect(maskPhone('0711-3250012')).toBe('0711-*****12')
  expect(maskName('张三')).toBe('张*')
  expect(maskName('𠮷野家')).toBe('𠮷*')
  expect(maskName('')).toBe('*')
})

it('never shows the birth part of an identity number, nor the middle of a mobile', () => {
  const digits = (n: number) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: n, maxLength: n }).map(d => d.join(''))
  fc.assert(
    fc.property(digits(18), digits(10), (id, rest) => {
      expect(maskIdentityNumber(id).slice(4, 14)).toBe('**********')
      expect(maskPhone(`1${rest}`).slice(3, 7)).toBe('****')
    }),
  )
})

it('hides what it does not recognise', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 17 }), text => {
      expect(maskIdentityNumber(text)).toBe('********')
    }),
  )
  expect(maskPhone('110')).toBe('*******')
})
