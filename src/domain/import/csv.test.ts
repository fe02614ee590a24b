import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openCsv, readCsv } from './csv.ts'

const texts = (csv: string) => {
  const read = readCsv(csv)
  return read.ok ? read.rows.map(({ cells }) => cells.map(({ text }) => text)) : `line ${read.line}`
}

/** As a sheet would save it: quoted whenever that could matter. */
const quoted = (field: string) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)

test('whatever stands in the cells is read as it was written, with LF and CRLF', () => {
  const field = fc
    .string({ unit: fc.constantFrom('甲', 'a', '"', ',', '\n', '\r\n', ' ', '1') })
    .map(text => text.trim())
  const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, end) => {
      const csv = rows.map(row => row.map(quoted).join(',')).join(end)
      expect(texts(csv)).toEqual(rows)
    }),
  )
})

test('no text at all makes it fail or run on', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\t') }), text => {
      const read = readCsv(text)
      const lines = text.split(/\r\n|\r|\n/).length
      expect(read.ok ? read.rows.every(row => row.line <= lines) : read.line <= lines).toBe(true)
    }),
  )
})

describe('lines', () => {
  test('are those of the file, also behind a field of several lines', () => {
    const read = readCsv('a,b\r\n"1\r\n2",x\r\n\r\nlast,y')
    expect(read.ok && read.rows.map(({ line }) => line)).toEqual([1, 2, 4, 5])
  })

  test('a tab separates where a sheet saved text', () => {
    expect(texts('甲\t乙\n1,5\t2')).toEqual([
      ['甲', '乙'],
      ['1,5', '2'],
    ])
  })

  test.each([
    ['a quote that never closes', 'a,b\nc,"d\ne,f', 'line 2'],
    ['text behind a closing quote', 'a\n"b"c,d', 'line 2'],
  ])('%s is refused where it begins', (_name, csv, where) => expect(texts(csv)).toBe(where))
})

describe('text in pieces', () => {
  /** Rows of a text cut anywhere, also inside a CRLF or a doubled quote. */
  const inPieces = (text: string, cuts: readonly number[]) => {
    const csv = openCsv()
    const places = [...cuts.map(cut => cut % (text.length + 1)).toSorted((a, b) => a - b), text.length]
    const rows = places.flatMap((to, i) => csv.push(text.slice(places[i - 1] ?? 0, to)))
    rows.push(...csv.end())
    const line = csv.fault()
    return line === null ? { ok: true, rows } : { ok: false, line }
  }

  test('reads the same, wherever it was cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\r\n', '\t', '甲') })
    fc.assert(
      fc.property(text, fc.array(fc.nat(40), { maxLength: 5 }), (csv, cuts) => {
        expect(inPieces(csv, cuts)).toEqual(readCsv(csv))
      }),
      { numRuns: 1_000 },
    )
  })

  test('does not gather a file behind a quote that nobody closed', () => {
    const csv = openCsv(1_000)
    expect(csv.push('a,b\n1,"2')).toHaveLength(1)
    for (let i = 0; i < 40; i++) csv.push('x'.repeat(50))
    expect(csv.fault()).toBe(2)
    expect(csv.push('"\n3,4\n')).toEqual([])
  })
})
