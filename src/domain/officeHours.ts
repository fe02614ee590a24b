import type { OfficeWindow } from './packs/tasks.ts'
import { isWorkingDay, type WorkCalendar } from './workingDays.ts'
import { addDays, shanghaiDate, startOfDay, type Instant, type LocalDate } from './world.ts'

/** When offices work: on working days, in these windows, in order and apart. */
export interface OfficeTime {
  calendars: readonly WorkCalendar[]
  windows: readonly OfficeWindow[]
}

const MINUTE_MS = 60_000
/** No holiday is so long; without it windows that hold nothing would be looked for without end. */
const MOST_DAYS = 3660

interface Span {
  from: Instant
  to: Instant
}

function spansOf({ calendars, windows }: OfficeTime, day: LocalDate): Span[] {
  if (!isWorkingDay(calendars, day)) return []
  const start = startOfDay(day)
  return windows.map(({ from, to }) => ({ from: start + from * MINUTE_MS, to: start + to * MINUTE_MS }))
}

/** Working time in milliseconds between two moments; 0 when the second is not later. */
export function workingMsBetween(time: OfficeTime, from: Instant, to: Instant): number {
  let sum = 0
  for (let day = shanghaiDate(from); startOfDay(day) < to; day = addDays(day, 1)) {
    for (const span of spansOf(time, day)) sum += Math.max(0, Math.min(span.to, to) - Math.max(span.from, from))
  }
  return sum
}

/**
 * The moment at which `ms` of working time have passed since `from`; with 0 the first moment of work from then on. A moment at
 * which the office closes is the next one at which it opens.
 * @throws RangeError when the windows hold no time.
 */
export function addWorkingMs(time: OfficeTime, from: Instant, ms: number): Instant {
  let left = ms
  let day = shanghaiDate(from)
  for (let days = 0; days < MOST_DAYS; days++, day = addDays(day, 1)) {
    for (const span of spansOf(time, day)) {
      const begin = Math.max(span.from, from)
      if (begin + left < span.to) return begin + left
      left -= Math.max(0, span.to - begin)
    }
  }
  throw new RangeError('The office never opens')
}

/** The end of office hours on a day, whether or not people work on it. */
export function closingOf({ windows }: OfficeTime, day: LocalDate): Instant {
  return startOfDay(day) + (windows.at(-1)?.to ?? 0) * MINUTE_MS
}

/** Whether offices work at this moment. */
export function isOfficeTime(time: OfficeTime, at: Instant): boolean {
  return spansOf(time, shanghaiDate(at)).some(({ from, to }) => at >= from && at < to)
}
