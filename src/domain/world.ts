/** A moment: milliseconds since 1970-01-01T00:00Z. */
export type Instant = number

/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
export type LocalDate = string

/** The one door to time, chance and ids. Real in `runtime/`, frozen in tests and transcripts. */
export interface World {
  now(): Instant
  /** A random public id: 128 bits, never counting. */
  newId(): string
  /** Random bytes from a cryptographic source; deterministic in a frozen world. */
  randomBytes(length: number): Uint8Array
}

/** China has used UTC+8 without daylight saving since 1991. */
const SHANGHAI_OFFSET_MS = 8 * 3600_000

const DAY_MS = 86_400_000

/** The day last asked for: every turn asks for today. */
let known = { day: Number.NaN, date: '' }

/** The Shanghai calendar day of a moment, whatever the time zone of the process. */
export function shanghaiDate(at: Instant): LocalDate {
  const day = Math.floor((at + SHANGHAI_OFFSET_MS) / DAY_MS)
  if (day !== known.day) known = { day, date: new Date(day * DAY_MS).toISOString().slice(0, 10) }
  return known.date
}

/** RFC 3339 with +08:00 and whole seconds, as every address of the service prints times. */
export function shanghaiTime(at: Instant): string {
  return `${new Date(at + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19)}+08:00`
}

/** The first moment of a Shanghai day. */
export function startOfDay(day: LocalDate): Instant {
  return Date.parse(`${day}T00:00:00+08:00`)
}

/** The day `days` calendar days later (earlier when negative). */
export function addDays(day: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Whole days from one day to a later one; negative when it is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
}

/** February as in a leap year. */
const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether a `YYYY-MM-DD` is a day of the calendar. */
export function isRealDay(day: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return false
  return isRealDate(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8)))
}

/** The same of its three numbers: every identity number asks, and dates cost ten times as much. */
export function isRealDate(year: number, month: number, date: number): boolean {
  if (date < 1 || date > (DAYS_OF_MONTH[month - 1] ?? 0)) return false
  return month !== 2 || date < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
}

/** A world that stands still, for tests, transcripts and examples. Each id and each byte is the next of a count. */
export function frozenWorld(start = '2026-11-23T09:00:00+08:00'): World & { advance(ms: number): void } {
  let at = Date.parse(start)
  let ids = 0
  let bytes = 0
  return {
    now: () => at,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    randomBytes: length => Uint8Array.from({ length }, () => bytes++ % 256),
    advance: ms => {
      at += ms
    },
  }
}
