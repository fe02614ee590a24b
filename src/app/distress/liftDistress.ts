import type { Officer } from '../../domain/officer.ts'
import type { Task } from '../../domain/task.ts'
import { officerActor } from '../../domain/taskState.ts'
import { asService } from '../asService.ts'
import { liftMute, mutesOf } from '../messages/mutes.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { unaskedTurn } from '../unaskedTurn.ts'

/**
 * A human was there and wrote down what was done, by closing the task: the service may speak again, where nothing else keeps
 * it silent. What was open stays parked until the person comes back to it. Nothing for tasks of another kind.
 */
export async function liftDistress(parts: AppParts, tx: Tx, officer: Officer, task: Task): Promise<void> {
  if (task.source !== 'distress' || !task.detail) return
  const { residentId } = task.detail
  // 羊水破了 and a cry for help of the same person are two tasks; the first that is done says nothing of the other.
  if (await asService(tx, () => tx.tasks.waiting(`distress:${residentId}`))) return
  await unaskedTurn(parts, tx, residentId, { kind: 'lifted' })
  const to = { residentId }
  const mutes = await mutesOf(tx, to)
  // A house in mourning stays in peace; that mute is lifted by whoever looks after it.
  if (mutes.length > 0 && mutes.every(({ reason }) => reason === 'distress')) {
    await liftMute(parts, tx, { to, by: officerActor(officer) })
  }
}
