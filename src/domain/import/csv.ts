import { textCell, type Row } from './table.ts'

export type CsvReading = { ok: true; rows: Row[] } | { ok: false; line: number }

/** Text that arrives in pieces. `fault`: line where what cannot be read begins; from then on there are no more rows. */
export interface CsvStream {
  push(piece: string): Row[]
  /** Nothing more will come. */
  end(): Row[]
  fault(): number | null
}

/** Longest record, quoted line ends included: a quote that nobody closed must not gather the rest of a large file. */
const LONGEST_RECORD = 1024 * 1024

/** Reads a whole text; see `openCsv` for what is a record. */
export function readCsv(text: string): CsvReading {
  const csv = openCsv(Number.POSITIVE_INFINITY)
  const rows = [...csv.push(text), ...csv.end()]
  const line = csv.fault()
  return line === null ? { ok: true, rows } : { ok: false, line }
}

/**
 * Comma- or tab-separated text by RFC 4180: quoted fields may hold separators, line ends and doubled quotes; LF, CRLF and
 * CR end a line. Refused, with the line where it begins: a quote that never closes, or text behind a closing quote.
 */
export function openCsv(longest = LONGEST_RECORD): CsvStream {
  let rest = ''
  let line = 1
  let separator: string | null = null
  let fault: number | null = null
  const take = (piece: string, last: boolean): Row[] => {
    const text = rest + piece
    const rows: Row[] = []
    separator ??= separatorOf(text, last || text.length > longest)
    let at = 0
    while (fault === null && separator !== null && at < text.length) {
      const read = readRecord(text, at, { separator, line, last })
      if (read === 'more') break
      if ('fault' in read) fault = read.fault
      else {
        rows.push({ line, cells: read.fields.map(textCell) })
        at = read.end
        line = read.nextLine
      }
    }
    rest = text.slice(at)
    if (fault === null && rest.length > longest) fault = line
    return rows
  }
  return { push: piece => take(piece, false), end: () => take('', true), fault: () => fault }
}

/** What a sheet saves as "text" has tabs; everything else commas. Null until the first line is complete. */
function separatorOf(text: string, last: boolean): string | null {
  const end = text.search(/[\r\n]/)
  if (end < 0 && !last) return null
  const first = end < 0 ? text : text.slice(0, end)
  return first.includes('\t') && !first.includes(',') ? '\t' : ','
}

interface Place {
  separator: string
  line: number
  /** Nothing comes behind this text. */
  last: boolean
}

type RecordReading = { fields: string[]; end: number; nextLine: number } | { fault: number } | 'more'

/** One record from `at` on; `more` when only what follows can tell where it ends. */
function readRecord(text: string, from: number, { separator, line: begun, last }: Place): RecordReading {
  const fields: string[] = []
  let at = from
  let line = begun
  for (;;) {
    const field = text[at] === '"' ? quoted(text, at) : plain(text, at, separator)
    if (!field) return last ? { fault: line } : 'more'
    const sign = text[field.end]
    const open = sign === undefined || (sign === '\r' && field.end + 1 === text.length)
    if (open && !last) return 'more'
    fields.push(field.value)
    line += field.lines
    if (sign === separator) {
      at = field.end + 1
      if (at < text.length) continue
      if (!last) return 'more'
      fields.push('')
      return { fields, end: at, nextLine: line + 1 }
    }
    if (sign !== undefined && sign !== '\n' && sign !== '\r') return { fault: line }
    const crlf = sign === '\r' && text[field.end + 1] === '\n'
    return { fields, end: field.end + (crlf ? 2 : 1), nextLine: line + 1 }
  }
}

interface Field {
  value: string
  end: number
  /** Line ends inside it. */
  lines: number
}

function plain(text: string, from: number, separator: string): Field {
  let end = from
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++
  return { value: text.slice(from, end), end, lines: 0 }
}

function quoted(text: string, from: number): Field | null {
  let value = ''
  for (let at = from + 1; ;) {
    const close = text.indexOf('"', at)
    if (close < 0) return null
    value += text.slice(at, close)
    if (text[close + 1] !== '"') return { value, end: close + 1, lines: lineEnds(value) }
    value += '"'
    at = close + 2
  }
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0
}
