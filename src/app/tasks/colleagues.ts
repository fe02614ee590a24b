import type { Officer } from '../../domain/officer.ts'
import { maySeeTask } from '../../domain/taskSight.ts'
import type { StaffMember } from '../../domain/staff.ts'
import type { Task } from '../../domain/task.ts'
import { couldHold } from '../../domain/taskTransfer.ts'
import { shanghaiDate } from '../../domain/world.ts'
import { asService } from '../asService.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import type { DeskCount } from './taskPort.ts'

/** An officer with what lies on his desk. */
export interface Colleague {
  officer: Officer
  matters: string[]
  /** Away today. */
  absent: boolean
  /** Who does his work today. */
  substitute: Officer | null
  desk: DeskCount
}

/** All who could take this task, with their workload, the emptiest desk first; never one from whom it is hidden. */
export async function colleaguesFor(parts: AppParts, tx: Tx, officer: Officer, task: Task): Promise<Colleague[]> {
  const staff = await tx.staff.around([task.regionCode], shanghaiDate(parts.world.now()))
  const sight = await tx.tasks.sightOf(task.id)
  const never = [officer.id, task.assigneeId]
  const others = staff.filter(
    ({ officer: other }) => !never.includes(other.id) && couldHold(task, other) && maySeeTask(other, sight),
  )
  const shown = await withDesks(parts, tx, others)
  return shown.toSorted((a, b) => load(a) - load(b) || (a.officer.username < b.officer.username ? -1 : 1))
}

/** Workload shown: every officer of a place and below, by user name. */
export async function workloadWithin(parts: AppParts, tx: Tx, regionCode: string): Promise<Colleague[]> {
  return withDesks(parts, tx, await tx.staff.within(regionCode, shanghaiDate(parts.world.now())))
}

async function withDesks(parts: AppParts, tx: Tx, members: StaffMember[]): Promise<Colleague[]> {
  const at = parts.world.now()
  const ids = members.map(({ officer }) => officer.id)
  // Only counted, so that a desk is shown whole: part of it may be of places that the asking officer does not see.
  const counted = await asService(tx, () => tx.tasks.desks(ids, shanghaiDate(at), at))
  const desks = new Map(counted.map(desk => [desk.officerId, desk]))
  return members.map(({ officer, matters, absent }) => ({
    officer,
    matters,
    absent: absent !== null,
    substitute: absent?.substitute ?? null,
    desk: desks.get(officer.id) ?? { officerId: officer.id, leased: 0, paused: 0, dueToday: 0, overdue: 0, offered: 0 },
  }))
}

const load = ({ absent, desk }: Colleague): number => desk.leased + desk.paused + (absent ? 1_000_000 : 0)
