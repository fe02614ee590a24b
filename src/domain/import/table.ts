import { halfWidth } from '../digits.ts'

/** What makes a cell unusable, whatever column it stands in. */
export type CellFault = 'formula' | 'rounded' | 'errorValue' | 'character'

/** One cell of a sheet or of a line: its text, and its number where the sheet holds a number (days since 1899-12-30). */
export interface Cell {
  text: string
  fault: CellFault | null
  serial: number | null
}

/** `line` as the office sees it: line of the text file, row of the sheet. */
export interface Row {
  line: number
  cells: readonly Cell[]
}

export const reasons = [
  'formula',
  'rounded',
  'errorValue',
  'character',
  'noHeader',
  'twoColumns',
  'empty',
  'twice',
  'username',
  'name',
  'role',
  'regionUnknown',
  'regionLength',
  'phone',
  'code',
  'otherCounty',
  'countyUnknown',
  'noTownship',
  'placeName',
  'sameName',
  'alias',
  'longitude',
  'latitude',
  'coordinateSystem',
  'seatOfTown',
  'date',
  'otherYear',
  'kind',
  'workOnWeekday',
  'noSource',
  'noYear',
  'statutoryMissing',
  'otherPlace',
  'usernameTaken',
  'auditor',
  'ownAccount',
] as const
export type Reason = (typeof reasons)[number]

/** One thing that is wrong, where, and what stood there. `line` 0: the file as a whole. */
export interface BadRow {
  line: number
  column: string
  reason: Reason
  value: string
}

/** What a file says, every fault in it, and columns that nobody reads. Use `value` only when `bad` is empty. */
export interface Reading<T> {
  value: T
  bad: BadRow[]
  unused: string[]
}

/** One column: the headings it is known by (the first is printed), and whether a file may leave it out. */
export interface Column {
  headings: readonly string[]
  optional?: boolean
  /** Free text: a formula is kept as the text it shows and never run. */
  verbatim?: boolean
  /** A number with a fraction: the fifteen digits that a sheet keeps of it are enough. */
  fraction?: boolean
}

export interface TableRecord<Name extends string> {
  line: number
  cells: Record<Name, Cell>
}

export interface Table<Name extends string> {
  records: TableRecord<Name>[]
  /** Rows above the header: titles, sources. */
  above: Row[]
  bad: BadRow[]
  unused: string[]
}

/** Titles and notes above the header take no more rows than this. */
const HEADER_WITHIN = 10
const EMPTY: Cell = { text: '', fault: null, serial: null }
/** Control characters, direction marks, and what a wrong decoding leaves behind. */
const HIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFFFD]/u
/** 1.1E+17: the program that wrote the file has already thrown digits away. */
const ROUNDED = /^[+-]?\d+(?:\.\d+)?E\+?\d+$/i

/** ="0711": how people keep a sheet from turning a text into a number. Nothing in it runs. */
const KEPT_TEXT = /^="([^"]*)"$/

/** A cell of a text file. A text that a sheet would run (`=…`) is taken for a formula. */
export function textCell(raw: string): Cell {
  const trimmed = raw.trim()
  const text = trimmed.startsWith('=') ? (KEPT_TEXT.exec(trimmed)?.[1]?.trim() ?? trimmed) : trimmed
  return { text, fault: faultOf(text), serial: null }
}

function faultOf(text: string): CellFault | null {
  if (text.startsWith('=')) return 'formula'
  if (ROUNDED.test(text)) return 'rounded'
  return HIDDEN.test(text) ? 'character' : null
}

/** Finds the header by its required columns and names the cells below it. Empty rows are skipped. */
export function readTable<Name extends string>(
  rows: readonly Row[],
  columns: Readonly<Record<Name, Column>>,
): Table<Name> {
  const reader = openTable(columns)
  const records = rows.flatMap(row => reader.take(row) ?? [])
  const names = namesOf(columns)
  const { above, bad, unused } = reader.end()
  return { records, above, bad: [...bad, ...records.flatMap(record => faults(record, names, columns))], unused }
}

/** A table whose rows arrive one by one. `lost`: there is no header where one may stand, and no row will be a record. */
export interface TableReader<Name extends string> {
  /** The record that a row is; null for titles, the header and empty rows. */
  take(row: Row): TableRecord<Name> | null
  lost(): boolean
  /** What is wrong with the header, and columns that nobody reads. */
  end(): Pick<Table<Name>, 'above' | 'bad' | 'unused'>
}

