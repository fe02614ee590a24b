import type { CommandResult } from '../../conversation/types.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import type { Task } from '../../domain/task.ts'
import { isClosed } from '../../domain/taskState.ts'
import type { Refusal } from '../caseViews.ts'
import type { Tx } from '../ports.ts'
import { outcome } from './command.ts'

export type FoundTask = { ok: true; task: Task } | { ok: false; told: CommandResult }

/** A task in the officer's place that is not over. Otherwise what is told: `notFound`, `over`. */
export async function liveTask(tx: Tx, officer: Officer | null, taskId: string): Promise<FoundTask> {
  const task = officer ? await tx.tasks.byId(taskId) : null
  if (!officer || !task || !covers(officer.regionCode, task.regionCode)) return told('notFound')
  return isClosed(task) ? told('over') : { ok: true, task }
}

/**
 * The same, held by this officer: by chat a number names a task and not its fencing number, so whose it is now decides. Told
 * besides: `taken` by whom; `leaseEnded` when it was his and was put back; `notLeased`.
 */
export async function heldTask(tx: Tx, officer: Officer, taskId: string): Promise<FoundTask> {
  const found = await liveTask(tx, officer, taskId)
  if (!found.ok || found.task.assigneeId === officer.id) return found
  const { assigneeId } = found.task
  const by = assigneeId === null ? null : ((await tx.officers.byId(assigneeId))?.name ?? null)
  if (await endedFor(tx, officer, taskId)) return told('leaseEnded', by)
  return assigneeId === null ? told('notLeased') : told('taken', by)
}

/** True when his own lease ran out, and he has not given it back himself since. */
async function endedFor(tx: Tx, officer: Officer, taskId: string): Promise<boolean> {
  const actions = await tx.tasks.actions(taskId)
  const own = actions.findLastIndex(({ actor, event }) => {
    const takes = event.type === 'leased' || event.type === 'transferAccepted'
    return takes && actor.kind === 'officer' && actor.id === officer.id
  })
  return own >= 0 && actions.slice(own + 1).find(({ event }) => ends.has(event.type))?.event.type === 'leaseEnded'
}

const ends = new Set<string>(['leaseEnded', 'released', 'handedOver', 'transferAccepted', 'moved'])

function told(name: string, by: string | null = null): FoundTask {
  return { ok: false, told: outcome(name, { by }) }
}

/** A refusal of the use cases in the words of the chat. */
export function refusalTold({ code, heldBy }: Refusal): CommandResult {
  return outcome(code === 'staleFence' ? 'moved' : code, { by: heldBy ?? null })
}
