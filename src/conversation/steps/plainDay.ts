import { isRealDay, type LocalDate } from '../../domain/world.ts'
import type { Understood } from '../understanding/types.ts'

/** 2027-01-15 and 2027年1月15日: how date pickers write a day, and most people who type one. */
const PLAIN_DAY = /^(\d{4})(?:-(\d\d)-(\d\d)|年(\d\d?)月(\d\d?)日)$/u
/** Years outside need the reader, which knows what is meant by them. */
const FIRST_YEAR = 1900
const LAST_YEAR = 2099
const MONTHS = 12

/** What is asked: the bounds are days, `today` is that of Shanghai. */
interface DayAsked {
  today: LocalDate
  sense?: 'dueDate' | 'birthDate' | undefined
  min?: number | LocalDate | undefined
  max?: number | LocalDate | undefined
}

/**
 * A whole day in figures, without the reader, which tries calendars, festivals and words of the day first and costs a
 * hundred times as much. The same comes of it (a test compares them); null when the text is anything else. `show` says
 * the day where somebody will see it.
 */
export function readPlainDay(text: string, asked: DayAsked, show: (date: LocalDate) => string): Understood | null {
  const found = PLAIN_DAY.exec(text)
  if (!found) return null
  const [, year = '', month = found[4] ?? '', day = found[5] ?? ''] = found
  if (Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR) return null
  if (Number(month) < 1 || Number(month) > MONTHS) return { status: 'invalid', reason: 'no-such-month' }
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (!isRealDay(date)) return { status: 'invalid', reason: 'no-such-day' }
  return outside(date, asked) ?? { status: 'ok', value: date, confirm: false, shown: show(date) }
}

function outside(date: LocalDate, { today, sense, min, max }: DayAsked): Understood | null {
  if (sense === 'birthDate' && date > today) return { status: 'invalid', reason: 'future-birth' }
  if (typeof min === 'string' && date < min) return { status: 'invalid', reason: 'too-early', detail: min }
  if (typeof max === 'string' && date > max) return { status: 'invalid', reason: 'too-late', detail: max }
  return null
}
