import { returnTask } from '../../domain/taskState.ts'
import type { Instant } from '../../domain/world.ts'
import type { Tx } from '../ports.ts'
import { recordTask } from '../recordTask.ts'

const BATCH = 100

/**
 * Gives back what an officer holds, leased or paused, when his account ends: others can take it at once. Part of the
 * transaction that ends the account, with the eyes of the service. Answers how many tasks there were.
 */
export async function returnTasksOf(tx: Pick<Tx, 'tasks' | 'audit'>, officerId: string, at: Instant): Promise<number> {
  let returned = 0
  for (;;) {
    const { items } = await tx.tasks.list({ status: ['leased', 'paused'], assigneeId: officerId, limit: BATCH })
    for (const { id } of items) if (await giveBack(tx, id, officerId, at)) returned++
    if (items.length < BATCH) return returned
  }
}

async function giveBack(tx: Pick<Tx, 'tasks' | 'audit'>, id: string, officerId: string, at: Instant): Promise<boolean> {
  const held = await tx.tasks.lock(id)
  // Somebody else may have taken it between the list and the lock.
  const changed = held?.assigneeId === officerId ? returnTask(held, at) : null
  if (!changed?.ok) return false
  const { task, event } = changed
  await recordTask(tx, task, { actor: { kind: 'system' }, event, at, detail: { officerId } })
  return true
}
