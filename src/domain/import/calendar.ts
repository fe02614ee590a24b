import { halfWidth } from '../digits.ts'
import { isWeekend, statutoryDays, type WorkCalendar } from '../workingDays.ts'
import type { LocalDate } from '../world.ts'
import { readSheetDay } from './sheetDay.ts'
import { bad, doubled, readTable, type BadRow, type Cell, type Column, type Reading, type Row } from './table.ts'

const columns = {
  date: { headings: ['日期', 'date'] },
  kind: { headings: ['类型', 'kind', '休/班', '休班'] },
  note: { headings: ['备注', 'note'], optional: true },
} satisfies Record<string, Column>
const sourceColumn: Column = { headings: ['来源', 'source'] }
const yearColumn: Column = { headings: ['年份', 'year'] }

const offWords = ['休', '放假', 'off']
const workWords = ['班', '调休', '上班', 'work']

/** Years that statutory days can be computed for, and that a calendar file may name. */
const FIRST_YEAR = 2000
const LAST_YEAR = 2100

/**
 * Reads one year as the State Council announced it: rows 日期, 休 or 班, and a row 来源 with the notice. A row 年份 may
 * name the year; otherwise it is that of most days. The last week of the December before belongs to it too (the notice of
 * 2019 moved 2018-12-29). Refused: a working day that is no weekend, a statutory day that is not off.
 */
export function readCalendar(rows: readonly Row[]): Reading<WorkCalendar> {
  const source = labelled(rows, sourceColumn)
  const named = labelled(rows, yearColumn)
  const table = readTable(
    rows.filter(row => row !== source?.row && row !== named?.row),
    columns,
  )
  const days = table.records.map(({ line, cells }) => ({
    line,
    date: readSheetDay(cells.date),
    kind: kindOf(cells.kind.text),
    cells,
  }))
  const year = named ? readYear(named.text) : commonYear(days.map(({ date }) => date))
  const listed = (wanted: string) => days.flatMap(({ date, kind }) => (date && kind === wanted ? date : [])).toSorted()
  const value = { year: year ?? 0, daysOff: listed('off'), makeUpDays: listed('work'), source: source?.text ?? '' }
  return {
    value,
    bad: [...table.bad, ...faultsOf(days, value, named), ...wholeFaults(value, named)],
    unused: table.unused,
  }
}

interface Day {
  line: number
  date: LocalDate | null
  kind: 'off' | 'work' | null
  cells: Record<keyof typeof columns, Cell>
}

interface Labelled {
  row: Row
  text: string
}

/** A row whose first cell says what the second one is. */
function labelled(rows: readonly Row[], column: Column): Labelled | null {
  const row = rows.find(({ cells }) =>
    column.headings.includes((cells[0]?.text ?? '').replace(/[:：\s]/gu, '').toLowerCase()),
  )
  const cell = row?.cells.slice(1).find(({ text }) => text !== '')
  return row ? { row, text: cell && cell.fault === null ? cell.text : '' } : null
}

function faultsOf(days: Day[], { year }: WorkCalendar, named: Labelled | null): BadRow[] {
  const faults = days.flatMap(day => dayFaults(day, year))
  const twice = doubled(days, ({ date }) => date ?? '')
  return [
    ...(named && year === 0 ? [bad(named.row.line, yearColumn, 'noYear', named.text)] : []),
    ...faults,
    ...twice.map(({ line, date }) => bad(line, columns.date, 'twice', date ?? '')),
  ]
}

function dayFaults({ line, date, kind, cells }: Day, year: number): BadRow[] {
  const faults: BadRow[] = []
  const put = (column: 'date' | 'kind', reason: BadRow['reason']) => {
    if (cells[column].fault === null)
      faults.push(bad(line, columns[column], cells[column].text === '' ? 'empty' : reason, cells[column].text))
  }
  if (!date) put('date', 'date')
  else if (year !== 0 && !belongs(date, year)) put('date', 'otherYear')
  if (!kind) put('kind', 'kind')
  if (date && kind === 'work' && !isWeekend(date)) put('date', 'workOnWeekday')
  return faults
}

function wholeFaults({ year, source, daysOff }: WorkCalendar, named: Labelled | null): BadRow[] {
  const missing = year === 0 ? [] : statutoryDays(year).filter(day => !daysOff.includes(day))
  return [
    ...(source === '' ? [bad(0, sourceColumn, 'noSource')] : []),
    ...(year === 0 && !named ? [bad(0, yearColumn, 'noYear')] : []),
    ...missing.map(day => bad(0, columns.date, 'statutoryMissing', day)),
  ]
}

function kindOf(text: string): Day['kind'] {
  if (offWords.includes(text.toLowerCase())) return 'off'
  return workWords.includes(text.toLowerCase()) ? 'work' : null
}

function readYear(text: string): number | null {
  const year = Number(/^(\d{4})年?$/u.exec(halfWidth(text))?.[1])
  return year >= FIRST_YEAR && year <= LAST_YEAR ? year : null
}

function commonYear(dates: readonly (LocalDate | null)[]): number | null {
  const counts = new Map<string, number>()
  for (const date of dates) if (date) counts.set(date.slice(0, 4), (counts.get(date.slice(0, 4)) ?? 0) + 1)
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a)
  return most ? readYear(most[0]) : null
}

function belongs(date: LocalDate, year: number): boolean {
  return date.startsWith(String(year)) || (date >= `${year - 1}-12-25` && date < `${year}-01-01`)
}

/** The calendars to count by: an imported year takes the place of the one the service brings. */
export function withImportedCalendars(
  builtIn: readonly WorkCalendar[],
  imported: readonly WorkCalendar[],
): WorkCalendar[] {
  const years = new Set(imported.map(({ year }) => year))
  return [...builtIn.filter(({ year }) => !years.has(year)), ...imported].toSorted((a, b) => a.year - b.year)
}
