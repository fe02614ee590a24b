import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { strToU8, zipSync, type Zippable } from 'fflate'
import { afterAll, expect, describe, test } from 'vitest'
import type { Row } from '../domain/import/table.ts'
import { readImportBytes } from './importFile.ts'
import { openRowSource, UnreadableFile } from './importStream.ts'

const dir = mkdtempSync(path.join(os.tmpdir(), 'nx-import-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** All rows of a file with these bytes, or why there are none. */
async function streamed(bytes: Uint8Array): Promise<Row[] | string> {
  const file = path.join(dir, 'list')
  writeFileSync(file, bytes)
  try {
    const source = await openRowSource(file)
    try {
      const rows: Row[] = []
      for await (const some of source.rows()) rows.push(...some)
      return rows
    } finally {
      await source.close()
    }
  } catch (error) {
    if (error instanceof UnreadableFile) return error.fault
    throw error
  }
}

const atOnce = (bytes: Uint8Array): Row[] | string => {
  const read = readImportBytes(bytes)
  return read.ok ? read.rows : read.fault
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
function workbook(sheetData: string, strings = '', options: { more?: Zippable; level?: 0 | 6 | 9 } = {}): Uint8Array {
  const parts = {
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="${main}"><sheets><sheet name="名单" r:id="rId1" xmlns:r="r"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet xmlns="${main}"><sheetData>${sheetData}</sheetData></worksheet>`),
    // Behind the sheet, as Excel writes it.
    'xl/sharedStrings.xml': strToU8(`<sst xmlns="${main}">${strings}</sst>`),
    ...options.more,
  }
  return zipSync(parts, { level: options.level ?? 6 })
}
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

describe('a file read row by row', () => {
  test('says the same as one read at once: text of any kind', { timeout: 60_000 }, async () => {
    const text = fc.string({ unit: fc.constantFrom('甲', '𬱖', 'a', '"', ',', '\n', '\r\n', '1'), maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (csv, hasMark) => {
        const bytes = new TextEncoder().encode((hasMark ? '\uFEFF' : '') + csv)
        expect(await streamed(bytes)).toEqual(atOnce(bytes))
      }),
      { numRuns: 100 },
    )
  })

  test('says the same as one read at once: sheets', { timeout: 60_000 }, async () => {
    const cell = fc.oneof(
      fc.constantFrom('<v>46388</v>', '<v>46388.5</v>', '<f>A1</f><v>3</v>', '<v>4.2E+17</v>'),
      fc.nat(3).map(n => ({ shared: n })),
    )
    const table = fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom(0, 6), async (rows, level) => {
        const cells = (row: (typeof rows)[number]) =>
          row.map(one => (typeof one === 'string' ? `<c>${one}</c>` : `<c t="s"><v>${one.shared}</v></c>`)).join('')
        const xml = rows.map(row => `<row>${cells(row)}</row>`).join('')
        const strings = ['下柯村', 'a & b', '', '𬱖'].map(text => `<si><t>${escaped(text)}</t></si>`).join('')
        const bytes = workbook(xml, strings, { level: level === 0 ? 0 : 6 })
        expect(await streamed(bytes)).toEqual(atOnce(bytes))
      }),
      { numRuns: 60 },
    )
  })

  test('in GB 18030 keeps characters that lie over the edge of a piece', async () => {
    const header = Uint8Array.of(0xb4, 0xfa, 0xc2, 0xeb, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6, 0x0a)
    const bytes = new Uint8Array(header.length + 200_001)
    bytes.set(header)
    bytes[header.length] = 0x61
    for (let at = header.length + 1; at < bytes.length; at += 2) bytes.set([0xb4, 0xfa], at)
    const rows = await streamed(bytes)
    expect(Array.isArray(rows) && rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ['代码', '名称'],
      [`a${'代'.repeat(100_000)}`],
    ])
  })

  test('has the same hash whenever it is read', async () => {
    const file = path.join(dir, 'hashed')
    writeFileSync(file, 'a,b\n1,2')
    const source = await openRowSource(file)
    await source.close()
    expect(source.hash).toBe('aeedab1ee7a1043753c9ab768594bc8420d7b85491d0be9421edc3813c237f4c')
  })
})

describe('refused is', () => {
  const nothing = new Uint8Array(0)
  test.each([
    ['an old or locked workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2), 'oldOrEncrypted'],
    ['no text', Uint8Array.of(1, 0, 2, 0), 'encoding'],
    ['half a character', Uint8Array.of(0x61, 0xff, 0xff), 'encoding'],
    ['a quote without its partner', strToU8('a,"b'), 'quote'],
    ['a broken archive', Uint8Array.of(0x50, 0x4b, 3, 4, 9, 9), 'damaged'],
    ['an archive that is no workbook', zipSync({ 'a.txt': nothing }), 'damaged'],
    ['a DOCTYPE', workbook('', '', { more: { 'xl/worksheets/sheet1.xml': strToU8('<!DOCTYPE x><a/>') } }), 'damaged'],
  ])('%s', async (_name, bytes, fault) => expect(await streamed(bytes)).toBe(fault))

  test('a file that is not there', async () => {
    await expect(openRowSource(path.join(dir, 'nowhere'))).rejects.toMatchObject({ fault: 'missing' })
  })

  test('with its own error, a file that is there and cannot be reached', async () => {
    const loop = path.join(dir, 'loop')
    symlinkSync(loop, loop)
    await expect(openRowSource(loop)).rejects.toMatchObject({ code: 'ELOOP' })
  })

  test('a bomb: rows that pack a thousandfold, one endless text, and a part that lies about its size', async () => {
    const rows = strToU8(`<worksheet><sheetData>${'<row><c/></row>'.repeat(3_000_000)}</sheetData></worksheet>`)
    const more = { 'xl/worksheets/sheet1.xml': rows }
    const bomb = workbook('', '', { more, level: 9 })
    expect(bomb.length).toBeLessThan(rows.length / 200)
    expect(await streamed(bomb)).toBe('tooLarge')
    const text = strToU8(
      `<worksheet><sheetData><row><c><v>${'1'.repeat(3_000_000)}</v></c></row></sheetData></worksheet>`,
    )
    expect(await streamed(workbook('', '', { more: { 'xl/worksheets/sheet1.xml': text } }))).toBe('tooLarge')
    // What the directory says of the unpacked size is nowhere asked.
    const liar = Buffer.from(bomb)
    for (let at = 0; at < liar.length - 4; at++) if (liar.readUInt32LE(at) === rows.length) liar.writeUInt32LE(9, at)
    expect(await streamed(liar)).toBe('tooLarge')
  }, 60_000)

  test('or read, and never a failure, what was damaged anywhere', { timeout: 60_000 }, async () => {
    const sound = workbook('<row r="1"><c r="A1" t="inlineStr"><is><t>代码</t></is></c></row>')
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.nat(255), async (at, byte) => {
        const damaged = Uint8Array.from(sound)
        damaged[at] = byte
        expect(await streamed(damaged)).toBeDefined()
      }),
      { numRuns: 300 },
    )
  })
})
