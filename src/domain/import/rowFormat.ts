import { plainDigits } from '../digits.ts'
import { readIdentityNumber } from '../identityNumber.ts'
import { readPersonName } from '../personName.ts'
import { readPhone } from '../phone.ts'
import { findRegion, type FoundRegion, type RegionIndex } from '../region.ts'
import type { LocalDate } from '../world.ts'
import { readSheetDay } from './sheetDay.ts'
import { isKept, type Column, type TableRecord } from './table.ts'

/** Why a row of a long list is refused. Words for people stand in `locales`, and never what stood in the cell. */
export const rowReasons = [
  'formula',
  'rounded',
  'errorValue',
  'character',
  'noHeader',
  'twoColumns',
  'empty',
  'twice',
  'householdNumber',
  'place',
  'placeSeveral',
  'placeLevel',
  'otherPlace',
  'name',
  'phone',
  'members',
  'standing',
  'idNumber',
  'idCheck',
  'idRounded',
  'date',
  'dateRange',
  'document',
  'documentNumber',
  'office',
  'status',
  'text',
] as const
export type RowReason = (typeof rowReasons)[number]

/** One thing that is wrong. It holds no data of the row: these lists are of people. */
export interface RowFault {
  line: number
  column: string
  reason: RowReason
}

/** What the rows are read against. */
export interface RowContext {
  findPlace(written: string): FoundRegion
  /** Rows of other places are refused; null: any place of the country. */
  within: string | null
  today: LocalDate
  /** Ids of documents by every word that a list may call them. */
  documents: ReadonlyMap<string, string>
}

export type RowReading<T> = { ok: true; value: T; renamed: boolean } | { ok: false; faults: RowFault[] }

/** A kind of list: its columns, and how one row is read. */
export interface RowFormat<Name extends string, T> {
  columns: Readonly<Record<Name, Column>>
  /** Under which a row that repeats another one is named. */
  key: Name
  read(record: TableRecord<Name>, context: RowContext): RowReading<T>
}

/** Reads the cells of one row and gathers what is wrong. Null where a cell is empty or wrong. */
export interface CellReader<Name extends string> {
  /** Any text up to a length that people write in one cell. */
  text(name: Name): string | null
  name(name: Name): string | null
  phone(name: Name): string | null
  idNumber(name: Name): string | null
  day(name: Name, from: LocalDate): LocalDate | null
  place(name: Name, lengths: readonly number[]): string | null
  whole(name: Name, range: { from: number; to: number }): number | null
  fail(name: Name, reason: RowReason): null
  /** The row as read, unless anything was wrong. */
  done<T>(value: T | null): RowReading<T>
}

const LONGEST_TEXT = 200
/** What sheets make of a long number: 4.2E+17, or its first fifteen digits and zeros. */
const LOST_DIGITS = /^\d{15}000$/

export function readCells<Name extends string>(
  { line, cells }: TableRecord<Name>,
  columns: Readonly<Record<Name, Column>>,
  context: RowContext,
): CellReader<Name> {
  const faults: RowFault[] = []
  let renamed = false
  const fail = (name: Name, reason: RowReason) => {
    faults.push({ line, column: columns[name].headings[0] ?? '', reason })
    return null
  }
  const text = (name: Name): string | null => {
    const cell = cells[name]
    if (cell.fault !== null && !isKept(columns[name], cell)) return fail(name, cell.fault)
    if (cell.text.length > LONGEST_TEXT) return fail(name, 'text')
    if (cell.text !== '') return cell.text
    return columns[name].optional ? null : fail(name, 'empty')
  }
  /** Reads what is written; what it answers as a fault is named. */
  const parse = <T>(name: Name, read: (written: string) => T | Fault): T | null => {
    const written = text(name)
    if (written === null) return null
    const value = read(written)
    return value instanceof Fault ? fail(name, value.reason) : value
  }
  return {
    text,
    fail,
    name: name => parse(name, personName),
    phone: name => parse(name, phoneOfPerson),
    idNumber: name =>
      cells[name].fault === 'rounded'
        ? fail(name, 'idRounded')
        : parse(name, written => identityNumber(written, context.today)),
    day: (name, from) => {
      const day = readSheetDay(cells[name])
      // A moment of a day is a broken number to a sheet, and a day all the same.
      if ((cells[name].fault !== 'rounded' || day === null) && text(name) === null) return null
      if (day === null) return fail(name, 'date')
      return day < from || day > context.today ? fail(name, 'dateRange') : day
    },
    place: (name, lengths) =>
      parse(name, written => {
        const found = placeOf(context, written, lengths)
        if (typeof found === 'string') renamed ||= isOtherCode(written, found)
        return found
      }),
    whole: (name, { from, to }) =>
      parse(name, written => {
        const digits = plainDigits(written)
        const number = /^\d{1,4}$/.test(digits) ? Number(digits) : Number.NaN
        return number >= from && number <= to ? number : new Fault('members')
      }),
    done: value => (value === null || faults.length > 0 ? { ok: false, faults } : { ok: true, value, renamed }),
  }
}

/** Why a text is no value of its column. */
class Fault {
  readonly reason: RowReason
  constructor(reason: RowReason) {
    this.reason = reason
  }
}

function personName(written: string): string | Fault {
  const read = readPersonName(written)
  return read.ok ? read.name : new Fault('name')
}

function phoneOfPerson(written: string): string | Fault {
  const read = readPhone(written)
  return read.ok && (read.kind === 'mobile' || read.kind === 'landline') ? read.number : new Fault('phone')
}

function identityNumber(written: string, today: LocalDate): string | Fault {
  const read = readIdentityNumber(written, today)
  if (read.ok) return read.id
  if (LOST_DIGITS.test(written)) return new Fault('idRounded')
  return new Fault(read.reason === 'checksum' ? 'idCheck' : 'idNumber')
}

function placeOf({ findPlace, within }: RowContext, written: string, lengths: readonly number[]): string | Fault {
  const place = findPlace(written)
  if (place.kind !== 'exact') return new Fault(place.kind === 'several' ? 'placeSeveral' : 'place')
  if (!lengths.includes(place.code.length)) return new Fault('placeLevel')
  return within === null || place.code.startsWith(within) ? place.code : new Fault('otherPlace')
}

/** Whether a code was written that is not the place's code of today. */
function isOtherCode(written: string, code: string): boolean {
  const digits = plainDigits(written)
  return /^\d+$/.test(digits) && digits !== code
}

/** Places a list names again and again are looked up once; more of them than any county has are forgotten. */
const MOST_REMEMBERED = 20_000

/** `findRegion` with a memory. Names are looked for below `within` first. */
export function placeFinder(regions: RegionIndex, within: string | null): RowContext['findPlace'] {
  const known = new Map<string, FoundRegion>()
  return written => {
    const before = known.get(written)
    if (before) return before
    const found = findRegion(regions, written, within ?? undefined)
    if (known.size >= MOST_REMEMBERED) known.clear()
    known.set(written, found)
    return found
  }
}
