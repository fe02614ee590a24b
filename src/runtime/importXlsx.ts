import { unzipSync } from 'fflate'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { textCell, type Cell, type Row } from '../domain/import/table.ts'

/** What keeps a workbook from being read; the words for people are in `locales`. */
export type WorkbookFault = 'damaged' | 'tooLarge' | 'noSheet'
export type WorkbookReading = { ok: true; rows: Row[]; sheets: number } | { ok: false; fault: WorkbookFault }

/** Thrown while a workbook is read. */
export class UnreadableWorkbook extends Error {
  readonly fault: WorkbookFault
  constructor(fault: WorkbookFault, options?: ErrorOptions) {
    super(`the workbook is ${fault}`, options)
    this.fault = fault
  }
}

/** Unpacked bytes of all parts that are read: a list of 100,000 rows has about ten million. */
const LARGEST_UNPACKED = 64 * 1024 * 1024
/** Parts of a workbook by their names in the archive. */
export const WORKBOOK = 'xl/workbook.xml'
export const RELATIONS = 'xl/_rels/workbook.xml.rels'
export const SHARED_STRINGS = 'xl/sharedStrings.xml'
const PARTS = /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[^/]+\.xml)$/
const MOST_COLUMNS = 200
/** Sheets keep 15 digits of a number; a longer one is no longer what was typed. */
const EXACT = /^-?\d{1,15}$/
/** A day with a time of day. */
const MOMENT = /^\d{5}\.\d+$/
/** Sheets of old Macs count from 1904: so many days later. */
const DAYS_1904 = 1462

/** Reads the first sheet of an XLSX workbook. Formulas, error values and numbers that lost digits are marked as such. */
export function readXlsx(bytes: Uint8Array): WorkbookReading {
  try {
    const parts = unpack(bytes)
    const sheets = sheetsOf(parts)
    const first = parts.get(sheets.files[0] ?? '')
    if (first === undefined) return { ok: false, fault: 'noSheet' }
    const strings: string[] = []
    parse(
      parts.get(SHARED_STRINGS) ?? '<none/>',
      stringsReader(text => strings.push(text)),
    )
    const rows: Row[] = []
    parse(
      first,
      sheetReader({ strings, from1904: sheets.from1904 }, row => rows.push(row)),
    )
    return { ok: true, rows, sheets: sheets.files.length }
  } catch (error) {
    if (error instanceof UnreadableWorkbook) return { ok: false, fault: error.fault }
    throw error
  }
}

function unpack(bytes: Uint8Array): Map<string, string> {
  let total = 0
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!PARTS.test(name)) return false
        total += originalSize
        if (total > LARGEST_UNPACKED) throw new UnreadableWorkbook('tooLarge')
        return true
      },
    })
    const utf8 = new TextDecoder('utf-8', { fatal: true })
    return new Map(Object.entries(files).map(([name, content]) => [name, utf8.decode(content)]))
  } catch (cause) {
    throw cause instanceof UnreadableWorkbook ? cause : new UnreadableWorkbook('damaged', { cause })
  }
}

