import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPhone } from './phone.ts'

describe('a phone number', () => {
  it.each([
    ['13800000000', 'mobile', '13800000000'],
    ['138 0000 0000', 'mobile', '13800000000'],
    ['138-0000-0000', 'mobile', '13800000000'],
    ['１３８００００００００', 'mobile', '13800000000'],
    ['+86 13800000000', 'mobile', '13800000000'],
    ['0086-13800000000', 'mobile', '13800000000'],
    ['8613800000000', 'mobile', '13800000000'],
    ['幺三八零零零零零零零零', 'mobile', '13800000000'],
    ['一三八〇〇〇〇〇〇〇〇', 'mobile', '13800000000'],
    ['我的手机号是13800000000。', 'mobile', '13800000000'],
    ['0711-3250000', 'landline', '0711-3250000'],
    ['（0711）3250000', 'landline', '0711-3250000'],
    ['010 62000000', 'landline', '010-62000000'],
    ['02762000000', 'landline', '027-62000000'],
    ['0371-60000000转802', 'landline', '0371-60000000-802'],
    ['+86 711 3250000', 'landline', '0711-3250000'],
    ['12345', 'hotline', '12345'],
    ['12356', 'hotline', '12356'],
    ['400-800-0000', 'hotline', '4008000000'],
    ['95598', 'hotline', '95598'],
    ['一二零', 'emergency', '120'],
    ['幺幺零', 'emergency', '110'],
  ])('is recognised: %s is %s %s', (text, kind, number) => {
    expect(readPhone(text)).toEqual({ ok: true, kind, number })
  })

  it.each([
    ['1380000000', 'length'],
    ['138000000000', 'length'],
    ['3250000', 'length'],
    ['', 'length'],
    ['12800000000', 'prefix'],
    ['23800000000', 'prefix'],
    ['1380000000a', 'character'],
    ['没有', 'character'],
  ])('is refused: %s for its %s', (text, reason) => {
    expect(readPhone(text)).toEqual({ ok: false, reason })
  })

  it('is the same mobile whatever stands between its digits', () => {
    const mobile = fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }).map(String)
    fc.assert(
      fc.property(
        mobile,
        fc.constantFrom('', ' ', '-', '　', '－'),
        fc.constantFrom('', '+86', '0086 '),
        (number, gap, country) => {
          expect(readPhone(country + number.replace(/(...)(....)(....)/, `$1${gap}$2${gap}$3`))).toEqual({
            ok: true,
            kind: 'mobile',
            number,
          })
        },
      ),
    )
  })
})
