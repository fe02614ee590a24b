import { numberIn } from '../../domain/digits.ts'
import { isRealDate, type LocalDate } from '../../domain/world.ts'
import type { Understood } from '../understanding/types.ts'

/** 2027年1月15日, as most people type a day; date pickers write 2027-01-15. */
const TYPED_DAY = /^(\d{4})年(\d\d?)月(\d\d?)日$/u
/** Years outside need the reader, which knows what is meant by them. */
const FIRST_YEAR = 1900
const LAST_YEAR = 2099
const MONTHS = 12
const LENGTH = '2027-01-15'.length

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
  const date = pickedDay(text) ?? typedDay(text)
  if (date === null) return null
  const [year, month, day] = [numberIn(date, 0, 4), numberIn(date, 5, 7), numberIn(date, 8, 10)]
  if (year < FIRST_YEAR || year > LAST_YEAR) return null
  if (month < 1 || month > MONTHS) return { status: 'invalid', reason: 'no-such-month' }
  if (!isRealDate(year, month, day)) return { status: 'invalid', reason: 'no-such-day' }
  return outside(date, asked) ?? { status: 'ok', value: date, confirm: false, shown: show(date) }
}

/** Looked at figure by figure: a pattern would make three texts of it first. */
function pickedDay(text: string): LocalDate | null {
  if (text.length !== LENGTH || text.charAt(4) !== '-' || text.charAt(7) !== '-') return null
  return Number.isNaN(numberIn(text, 0, 4) + numberIn(text, 5, 7) + numberIn(text, 8, LENGTH)) ? null : text
}

function typedDay(text: string): LocalDate | null {
  const [, year, month = '', day = ''] = TYPED_DAY.exec(text) ?? []
  return year === undefined ? null : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function outside(date: LocalDate, { today, sense, min, max }: DayAsked): Understood | null {
  if (sense === 'birthDate' && date > today) return { status: 'invalid', reason: 'future-birth' }
  if (typeof min === 'string' && date < min) return { status: 'invalid', reason: 'too-early', detail: min }
  if (typeof max === 'string' && date > max) return { status: 'invalid', reason: 'too-late', detail: max }
  return null
}