/** Finds the header by its required columns among the first rows and names the cells below it. Empty rows are skipped. */
export function openTable<Name extends string>(columns: Readonly<Record<Name, Column>>): TableReader<Name> {
  const names = namesOf(columns)
  const above: Row[] = []
  let header: { row: Row; places: readonly (Name | null)[] } | null = null
  const lost = () => header === null && above.length >= HEADER_WITHIN
  return {
    take: row => {
      if (row.cells.every(({ text, fault }) => text === '' && fault === null) || lost()) return null
      if (header) return { line: row.line, cells: cellsOf(row, names, header.places) }
      if (isHeader(row, names, columns)) {
        const places = row.cells.map(cell => names.find(name => matches(columns[name], cell)) ?? null)
        header = { row, places }
      } else above.push(row)
      return null
    },
    lost,
    end: () => {
      if (!header) return { above, bad: [noHeader(above, names, columns)], unused: [] }
      const { row, places } = header
      return {
        above,
        bad: twoColumns(row, names, places, columns),
        unused: row.cells.flatMap(({ text }, i) => (text !== '' && places[i] === null ? text : [])),
      }
    },
  }
}

/** Keys of a record as its own type: the record is a literal of this folder. */
export function namesOf<Name extends string>(columns: Readonly<Record<Name, Column>>): Name[] {
  return Object.keys(columns) as Name[]
}

function matches(column: Column, cell: Cell): boolean {
  const heading = halfWidth(cell.text)
    .replace(/[\s*_()（）]/gu, '')
    .toLowerCase()
  return column.headings.some(known => known.toLowerCase() === heading)
}

function isHeader<Name extends string>(row: Row, names: Name[], columns: Readonly<Record<Name, Column>>): boolean {
  return names.every(name => columns[name].optional || row.cells.some(cell => matches(columns[name], cell)))
}

function noHeader<Name extends string>(
  rows: readonly Row[],
  names: Name[],
  columns: Readonly<Record<Name, Column>>,
): BadRow {
  const needed = names.filter(name => !columns[name].optional)
  const best = rows.slice(0, HEADER_WITHIN).map(row => ({
    line: row.line,
    missing: needed.filter(name => !row.cells.some(cell => matches(columns[name], cell))),
  }))
  const nearest = best.toSorted((a, b) => a.missing.length - b.missing.length)[0]
  const missing = nearest && nearest.missing.length < needed.length ? nearest : { line: 0, missing: needed }
  const column = missing.missing.map(name => columns[name].headings[0] ?? name).join('、')
  return { line: missing.line, column, reason: 'noHeader', value: '' }
}

function twoColumns<Name extends string>(
  header: Row,
  names: Name[],
  places: readonly (Name | null)[],
  columns: Readonly<Record<Name, Column>>,
): BadRow[] {
  const doubled = names.filter(name => places.filter(place => place === name).length > 1)
  return doubled.map(name => bad(header.line, columns[name], 'twoColumns'))
}

function cellsOf<Name extends string>(row: Row, names: Name[], places: readonly (Name | null)[]): Record<Name, Cell> {
  const entries = names.map(name => [name, row.cells[places.indexOf(name)] ?? EMPTY] as const)
  return Object.fromEntries(entries) as Record<Name, Cell>
}

function faults<Name extends string>(
  { line, cells }: TableRecord<Name>,
  names: Name[],
  columns: Readonly<Record<Name, Column>>,
): BadRow[] {
  return names.flatMap(name => {
    const { fault, text } = cells[name]
    return fault && !isKept(columns[name], { fault, text }) ? [bad(line, columns[name], fault, text)] : []
  })
}

const FRACTION = /^\d{1,3}\.\d+$/

/** Whether a cell is taken as it stands: a formula where any text may stand, a fraction where one is wanted. */
export function isKept(column: Column, { fault, text }: Pick<Cell, 'fault' | 'text'>): boolean {
  if (fault === 'rounded') return column.fraction === true && FRACTION.test(text)
  return fault === 'formula' && column.verbatim === true
}

/** A fault in one cell, under the first heading of its column. */
export function bad(line: number, column: Column, reason: Reason, value = ''): BadRow {
  return { line, column: column.headings[0] ?? '', reason, value }
}

/** Records whose key stands in an earlier row too; empty keys are somebody else's fault. */
export function doubled<T extends { line: number }>(records: readonly T[], key: (record: T) => string): T[] {
  const seen = new Set<string>()
  return records.filter(record => {
    const value = key(record)
    const twice = value !== '' && seen.has(value)
    seen.add(value)
    return twice
  })
}
