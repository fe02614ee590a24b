import { z } from 'zod'
import { sourceSchema, type Source } from '../packs/fact.ts'
import { addDays, type LocalDate } from '../world.ts'
import { monthsLater, yearOf } from '../months.ts'
import type { TwoLanguages } from './policyEntry.ts'

/** Purpose and version of the consent behind a calendar; the flow that asks carries the same. */
export const calendarConsent = { purpose: 'serviceCalendar', version: 1 } as const

const point = z.union([
  z.strictObject({ at: z.enum(['registration', 'birth', 'thirdBirthday']) }),
  /** A day of the year of birth, or of so many years later. */
  z.strictObject({ yearsAfterBirth: z.int().min(0).max(3), day: z.string().regex(/^\d{2}-\d{2}$/) }),
])
const item = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  /** Left out where the child is born already. */
  onlyExpecting: z.boolean().default(false),
  from: point,
  /** Null: no rule names an end. */
  until: point.nullable(),
  text: z.strictObject({ 'zh-CN': z.string().min(1).max(60), en: z.string().min(1) }),
  source: sourceSchema,
})
const file = z.strictObject({ items: z.array(item).min(1) })

type Point = z.infer<typeof point>

/** One thing of 一次登记、全程服务, with its source. */
export interface CalendarItem {
  id: string
  onlyExpecting: boolean
  from: Point
  until: Point | null
  text: TwoLanguages
  source: Source
}

/** Decodes the file. @throws with the field's name. */
export function parseCalendarItems(data: unknown): CalendarItem[] {
  return file.parse(data).items
}

/** What the plan stands on. `birth`: expected while the child is not born. */
export interface CalendarBasis {
  stage: 'expecting' | 'born'
  birth: LocalDate
  registered: LocalDate
}

/** When one item is due for this child; both days count. */
export interface PlannedItem {
  item: CalendarItem
  from: LocalDate
  until: LocalDate | null
}

/** The plan for one child, by its first day. Pure: the same dates give the same plan. */
export function planCalendar(basis: CalendarBasis, items: readonly CalendarItem[]): PlannedItem[] {
  return items
    .filter(({ onlyExpecting }) => !onlyExpecting || basis.stage === 'expecting')
    .map(one => plannedItem(basis, one))
    .filter(({ from, until }) => until === null || from <= until)
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}

/** What is not over on this day. */
export function stillAhead(plan: readonly PlannedItem[], today: LocalDate): PlannedItem[] {
  return plan.filter(({ until }) => until === null || until >= today)
}

function plannedItem(basis: CalendarBasis, item: CalendarItem): PlannedItem {
  const from = dayOf(basis, item.from)
  // Nothing of the plan lies before the registration.
  return {
    item,
    from: from < basis.registered ? basis.registered : from,
    until: item.until && dayOf(basis, item.until),
  }
}

function dayOf({ birth, registered }: CalendarBasis, at: Point): LocalDate {
  if ('yearsAfterBirth' in at) return `${yearOf(birth) + at.yearsAfterBirth}-${at.day}`
  if (at.at === 'registration') return registered
  return at.at === 'birth' ? birth : addDays(monthsLater(birth, 36), -1)
}
