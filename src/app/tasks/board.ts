import type { Officer } from '../../domain/officer.ts'
import { responsibleFor } from '../../domain/staff.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { workloadWithin, type Colleague } from './colleagues.ts'
import type { TaskCount } from './taskPort.ts'

/** One place on the board. */
export interface BoardPlace {
  regionCode: string
  open: number
  leased: number
  paused: number
  dueToday: number
  overdue: number
  /** Came up to the town or the county. */
  raised: number
  /** Open, and nobody of the place itself is there to take it: vacant, or away without a substitute. */
  unstaffed: number
}

/** What lies where, for town and county. */
export interface TaskBoard {
  places: BoardPlace[]
  officers: Colleague[]
}

/** Counts of all live tasks in an officer's place, by place and by officer. */
export async function boardOf(parts: AppParts, tx: Tx, officer: Officer): Promise<TaskBoard> {
  const today = shanghaiDate(parts.world.now())
  const counts = await tx.tasks.census(today, officer.regionCode)
  const officers = await workloadWithin(parts, tx, officer.regionCode)
  const staff = await tx.staff.within(officer.regionCode, today)
  const places = new Map<string, BoardPlace>()
  for (const count of counts) {
    const place = places.get(count.regionCode) ?? emptyPlace(count.regionCode)
    const hasSomebody = responsibleFor({ ...count, raisedTo: null }, staff).some(
      one => one.regionCode === count.regionCode || staffedBySubstitute(staff, count, one),
    )
    places.set(count.regionCode, added(place, count, hasSomebody))
  }
  return { places: [...places.values()], officers }
}

type Staff = Awaited<ReturnType<Tx['staff']['within']>>

/** A neighbour who stands in for somebody of the place counts as one of it. */
function staffedBySubstitute(staff: Staff, { regionCode }: TaskCount, { id }: Officer): boolean {
  return staff.some(({ officer, absent }) => officer.regionCode === regionCode && absent?.substitute?.id === id)
}

const emptyPlace = (regionCode: string): BoardPlace => ({
  ...{ regionCode, open: 0, leased: 0, paused: 0, dueToday: 0, overdue: 0, raised: 0, unstaffed: 0 },
})

function added(place: BoardPlace, { status, count, dueToday, overdue, raisedTo }: TaskCount, hasSomebody: boolean) {
  const of = (name: TaskCount['status']) => (status === name ? count : 0)
  return {
    regionCode: place.regionCode,
    open: place.open + of('open'),
    leased: place.leased + of('leased'),
    paused: place.paused + of('paused'),
    dueToday: place.dueToday + dueToday,
    overdue: place.overdue + overdue,
    raised: place.raised + (raisedTo ? count : 0),
    unstaffed: place.unstaffed + (hasSomebody ? 0 : of('open')),
  }
}
