import type { Effect } from '../../conversation/types.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Task } from '../../domain/task.ts'
import { muteHousehold } from '../messages/mutes.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { tellOfficer } from '../tasks/tellOfficer.ts'
import { whoDoesIt } from '../tasks/whoDoesIt.ts'
import { contactsOf } from './contactsOf.ts'

/** Somebody needs a human now. `opened` null: a task of this cause waits already. */
export interface Cry {
  residentId: string
  cause: string
  opened: Task | null
  effect: Extract<Effect, { type: 'handoff' }>
}

/** Who cries again within this time has been passed on already; later it is said once more. */
const SAID_AGAIN_MS = 600_000

/**
 * In the same turn: everybody who is to do it, and both contacts of a family in care, are written to at once in every chat
 * they bound, by night too. After distress nothing automatic goes to the household any more until a human lifts it by closing
 * the task.
 */
export async function callAtOnce(parts: AppParts, tx: Tx, { residentId, cause, opened, effect }: Cry): Promise<void> {
  if (effect.reason === 'distress')
    await muteHousehold(parts, tx, { to: { residentId }, reason: 'distress', by: { kind: 'system' } })
  const task = opened ?? (await tx.tasks.waiting(cause))
  if (!task) return
  const values = { place: parts.regionName(task.regionCode), summary: task.summary }
  const period = Math.floor((parts.world.now() - task.createdAt) / SAID_AGAIN_MS)
  for (const officer of await called(parts, tx, task, residentId)) {
    const dedupeKey = `distress:${task.id}:${period}:${officer.id}`
    await tellOfficer(parts, tx, officer, { key: 'tasks.distress', values, dedupeKey, urgent: true })
  }
}

/** Each of them once. */
async function called(parts: AppParts, tx: Tx, task: Task, residentId: string): Promise<Officer[]> {
  const all = [...(await whoDoesIt(parts, tx, task)), ...(await contactsOf(tx, residentId))]
  return [...new Map(all.map(officer => [officer.id, officer])).values()]
}
