import { covers, officerRoles, type Officer, type OfficerRole } from './officer.ts'
import { mayStandIn, responsibleFor, type StaffMember } from './staff.ts'
import type { Task } from './task.ts'

/** What an officer is to be from now on. */
export type OfficerWish = Pick<Officer, 'role' | 'regionCode' | 'officePhone' | 'disabled'>

/** Digits of a place by who works there: a village officer works for a village, and so on. */
const placeDigits: Record<OfficerRole, number> = { village: 12, town: 9, county: 6, auditor: 6 }

const rank = (role: OfficerRole): number => officerRoles.indexOf(role)

/**
 * Whether somebody may change an officer at all: in his own place, nobody himself, no auditor (he watches the county). A town
 * changes those below its own rank, a county those of its own, too, because nobody is above it; so nobody raises anybody above
 * himself.
 */
export function mayChangeOfficer(by: Officer, who: Officer): boolean {
  if (by.id === who.id || who.role === 'auditor' || !covers(by.regionCode, who.regionCode)) return false
  return mayGive(by, who.role)
}

function mayGive(by: Officer, role: OfficerRole): boolean {
  if (by.role !== 'town' && by.role !== 'county') return false
  return role !== 'auditor' && (by.role === 'county' ? rank(role) <= rank(by.role) : rank(role) < rank(by.role))
}

/** The field of a wish that may not be: a rank above the own one, a place elsewhere or of another level. */
export function wrongWish(by: Officer, { role, regionCode }: OfficerWish): 'role' | 'regionCode' | null {
  if (!mayGive(by, role)) return 'role'
  return covers(by.regionCode, regionCode) && regionCode.length === placeDigits[role] ? null : 'regionCode'
}

/** Live tasks of one kind, as the board counts them. */
export type CountedTasks = Pick<Task, 'regionCode' | 'raisedTo' | 'assigneeId' | 'status'> & {
  matter: string | null
  count: number
}

/** What follows from a change, before it is made. */
export interface ChangeFollows {
  /** Tasks in his hands that go back to the list. */
  returned: number
  /** Tasks which nobody of the level would be there for that does them now. */
  uncovered: number
  /** Who would do those; empty: nobody at all. */
  next: Officer[]
}

/** `staff`: all of the county as they stand today; `counts`: its live tasks. */
export function followsOf(
  who: Officer,
  wish: OfficerWish,
  { staff, counts }: { staff: readonly StaffMember[]; counts: readonly CountedTasks[] },
): ChangeFollows {
  const keeps = (regionCode: string) => !wish.disabled && covers(wish.regionCode, regionCode)
  const changed = { ...who, ...wish }
  const after = staff.flatMap(member => {
    if (member.officer.id === who.id) return wish.disabled ? [] : [whileFit({ ...member, officer: changed })]
    return [
      member.absent?.substitute?.id === who.id ? whileFit({ ...member, absent: { substitute: changed } }) : member,
    ]
  })
  const next = new Map<string, Officer>()
  const follows = { returned: 0, uncovered: 0 }
  for (const count of counts) {
    const isHis = count.assigneeId === who.id
    const goesBack = isHis && !keeps(count.regionCode)
    if (goesBack) follows.returned += count.count
    if (!goesBack && count.assigneeId !== null) continue
    const now = responsibleFor(count, staff)
    const then = responsibleFor(count, after)
    if (!now.some(({ id }) => id === who.id) || levelOf(then) >= levelOf(now)) continue
    follows.uncovered += count.count
    for (const one of then) next.set(one.id, one)
  }
  return { ...follows, next: [...next.values()] }
}

/** Whoever is gone, or has become less than the colleague, does not stand in for him. */
function whileFit(member: StaffMember): StaffMember {
  const substitute = member.absent?.substitute
  return substitute && !mayStandIn(substitute, member.officer) ? { ...member, absent: { substitute: null } } : member
}

/** The longer the code, the nearer to the people; 0 for nobody. */
const levelOf = (officers: readonly Officer[]): number => officers[0]?.regionCode.length ?? 0
