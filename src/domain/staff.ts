import { covers, officerRoles, type Officer } from './officer.ts'
import type { Task } from './task.ts'
import type { LocalDate } from './world.ts'

/** An officer is away, both days counted. */
export interface Absence {
  id: string
  officerId: string
  from: LocalDate
  to: LocalDate
  /** Who does the work meanwhile; null: the level above. */
  substituteId: string | null
}

/** An officer as he stands on a day. */
export interface StaffMember {
  officer: Officer
  /** Matters he was given; empty: all. */
  matters: string[]
  /** Away that day; the substitute is null when there is none, or he is away or gone himself or may not be one any more. */
  absent: { substitute: Officer | null } | null
}

/** Whether somebody may do the work of a colleague: of at least his role, in the same county, at work, and not himself. */
export function mayStandIn(substitute: Officer, who: Officer): boolean {
  if (substitute.disabled || substitute.role === 'auditor' || substitute.id === who.id) return false
  const isHighEnough = officerRoles.indexOf(substitute.role) >= officerRoles.indexOf(who.role)
  return isHighEnough && substitute.regionCode.slice(0, 6) === who.regionCode.slice(0, 6)
}

/** What decides whose a task is. */
export type Placed = Pick<Task, 'regionCode' | 'raisedTo'> & { matter: string | null }

/** Digits of the code at which a level sits. */
const levelDigits = { town: 9, county: 6 } as const

/**
 * Who is to do a task that nobody holds: those of its place, else of the town, else of the county (vacancy goes up). A late one
 * that was raised begins at the level it was raised to. An absent officer counts through his substitute, and not at all without
 * one. Of several at one level those go first who were given the matter, then those who have no list. Each officer once, by user
 * name; empty when nobody is there at all.
 */
export function responsibleFor(task: Placed, staff: readonly StaffMember[]): Officer[] {
  const most = task.raisedTo ? levelDigits[task.raisedTo] : Number.POSITIVE_INFINITY
  const around = staff.filter(
    ({ officer }) => covers(officer.regionCode, task.regionCode) && officer.regionCode.length <= most,
  )
  const levels = [...new Set(around.map(({ officer }) => officer.regionCode.length))].toSorted((a, b) => b - a)
  for (const level of levels) {
    const there = working(
      ofMatter(
        task,
        around.filter(({ officer }) => officer.regionCode.length === level),
      ),
    )
    if (there.length > 0) return there
  }
  return []
}

/** Those for the matter, as long as one of them is there or has a substitute. */
function ofMatter({ matter }: Placed, members: StaffMember[]): StaffMember[] {
  const given = members.filter(({ matters }) => matter !== null && matters.includes(matter))
  const open = members.filter(({ matters }) => matters.length === 0)
  return [given, open].find(some => working(some).length > 0) ?? members
}

function working(members: StaffMember[]): Officer[] {
  const officers = members.flatMap(({ officer, absent }) => (absent ? (absent.substitute ?? []) : officer))
  const once = new Map(officers.filter(({ disabled }) => !disabled).map(officer => [officer.id, officer]))
  return [...once.values()].toSorted((a, b) => (a.username < b.username ? -1 : 1))
}
