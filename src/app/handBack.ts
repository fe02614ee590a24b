import type { Task } from '../domain/task.ts'
import type { AppParts } from './parts.ts'
import type { Tx } from './ports.ts'
import { post, unaskedTurn } from './unaskedTurn.ts'

/** The officer has helped: the resident hears it and goes on where he stood. Nothing for tasks of another kind. */
export async function handBack(parts: AppParts, tx: Tx, task: Task): Promise<void> {
  const { detail } = task
  // A cry for help has no session: nothing automatic is said after it until a person says so.
  if (task.source !== 'halfFilledCase' || !detail || detail.sessionId === '') return
  const { residentId, sessionId } = detail
  const turn = await unaskedTurn(parts, tx, residentId, { kind: 'handBack', sessionId, outcome: 'return', note: null })
  if (!turn) return
  const dedupeKey = `handBack:${task.id}:${task.fence}`
  // He asked for a person and stands still until he hears.
  await post(parts, tx, turn, [{ residentId, replies: turn.result.replies, dedupeKey, critical: false, awaited: true }])
}
