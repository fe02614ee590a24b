import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identityCheckCharacter, readIdentityNumber } from './identityNumber.ts'
import { addDays } from './world.ts'

const TODAY = '2026-11-22'
/** A number with serial 000, which is not issued. */
function numbered(area: string, birth: string, serial = '000'): string {
  const first17 = `${area}${birth.replaceAll('-', '')}${serial}`
  return first17 + identityCheckCharacter(first17)
}
const anna = numbered('420702', '1990-01-01')

const anyNumber = fc
  .record({
    area: fc.constantFrom('420702', '110105', '330113', '522322', '429004', '710000', '810000', '820000', '830000'),
    birth: fc.integer({ min: 0, max: 36_000 }).map(n => addDays('1927-01-01', n)),
    serial: fc.integer({ min: 0, max: 999 }).map(n => String(n).padStart(3, '0')),
  })
  .map(({ area, birth, serial }) => ({ area, birth, serial, id: numbered(area, birth, serial) }))

describe('an identity number', () => {
  it('is read with birth, sex and area: both samples of the standard', () => {
    expect(readIdentityNumber('11010519491231002X', TODAY)).toEqual({
      ok: true,
      id: '11010519491231002X',
      birth: '1949-12-31',
      sex: 'F',
      area: '110105',
      residencePermit: false,
    })
    expect(readIdentityNumber('440524188001010014', TODAY)).toMatchObject({ ok: true, sex: 'M', birth: '1880-01-01' })
  })

  it.each([
    ['full-width digits', '１１０１０５１９４９１２３１００２Ｘ'],
    ['groups with spaces', ' 110105 19491231 002x '],
    ['hyphens', '110105-19491231-002X'],
    ['a spoken number with 幺 and 叉', '幺幺零幺零五幺九四九幺二三幺零零二叉'],
    ['a sentence around it', '我的身份证号是11010519491231002X。'],
    ['formal numerals', '壹壹零壹零伍壹玖肆玖壹贰叁壹零零贰×'],
    ['a colon', '身份证：11010519491231002x'],
  ])('is recognised with %s', (_what, text) => {
    expect(readIdentityNumber(text, TODAY)).toMatchObject({ ok: true, id: '11010519491231002X' })
  })

  it.each([
    ['too short', anna.slice(0, 17), 'length'],
    ['of 15 digits, the form withdrawn in 2013', '420702900101001', 'length'],
    ['too long', `${anna}1`, 'length'],
    ['empty', '', 'length'],
    ['with a letter inside', `${anna.slice(0, 5)}A${anna.slice(6)}`, 'character'],
    ['with an X which is not at the end', `X${anna.slice(1)}`, 'character'],
    ['of a province that does not exist', numbered('990702', '1990-01-01'), 'area'],
    ['of a foreigner card, whose rule is unverified', numbered('911101', '1990-01-01'), 'area'],
    ['of a permit with an area inside Hong Kong', numbered('810101', '1990-01-01'), 'area'],
    ['with the 29th of February of a common year', numbered('420702', '2023-02-29'), 'birthdate'],
    ['with month 13', numbered('420702', '1990-13-01'), 'birthdate'],
    ['of somebody born tomorrow', numbered('420702', '2026-11-23'), 'future-birth'],
    ['with a wrong check character', `${anna.slice(0, 17)}${anna.endsWith('0') ? '1' : '0'}`, 'checksum'],
  ])('is refused when %s', (_what, text, reason) => {
    expect(readIdentityNumber(text, TODAY)).toEqual({ ok: false, reason })
  })

  it('is accepted for a child born today and for the leap day of a leap year', () => {
    expect(readIdentityNumber(numbered('420702', TODAY), TODAY)).toMatchObject({ ok: true })
    expect(readIdentityNumber(numbered('420702', '2024-02-29'), TODAY)).toMatchObject({ ok: true })
  })

  it('marks the permits of Hong Kong, Macao and Taiwan', () => {
    for (const area of ['810000', '820000', '830000'])
      expect(readIdentityNumber(numbered(area, '1990-01-01'), TODAY)).toMatchObject({ ok: true, residencePermit: true })
  })

  it('never refuses a county it does not know', () => {
    expect(readIdentityNumber(numbered('420799', '1990-01-01'), TODAY)).toMatchObject({ ok: true, area: '420799' })
  })

  it('keeps birth, sex and area whatever the number', () => {
    fc.assert(
      fc.property(anyNumber, ({ id, area, birth, serial }) => {
        expect(readIdentityNumber(id, TODAY)).toEqual(
          birth > TODAY
            ? { ok: false, reason: 'future-birth' }
            : { ok: true, id, birth, area, sex: Number(serial) % 2 ? 'M' : 'F', residencePermit: area.startsWith('8') },
        )
      }),
    )
  })

  it('is refused after any single wrong digit and any swap of neighbours', () => {
    fc.assert(
      fc.property(anyNumber, fc.nat(16), fc.integer({ min: 1, max: 9 }), ({ id }, at, by) => {
        const wrong = id.slice(0, at) + ((Number(id[at]) + by) % 10) + id.slice(at + 1)
        expect(readIdentityNumber(wrong, TODAY).ok).toBe(false)
        const swapped = id.slice(0, at) + id.charAt(at + 1) + id.charAt(at) + id.slice(at + 2)
        if (swapped !== id) expect(readIdentityNumber(swapped, TODAY).ok).toBe(false)
      }),
    )
  })

  it('never throws, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => typeof readIdentityNumber(text, TODAY).ok === 'boolean'),
    )
  })
})
