import { leaveFamiliesOf } from '../app/care/leaveFamilies.ts'
import { returnTasksOf } from '../app/officer/departure.ts'
import type { Instant } from '../domain/world.ts'
import { auditIn } from './tx/audit.ts'
import { careIn } from './tx/care.ts'
import { tasksIn } from './tx/tasks.ts'
import type { Work } from './work.ts'

/** A transaction with the eyes of the service, and what reads and writes sealed rows in it. */
export type DepartureWork = Pick<Work, 'client' | 'cipher' | 'newId'>

/** Ends the sessions of these officers, in the transaction of the caller. */
export async function endSessions({ client }: Pick<Work, 'client'>, officerIds: string[]): Promise<void> {
  await client.query('delete from officer_session where officer_id = any($1)', [officerIds])
}

/**
 * What follows when officers are disabled: their sessions end, what they hold goes back to the list, families are without them.
 * For whoever disables, in the same transaction, which has the eyes of the service (`asSystem`).
 */
export async function leaveOffice(work: DepartureWork, officerIds: string[], at: Instant): Promise<void> {
  await endSessions(work, officerIds)
  for (const id of officerIds) {
    await returnTasksOf(txOf(work), id, at)
    await leaveFamiliesOf(txOf(work), id, at)
  }
}

/** What follows when officers are sent to another place: what they hold of the former one goes back to the list there. */
export async function leavePlace(
  work: DepartureWork,
  officers: { id: string; regionCode: string }[],
  at: Instant,
): Promise<void> {
  for (const { id, regionCode } of officers) {
    await returnTasksOf(txOf(work), id, at, regionCode)
    await leaveFamiliesOf(txOf(work), id, at, regionCode)
  }
}

function txOf(work: DepartureWork) {
  const inSystem: Work = { ...work, scope: () => ({ kind: 'system' }) }
  return { tasks: tasksIn(inSystem), care: careIn(inSystem), audit: auditIn(inSystem) }
}
