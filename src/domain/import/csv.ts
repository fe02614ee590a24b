import { textCell, type Row } from './table.ts'

export type CsvReading = { ok: true; rows: Row[] } | { ok: false; line: number }

/**
 * Comma- or tab-separated text by RFC 4180: quoted fields may hold separators, line ends and doubled quotes; LF, CRLF and
 * CR end a line. Refused, with the line where it begins: a quote that never closes, or text behind a closing quote.
 */
export function readCsv(text: string): CsvReading {
  const separator = separatorOf(text)
  const rows: Row[] = []
  let fields: string[] = []
  let line = 1
  let begun = 1
  let at = 0
  while (at < text.length) {
    const field = text[at] === '"' ? quoted(text, at) : plain(text, at, separator)
    if (!field) return { ok: false, line }
    fields.push(field.value)
    line += lineEnds(text.slice(at, field.end))
    at = field.end
    const sign = text[at]
    if (sign !== undefined && sign !== separator && sign !== '\n' && sign !== '\r') return { ok: false, line }
    at += sign === '\r' && text[at + 1] === '\n' ? 2 : 1
    if (sign === separator) {
      if (at >= text.length) fields.push('')
      else continue
    }
    rows.push({ line: begun, cells: fields.map(textCell) })
    fields = []
    begun = ++line
  }
  if (fields.length > 0) rows.push({ line: begun, cells: fields.map(textCell) })
  return { ok: true, rows }
}

/** What a sheet saves as "text" has tabs; everything else commas. */
function separatorOf(text: string): string {
  const first = text.slice(0, text.search(/[\r\n]|$/))
  return first.includes('\t') && !first.includes(',') ? '\t' : ','
}

interface Field {
  value: string
  end: number
}

function plain(text: string, from: number, separator: string): Field {
  let end = from
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++
  return { value: text.slice(from, end), end }
}

function quoted(text: string, from: number): Field | null {
  let value = ''
  for (let at = from + 1; ;) {
    const close = text.indexOf('"', at)
    if (close < 0) return null
    value += text.slice(at, close)
    if (text[close + 1] !== '"') return { value, end: close + 1 }
    value += '"'
    at = close + 2
  }
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0
}
