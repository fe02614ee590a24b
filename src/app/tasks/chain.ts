import { covers, type Officer } from '../../domain/officer.ts'
import type { TaskAction } from '../../domain/task.ts'
import type { ChainLine } from '../app.ts'
import type { Outcome } from '../caseViews.ts'
import { refused } from '../officer/work.ts'
import type { Tx } from '../ports.ts'

/** All that happened to a task, oldest first. */
export async function chainOf(tx: Tx, officer: Officer, taskId: string): Promise<Outcome<ChainLine[]>> {
  const task = await tx.tasks.byId(taskId)
  if (!task || !covers(officer.regionCode, task.regionCode)) return refused({ code: 'notFound' })
  return { ok: true, value: await linesOf(tx, taskId) }
}

/** The same without asking who looks: for a task that is being shown already. */
export async function linesOf(tx: Tx, taskId: string): Promise<ChainLine[]> {
  const actions = await tx.tasks.actions(taskId)
  const ids = actions.flatMap(action => [actorOf(action), receiverOf(action)]).filter(id => id !== null)
  const names = new Map((await tx.officers.byIds([...new Set(ids)])).map(({ id, name }) => [id, name]))
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  return actions.map(action => ({ action, name: nameOf(actorOf(action)), to: toOf(action, nameOf) }))
}

const actorOf = ({ actor }: TaskAction): string | null => (actor.kind === 'officer' ? actor.id : null)

function receiverOf({ event }: TaskAction): string | null {
  return event.type === 'transferOffered' || event.type === 'handedOver' ? event.to : null
}

function toOf(action: TaskAction, nameOf: (id: string | null) => string | null): string | null {
  const { event } = action
  return event.type === 'escalated' ? event.to : nameOf(receiverOf(action))
}
