import type { Officer } from '../../domain/officer.ts'
import { responsibleFor, type StaffMember } from '../../domain/staff.ts'
import type { Task } from '../../domain/task.ts'
import type { LocalDate } from '../../domain/world.ts'
import { eyesOf } from '../officer/eyes.ts'
import type { Tx } from '../ports.ts'

/** By what it is known whose turn an open task is. */
type Waiting = Pick<Task, 'regionCode' | 'raisedTo'> & { matter: string | null }

/** Where an officer works on a day: in his own place, and in those of colleagues for whom he stands in. */
export interface Turn {
  /** Runs once for each place, with eyes for it; afterwards they are as they were. */
  inEachPlace(run: (place: string) => Promise<void>): Promise<void>
  /** Whether what nobody holds is his to take. What went up stays with its place as well: it is called in, not taken away. */
  isHis(task: Waiting): boolean
}

export async function turnOf(tx: Tx, officer: Officer, today: LocalDate): Promise<Turn> {
  const places = [officer, ...(await tx.staff.standsInFor(officer.id, today))].map(({ regionCode }) => regionCode)
  const staff = await tx.staff.around(places, today)
  for (const place of places) staff.push(...(await tx.staff.within(place, today)))
  const all = once(staff)
  const takes = (task: Waiting) => responsibleFor(task, all).some(({ id }) => id === officer.id)
  return {
    inEachPlace: async run => {
      const before = tx.eyes()
      for (const regionCode of places) {
        await tx.as(eyesOf({ ...officer, regionCode }))
        await run(regionCode)
      }
      await tx.as(before)
    },
    isHis: task => takes(task) || takes({ ...task, raisedTo: null }),
  }
}

function once(members: StaffMember[]): StaffMember[] {
  return [...new Map(members.map(member => [member.officer.id, member])).values()]
}
