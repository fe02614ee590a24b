/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
export type LocalDate = string

const DAY_MS = 86_400_000
/** China has used UTC+8 without daylight saving since 1991. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000

/** Days since 1970-01-01; no time zone enters. */
export const dayNumber = (date: LocalDate): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS

export const isoDay = (number: number): LocalDate => new Date(number * DAY_MS).toISOString().slice(0, 10)

/** So many days later, or earlier. */
export const addDays = (date: LocalDate, days: number): LocalDate => isoDay(dayNumber(date) + days)

export const shanghaiDay = (atMs: number): LocalDate => new Date(atMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10)

/** `HH:MM` in Shanghai. */
export const shanghaiClock = (atMs: number): string => new Date(atMs + SHANGHAI_OFFSET_MS).toISOString().slice(11, 16)

export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** 0 = Sunday. */
export const weekday = (date: LocalDate): number => new Date(`${date}T00:00:00Z`).getUTCDay()

export const localDate = (year: number, month: number, day: number): LocalDate =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

/** Calendar days from `from` to `to`; negative when `to` is past. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => dayNumber(to) - dayNumber(from)
