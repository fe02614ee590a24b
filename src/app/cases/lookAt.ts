import type { Application, ApplicationEvent } from '../../domain/application.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import type { Look } from '../../domain/nextLook.ts'
import { appendEvent } from '../appendEvent.ts'
import { followClocks } from './caseTask.ts'
import { passToOfficer, remindOfSupplement } from './supplementDue.ts'
import type { AppParts } from '../parts.ts'
import { Conflict, type Tx } from '../ports.ts'

/** After a fault of ours in one case the others go on, and this one is tried again. */
const AFTER_FAULT_MS = 3_600_000

/**
 * Looks at the cases in which the service itself may have something to do by now: acceptance by silence (行政许可法 32(4)), a
 * supplement that does not come, the archive. Each case is a transaction of its own; a case that another worker has at this moment is left to it, and looking
 * twice changes nothing. Answers how many were looked at.
 */
export async function lookAtCases(parts: AppParts, limit: number): Promise<number> {
  const now = parts.world.now()
  const ids = await parts.store.transaction({ kind: 'system' }, tx => tx.applications.toLookAt(now, limit))
  for (const id of ids) await lookAtOne(parts, id)
  return ids.length
}

async function lookAtOne(parts: AppParts, id: string): Promise<void> {
  try {
    await parts.store.transaction({ kind: 'system' }, tx => look(parts, tx, id))
  } catch (error) {
    if (error instanceof Conflict) return // somebody acted on the case meanwhile, and that action looks anew
    parts.report(error, 'look at a case')
    const again = parts.world.now() + AFTER_FAULT_MS
    await parts.store.transaction({ kind: 'system' }, tx => tx.applications.lookAgain(id, again))
  }
}

async function look(parts: AppParts, tx: Tx, id: string): Promise<void> {
  if (!(await tx.applications.lock(id))) return
  const application = await tx.applications.byId(id)
  if (!application) return
  // A calendar that was brought meanwhile moves the days of what is open.
  await followClocks(parts, tx, application, { kind: 'system' })
  const next = parts.nextLook(application)
  if (!next || next.at > parts.world.now()) return tx.applications.lookAgain(id, next?.at ?? null)
  await doIt(parts, tx, application, next)
}

async function doIt(parts: AppParts, tx: Tx, application: Application, { what }: Look): Promise<void> {
  const at = parts.world.now()
  const event = await eventOf(parts, tx, application, what)
  const reason = what === 'acceptBySilence' ? { reason: parts.text('zh-CN', 'app.bySilence') } : {}
  const after = await appendEvent(tx, application, { actor: { kind: 'system' }, event, at, ...reason })
  // Accepted cases need no further look; the next action sets one where it does.
  const next = parts.nextLook(after)
  await tx.applications.lookAgain(application.id, next?.at ?? null)
}

async function eventOf(
  parts: AppParts,
  tx: Tx,
  application: Application,
  what: Look['what'],
): Promise<ApplicationEvent> {
  switch (what) {
    case 'archive':
      return { type: 'archived' }
    case 'acceptBySilence':
      return { type: 'accepted', bySilence: true, asOf: foldApplication(application.actions).materialsAt }
    case 'remindSupplement':
      return remindOfSupplement(parts, tx, application)
    case 'lapseSupplement':
      return passToOfficer(parts, tx, application)
  }
}
