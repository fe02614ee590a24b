import fc from 'fast-check'
import { expect, it } from 'vitest'
import { maskAnswer, maskIdentityNumber, maskName, maskPhone } from './mask.ts'

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

it.each([
  ['applicantName', '李秀英', '李*'],
  ['childName', 'lixiuying', 'l*'],
  ['applicantId', '420702199001010003', '4207**********0003'],
  ['phone', '13800000001', '138****0001'],
  ['remark', '住在村口，电话问我妈', '住*'],
  ['region', '420702104212', '420702104212'],
  ['stage', 'expecting', 'expecting'],
  ['birthDate', '2027-01-15', '2027-01-15'],
  ['earlierChildren', 2, 2],
  ['married', null, null],
])('the answer %s is shown only where it tells nothing of a person: %s', (slot, value, shown) => {
  expect(maskAnswer(slot, value)).toBe(shown)
})
