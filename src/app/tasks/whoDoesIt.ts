import type { Officer } from '../../domain/officer.ts'
import { responsibleFor } from '../../domain/staff.ts'
import { maySeeTask } from '../../domain/taskSight.ts'
import type { Task } from '../../domain/task.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/** Whoever holds it, else all who are to take it today: of the place and the matter, with substitutes, up the chain. */
export async function whoDoesIt(parts: AppParts, tx: Tx, task: Task): Promise<Officer[]> {
  const holder = task.assigneeId ? await tx.officers.byId(task.assigneeId) : null
  if (holder) return [holder]
  return responsible(parts, tx, task)
}

/** The latter alone, never somebody from whom the task is hidden. */
export async function responsible(parts: AppParts, tx: Tx, task: Task): Promise<Officer[]> {
  const sight = await tx.tasks.sightOf(task.id)
  const around = await tx.staff.around([task.regionCode], shanghaiDate(parts.world.now()))
  // Before the levels are weighed: a village where nobody may know of it is a vacancy, and the town has it.
  const staff = around.filter(({ officer }) => maySeeTask(officer, sight))
  const matter = await tx.tasks.matterOf(task.id)
  const officers = responsibleFor({ regionCode: task.regionCode, raisedTo: task.raisedTo, matter }, staff)
  // Once more: a substitute may be one who must not know.
  return officers.filter(officer => maySeeTask(officer, sight))
}
