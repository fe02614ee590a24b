import fc from 'fast-check'
import { expect, test } from 'vitest'
import { realLibrary } from '../../../test/golden/library.ts'
import { identityCheckCharacter } from '../../domain/identityNumber.ts'
import { readPlainId, readPlainMobile } from './plainNumber.ts'

const { readValue } = realLibrary()
const today = '2026-11-22'
const figures = (count: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count }).map(all => all.join(''))

/** Numbers of nobody: right in most parts, so that every check is met; with the serial 000, which is not given out. */
const identity = fc
  .tuple(
    fc.constantFrom('420702', '810000', '812345', '990000'),
    fc.constantFrom('1990', '1700', '2027'),
    fc.constantFrom('0101', '0230', '1231', '1301'),
    fc.constantFrom('', '5', 'X'),
  )
  .map(([area, year, day, last]) => {
    const first = `${area}${year}${day}000`
    return first + (last || identityCheckCharacter(first))
  })

test('an identity number as on the card is read as the reader would read it, refusals too', () => {
  fc.assert(
    fc.property(fc.oneof(identity, figures(18)), text => {
      expect(readPlainId(text, today)).toEqual(readValue('idNumber', text, { today }))
    }),
    { numRuns: 1000 },
  )
})

test('a mobile number in figures is read as the reader would read it', () => {
  fc.assert(
    fc.property(fc.tuple(fc.constantFrom('13', '15', '19'), figures(9)), ([begin, rest]) => {
      expect(readPlainMobile(begin + rest)).toEqual(readValue('phone', begin + rest, { today }))
    }),
    { numRuns: 1000 },
  )
})

test.each(['42070219900101000x', '4207021990010100', ' 420702199001010009', '身份证420702199001010009'])(
  'other ways to write an identity number are left to the reader: %s',
  text => {
    expect(readPlainId(text, today)).toBeNull()
  },
)

test.each(['12800000000', '138 0000 0000', '1380000000', '07110000000'])(
  'other phone numbers are left to the reader: %s',
  text => {
    expect(readPlainMobile(text)).toBeNull()
  },
)
