import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameForMatching, readPersonName, surnameOf } from './personName.ts'

function accepted(name: string): void {
  expect(readPersonName(name)).toMatchObject({ ok: true, name })
}

describe('a name', () => {
  it.each([
    '张三',
    '欧阳娜娜',
    '䶮龘',
    '王㐂',
    '李〇',
    '陈𬱖',
    '田𬭚',
    '𠮷野',
    '买买提·艾力',
    '阿依古丽·麦麦提·吐尔逊',
    '\u{2A700}\u{2B740}',
    '\u{2B820}\u{2CEB0}',
    '\u{30000}\u{31350}',
    '\u{2EBF0}\u{2EC00}',
    '张\uE123',
    '佐佐木',
  ])('is accepted unchanged: %s', accepted)

  it('is accepted unchanged for every pair of hanzi of planes 0, 2 and 3', () => {
    const hanzi = fc
      .oneof(
        fc.integer({ min: 0x3400, max: 0x4dbf }),
        fc.integer({ min: 0x4e00, max: 0x9fff }),
        fc.integer({ min: 0x20000, max: 0x2ebe0 }),
        fc.integer({ min: 0x30000, max: 0x323af }),
        fc.integer({ min: 0xe000, max: 0xf8ff }),
      )
      .map(c => String.fromCodePoint(c))
    fc.assert(
      fc.property(fc.array(hanzi, { minLength: 2, maxLength: 50 }), parts => {
        accepted(parts.join(''))
      }),
    )
  })

  it.each(['・', '•', '‧', '⋅', '．', '.', '·'])('has its dot %s folded to U+00B7', dot => {
    expect(readPersonName(`买买提${dot}艾力`)).toEqual({ ok: true, name: '买买提·艾力', flags: [] })
  })

  it.each(['Anna Müller', "O'Brien", 'J. R. Smith', 'Jean-Luc', 'Zoë', 'Li Na'])('may be Latin: %s', accepted)

  it('loses the padding between its characters', () => {
    expect(readPersonName(' 张　三 ')).toEqual({ ok: true, name: '张三', flags: [] })
  })

  it.each([
    ['⼀⼆', ['radical']],
    ['王\u2F00', ['radical']],
    ['山﨑', ['compatibility']],
    ['张\uE000', ['privateUse']],
    ['葛\u{E0100}城', ['variant']],
    ['Аnna', ['mixedScripts', 'foreignScript']],
    ['王Mary', ['mixedScripts']],
  ])('is flagged for an officer, not refused: %s', (name, flags) => {
    expect(readPersonName(name)).toEqual({ ok: true, name, flags })
  })

  it.each([
    ['nothing', '', 'empty'],
    ['spaces only', ' 　', 'empty'],
    ['one character', '张', 'length'],
    ['51 characters', '张'.repeat(51), 'length'],
    ['a zero-width space', '张\u200B三', 'character'],
    ['a zero-width joiner', '张\u200D三', 'character'],
    ['a direction mark', '张\u202E三', 'character'],
    ['an isolate', '\u2066张三', 'character'],
    ['a dot in front', '·艾力', 'character'],
    ['a dot behind', '艾力·', 'character'],
    ['two dots', '买买提··艾力', 'character'],
    ['an emoji', '张三😀', 'character'],
    ['a control', '张\u0007三', 'character'],
    ['a line break inside', '张\n三', 'character'],
    ['digits', '张3', 'character'],
    ['half a character', '张\ud842', 'character'],
    ['a formula', '=张三', 'character'],
    ['a byte order mark', '\uFEFF张三', 'character'],
  ])('is refused with %s', (_what, text, reason) => {
    expect(readPersonName(text)).toEqual({ ok: false, reason })
  })

  it('never holds a hidden, control or direction character, whatever was typed, and is read the same again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), text => {
        const reading = readPersonName(text)
        if (!reading.ok) return
        expect(reading.name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
        expect(readPersonName(reading.name)).toEqual(reading)
      }),
    )
  })

  it('is answered at once even when a hundred thousand characters were pasted', () => {
    const start = performance.now()
    for (const unit of ['张', 'a ', 'a.', '·', "'a"]) readPersonName(unit.repeat(100_000))
    expect(performance.now() - start).toBeLessThan(500)
  })

  it('is compared in a wider form than it is stored', () => {
    expect(nameForMatching('⼀ 三')).toBe(nameForMatching('一三'))
  })
})

describe('the surname', () => {
  it.each([
    ['王小红', '王'],
    ['欧阳建国', '欧阳'],
    ['司马光', '司马'],
    ['上官婉儿', '上官'],
    ['诸葛亮', '诸葛'],
    ['欧阳', '欧'],
    ['𠮷野家', '𠮷'],
    ['买买提·艾力', '买'],
    ['', ''],
  ])('of %s is %s', (name, surname) => {
    expect(surnameOf(name)).toBe(surname)
  })
})
