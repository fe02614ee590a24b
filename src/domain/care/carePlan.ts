import { daysInLunarMonth, solarOf } from '../lunar.ts'
import { daysInMonth, monthAfter } from '../months.ts'
import type { CareFestival, CareRules } from '../packs/care.ts'
import { addDays, shanghaiDate, type LocalDate } from '../world.ts'
import type { YearlyDay } from './careFamily.ts'
import type { CareState } from './careState.ts'

/** Why somebody goes there. A kept day is called a visit and nothing else: the family knows why. */
export const visitReasons = ['monthly', 'festival', 'birthday', 'keptDay'] as const
export type VisitReason = (typeof visitReasons)[number]

export interface PlannedVisit {
  /** The same for the same visit however often the plan is made. */
  key: string
  reason: VisitReason
  festival: CareFestival | null
  /** First and last day on which it is paid. */
  opens: LocalDate
  due: LocalDate
}

/** The calendar dates by the lunar year in which they lie: 春节, 元宵, 端午, 中秋, 重阳. */
const festivalDays: Record<CareFestival, { month: number; day: number }> = {
  spring: { month: 1, day: 1 },
  lantern: { month: 1, day: 15 },
  dragonBoat: { month: 5, day: 5 },
  midAutumn: { month: 8, day: 15 },
  doubleNinth: { month: 9, day: 9 },
}

/** The day of a solar year; the last of its month where that year has none (29 February, a 30th in a short lunar month). */
export function dayInYear({ calendar, month, day }: YearlyDay, year: number): LocalDate | null {
  if (calendar === 'lunar') {
    const lunar = solarOf({ year, month, leap: false, day: Math.min(day, daysInLunarMonth(year, month, false)) })
    return lunar.ok ? lunar.date : null
  }
  return `${year}-${pad(month)}-${pad(Math.min(day, daysInMonth(year, month)))}`
}

/**
 * All visits of a family that open between two days, both counted, in the order of their last day. Nothing of a family that is
 * not looked after. One visit a month also stands for the monthly one, paid or planned; visits of one day are one.
 */
export function planVisits(
  state: CareState,
  rules: CareRules,
  { from, to }: { from: LocalDate; to: LocalDate },
): PlannedVisit[] {
  if (state.status !== 'active' || state.since === null) return []
  const since = shanghaiDate(state.since)
  // As far as the blocks of months reach, and the days ahead of a feast.
  const reach = 40 + 31 * (rules.everyMonths ?? 0)
  const special = onceEach(specialVisits(state, rules, { from: addDays(from, -reach), to: addDays(to, reach) }))
  const visits = [...special, ...monthlyVisits(state, rules, { from, to, special })]
  return visits
    .filter(({ opens, due }) => opens >= from && opens <= to && due >= since)
    .toSorted((a, b) => (a.due === b.due ? (a.key < b.key ? -1 : 1) : a.due < b.due ? -1 : 1))
}

/** True when somebody was there in its days. */
export function wasPaid({ opens, due }: PlannedVisit, { visits }: CareState): boolean {
  return visits.some(({ on }) => on >= opens && on <= due)
}

interface Span {
  from: LocalDate
  to: LocalDate
}

function specialVisits({ people, dates }: CareState, rules: CareRules, span: Span): PlannedVisit[] {
  const { festivals, festivalDays: ahead, dayAhead } = rules
  const lunar = festivals.flatMap(festival =>
    yearsOf(span).flatMap(year => {
      const day = dayInYear({ calendar: 'lunar', ...festivalDays[festival] }, year)
      // One goes before the feast: on the day itself families are among themselves.
      const window = day && { opens: addDays(day, -Math.max(1, ahead)), due: addDays(day, -1) }
      return window ? [{ key: `festival:${festival}:${year}`, reason: 'festival' as const, festival, ...window }] : []
    }),
  )
  const birthdays = people.flatMap(({ birthday }) => (birthday ? [birthday] : []))
  return [...lunar, ...onDays('birthday', birthdays, span, dayAhead), ...onDays('keptDay', dates, span, dayAhead)]
}

function onDays(reason: 'birthday' | 'keptDay', days: YearlyDay[], span: Span, ahead: number): PlannedVisit[] {
  return days.flatMap(day =>
    yearsOf(span).flatMap(year => {
      const due = dayInYear(day, year)
      return due ? [{ key: `${reason}:${due}`, reason, festival: null, opens: addDays(due, -ahead), due }] : []
    }),
  )
}

/** A lunar year runs into the next solar one. */
function yearsOf({ from, to }: Span): number[] {
  const first = Number(from.slice(0, 4)) - 1
  return Array.from({ length: Number(to.slice(0, 4)) - first + 1 }, (_, n) => first + n)
}

/** Of visits whose last day is the same the first named stands for all. */
function onceEach(visits: PlannedVisit[]): PlannedVisit[] {
  const byDay = new Map<LocalDate, PlannedVisit>()
  for (const visit of visits) if (!byDay.has(visit.due)) byDay.set(visit.due, visit)
  return [...byDay.values()]
}

/** One in each block of months since the family was registered, unless another one falls into it. */
function monthlyVisits(
  { since, visits }: CareState,
  { everyMonths }: CareRules,
  { from, to, special }: Span & { special: PlannedVisit[] },
): PlannedVisit[] {
  if (everyMonths === null || since === null) return []
  const first = shanghaiDate(since)
  const found: PlannedVisit[] = []
  for (let month = 0; `${monthAfter(first, month)}-01` <= to; month += everyMonths) {
    const begins = `${monthAfter(first, month)}-01`
    const opens = begins < first ? first : begins
    const due = addDays(`${monthAfter(first, month + everyMonths)}-01`, -1)
    const isPaid = visits.some(({ on }) => on >= opens && on <= due)
    const stands = isPaid || special.some(one => one.due >= opens && one.due <= due)
    if (due >= from && !stands) found.push({ key: `monthly:${begins}`, reason: 'monthly', festival: null, opens, due })
  }
  return found
}

const pad = (value: number): string => String(value).padStart(2, '0')