export interface XmlReader {
  open?(name: string, attributes: Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

/** A text between two tags is one cell, of 32,767 characters at most; what is longer was made to fill memory. */
const LONGEST_PIECE = 1024 * 1024

/** Strict XML that arrives in pieces, element names without their prefix. A DOCTYPE has no business here. */
export function openXml(reader: XmlReader): { write(piece: string): void; end(): void } {
  const parser = new SaxesParser()
  let unread = 0
  const local = (name: string) => name.slice(name.indexOf(':') + 1)
  parser.on('error', cause => {
    throw new UnreadableWorkbook('damaged', { cause })
  })
  parser.on('doctype', () => {
    throw new UnreadableWorkbook('damaged')
  })
  parser.on('opentag', (tag: SaxesTagPlain) => {
    unread = 0
    reader.open?.(local(tag.name), tag.attributes)
  })
  parser.on('text', text => reader.text?.(text))
  parser.on('cdata', text => reader.text?.(text))
  parser.on('closetag', tag => {
    unread = 0
    reader.close?.(local(tag.name))
  })
  return {
    write: piece => {
      unread += piece.length
      parser.write(piece)
      if (unread > LONGEST_PIECE) throw new UnreadableWorkbook('tooLarge')
    },
    end: () => void parser.close(),
  }
}

/** Parts of a whole archive are limited by its own size. */
function parse(xml: string, reader: XmlReader): void {
  const parser = openXml(reader)
  for (let at = 0; at < xml.length; at += LONGEST_PIECE / 2) parser.write(xml.slice(at, at + LONGEST_PIECE / 2))
  parser.end()
}

/** Files of the sheets in their order, from the two small parts that say so. */
export function sheetsOf(parts: ReadonlyMap<string, string>): { files: string[]; from1904: boolean } {
  const targets = new Map<string, string>()
  parse(parts.get(RELATIONS) ?? '<none/>', {
    open: (name, { Id, Target }) => {
      if (name === 'Relationship' && Id && Target) targets.set(Id, Target.replace(/^\/?(?:xl\/)?/, 'xl/'))
    },
  })
  const files: string[] = []
  let from1904 = false
  parse(parts.get(WORKBOOK) ?? '<none/>', {
    open: (name, attributes) => {
      if (name === 'sheet') files.push(targets.get(attributes['r:id'] ?? '') ?? '')
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
    },
  })
  return { files, from1904 }
}

/** Texts of the workbook; the reading aids above characters (`rPh`) are none. */
export function stringsReader(put: (text: string) => void): XmlReader {
  let current = ''
  let inText = false
  let aids = 0
  return {
    open: name => {
      if (name === 'si') current = ''
      if (name === 'rPh') aids++
      inText = name === 't' && aids === 0
    },
    text: text => {
      if (inText) current += text
    },
    close: name => {
      if (name === 'si') put(current)
      if (name === 'rPh') aids--
      inText = false
    },
  }
}

/** What cells refer to. */
export interface SheetContext {
  strings: { at(index: number): string | undefined }
  from1904: boolean
}

interface RawCell {
  type: string
  value: string
  formula: boolean
}

/** Rows of a sheet, each as soon as it is complete. */
export function sheetReader(workbook: SheetContext, put: (row: Row) => void): XmlReader {
  let line = 0
  let cells: Cell[] = []
  let column = 0
  let cell: RawCell = { type: 'n', value: '', formula: false }
  let inValue = false
  return {
    open: (name, attributes) => {
      if (name === 'row') {
        line = Number(attributes['r'] ?? line + 1)
        cells = []
      }
      if (name === 'c') {
        column = columnOf(attributes['r'], cells.length)
        cell = { type: attributes['t'] ?? 'n', value: '', formula: false }
      }
      if (name === 'f') cell.formula = true
      inValue = name === 'v' || name === 't'
    },
    text: text => {
      if (inValue) cell.value += text
    },
    close: name => {
      if (name === 'c' && column < MOST_COLUMNS) {
        while (cells.length < column) cells.push({ text: '', fault: null, serial: null })
        cells[column] = cellOf(cell, workbook)
      }
      if (name === 'row') put({ line, cells })
      inValue = false
    },
  }
}

/** BC12 → 54. Without a reference the next one. */
function columnOf(reference: string | undefined, next: number): number {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(reference ?? '')?.[0]
  if (letters === undefined) return next
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function cellOf({ type, value, formula }: RawCell, { strings, from1904 }: SheetContext): Cell {
  const raw = type === 's' ? (strings.at(Number(value)) ?? '') : value
  const text = raw.trim()
  if (formula) return { text, fault: 'formula', serial: null }
  if (type === 'e') return { text, fault: 'errorValue', serial: null }
  if (type !== 'n' || text === '') return textCell(text)
  const exact = EXACT.test(text)
  const number = exact || MOMENT.test(text) ? Math.floor(Number(text)) : null
  return { text, fault: exact ? null : 'rounded', serial: number === null ? null : number + (from1904 ? DAYS_1904 : 0) }
}
