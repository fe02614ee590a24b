import { strToU8, zipSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readImportBytes } from './importFile.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const content = (bytes: Uint8Array) => {
  const read = readImportBytes(bytes)
  return read.ok ? read.rows.map(({ cells }) => cells.map(({ text, fault }) => fault ?? text)) : read.fault
}

/** A workbook with one sheet, its cells as XML. */
function workbook(
  sheetData: string,
  options: { strings?: string; more?: Record<string, string>; pr?: string } = {},
): Uint8Array {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const parts = {
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="r">${options.pr ?? ''}<sheets><sheet name="名单" sheetId="1" r:id="rId7"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId7" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/sharedStrings.xml': `<sst xmlns="${main}">${options.strings ?? ''}</sst>`,
    'xl/worksheets/sheet1.xml': `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${main}"><sheetData>${sheetData}</sheetData></worksheet>`,
    ...options.more,
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])))
}

describe('a text file', () => {
  const gb18030 = Uint8Array.of(0xb4, 0xfa, 0xc2, 0xeb, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6)
  const utf16 = Uint8Array.of(0xff, 0xfe, 0xe3, 0x4e, 0x01, 0x78, 0x09, 0x00, 0x0d, 0x54, 0xf0, 0x79)

  test.each([
    ['UTF-8', utf8('代码,名称')],
    ['UTF-8 with a mark', utf8('\uFEFF代码,名称')],
    ['GB 18030', gb18030],
    ['what a sheet calls Unicode text', utf16],
  ])('in %s is read', (_name, bytes) => expect(content(bytes)).toEqual([['代码', '名称']]))

  test.each([
    ['an old or locked workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2), 'oldOrEncrypted'],
    ['no text', Uint8Array.of(1, 0, 2, 0), 'encoding'],
    ['half a character', Uint8Array.of(0x61, 0xff, 0xff), 'encoding'],
    ['a quote without its partner', utf8('a,"b'), 'quote'],
    ['a broken archive', Uint8Array.of(0x50, 0x4b, 3, 4, 9, 9), 'damaged'],
  ])('that is %s is refused', (_name, bytes, fault) => expect(content(bytes)).toBe(fault))

  test('no bytes at all make it fail', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
        expect(content(bytes)).toBeDefined()
      }),
    )
  })
})

describe('a workbook', () => {
  test('is read: shared texts without reading aids, texts in place, gaps, numbers of up to 15 digits', () => {
    const strings =
      '<si><t>代码</t></si><si><r><t>下柯</t></r><r><t>村</t></r><rPh sb="0" eb="2"><t>xiake</t></rPh></si>'
    const bytes = workbook(
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>名称</t></is></c></row>' +
        '<row r="3"><c r="A3"><v>420702104212</v></c><c r="C3" t="s"><v>1</v></c></row>',
      { strings },
    )
    const read = readImportBytes(bytes)
    expect(read.ok && read.rows.map(({ line }) => line)).toEqual([1, 3])
    expect(content(bytes)).toEqual([
      ['代码', '', '名称'],
      ['420702104212', '', '下柯村'],
    ])
  })

  test('names formulas, numbers that lost digits, error values and hidden characters', () => {
    const cells = [
      '<c r="A1"><f>B1</f><v>5</v></c>',
      '<c r="B1" t="str"><f>C1</f><v>x</v></c>',
      '<c r="C1"><v>1.1010119900101E+17</v></c>',
      '<c r="D1"><v>1234567890123456</v></c>',
      '<c r="E1"><v>0.5</v></c>',
      '<c r="F1" t="e"><v>#N/A</v></c>',
      '<c r="G1" t="inlineStr"><is><t>a&#x200B;b</t></is></c>',
    ]
    const faults = ['formula', 'formula', 'rounded', 'rounded', 'rounded', 'errorValue', 'character']
    expect(content(workbook(`<row r="1">${cells.join('')}</row>`))).toEqual([faults])
  })

  test.each([
    ['', 46388],
    ['<workbookPr date1904="1"/>', 46388 + 1462],
  ])('keeps days as numbers, counted from 1900 (%s)', (pr, serial) => {
    const read = readImportBytes(workbook('<row r="1"><c r="A1" s="3"><v>46388</v></c></row>', { pr }))
    expect(read.ok && read.rows[0]?.cells[0]?.serial).toBe(serial)
  })

  test.each([
    ['a DOCTYPE', '<!DOCTYPE x [<!ENTITY e "x">]><worksheet/>'],
    ['XML that is not well formed', '<worksheet><row></worksheet>'],
    ['an entity nobody declared', '<worksheet><sheetData><row><c><v>&e;</v></c></row></sheetData></worksheet>'],
  ])('with %s is refused', (_name, sheet) => {
    expect(content(workbook('', { more: { 'xl/worksheets/sheet1.xml': sheet } }))).toBe('damaged')
  })

  test('without a sheet is refused, and so is a small file that unpacks to a huge one', () => {
    expect(content(workbook('', { more: { 'xl/workbook.xml': '<workbook/>' } }))).toBe('noSheet')
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(65 * 1024 * 1024) }, { level: 1 })
    expect(bomb.length).toBeLessThan(1024 * 1024)
    expect(content(bomb)).toBe('tooLarge')
  })

  test('that was damaged anywhere is refused or read, and never fails', () => {
    const whole = workbook('<row r="1"><c r="A1" t="inlineStr"><is><t>代码</t></is></c></row>')
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Uint8Array.from(whole)
        damaged[at] = byte
        expect(content(damaged)).toBeDefined()
      }),
    )
  })
})
