import { covers } from '../../domain/officer.ts'
import { returnTask } from '../../domain/taskState.ts'
import type { Instant } from '../../domain/world.ts'
import type { Tx } from '../ports.ts'
import { recordTask } from '../recordTask.ts'

const BATCH = 100

/**
 * Gives back what an officer holds, leased or paused, when his account ends or he goes to another place: others can take it at
 * once. `staysIn`: what lies there he keeps. Part of the transaction that changes the account, with the eyes of the service.
 * Answers how many tasks there were.
 */
export async function returnTasksOf(
  tx: Pick<Tx, 'tasks' | 'audit'>,
  officerId: string,
  at: Instant,
  staysIn: string | null = null,
): Promise<number> {
  let returned = 0
  for (let cursor: string | undefined; ;) {
    const filter = { status: ['leased' as const, 'paused' as const], assigneeId: officerId, limit: BATCH }
    const { items, next } = await tx.tasks.list(cursor === undefined ? filter : { ...filter, cursor })
    for (const { id, regionCode } of items) {
      const keeps = staysIn !== null && covers(staysIn, regionCode)
      if (!keeps && (await giveBack(tx, id, officerId, at))) returned++
    }
    if (next === null) return returned
    cursor = next
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
