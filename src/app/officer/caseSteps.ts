/** Steps of a case that neither decide it nor need more than one event. Chat and page share them. */
import type { ApplicationActionName } from '../../domain/allowedActions.ts'
import type { Application, ApplicationEvent } from '../../domain/application.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { officerActions } from '../../domain/officerActions.ts'
import { officerActor } from '../../domain/taskState.ts'
import type { Outcome } from '../app.ts'
import { appendEvent } from '../appendEvent.ts'
import { followClocks } from '../cases/caseTask.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { heldCase, refused } from './work.ts'

/** One step, by the officer who holds the task of the case under this fencing number. */
export interface HeldStep {
  id: string
  fence: number
  action: ApplicationActionName
  event: ApplicationEvent
  /** In the officer's words; encrypted in the audit trail. */
  reason?: string
}

/** Appends the event and lets the task follow the clocks. */
export async function takeStep(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  step: HeldStep,
): Promise<Outcome<Application>> {
  const held = await heldCase(parts, tx, officer, step.id, step.fence, step.action)
  if (!held.ok) return held
  return { ok: true, value: await record(parts, tx, officer, { ...step, application: held.value.application }) }
}

/** A case that this officer sees and may act upon without holding its task: deliver, reopen, revoke, an exception. */
export async function seenCase(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  id: string,
  action: ApplicationActionName,
): Promise<Outcome<Application>> {
  const application = await tx.applications.byId(id)
  if (!application || !covers(officer.regionCode, application.regionCode)) return refused({ code: 'notFound' })
  const allowed = officerActions(parts.packFor(application.regionCode), application, officer)
  if (!allowed.includes(action)) return refused({ code: 'notAllowed', allowed })
  const own = (await tx.officers.residentsOf(officer.id)).includes(application.residentId)
  return own ? refused({ code: 'ownCase' }) : { ok: true, value: application }
}

/** The same for a step that needs no lease. */
export async function takeOpenStep(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  step: Omit<HeldStep, 'fence'>,
): Promise<Outcome<Application>> {
  const seen = await seenCase(parts, tx, officer, step.id, step.action)
  return seen.ok ? { ok: true, value: await record(parts, tx, officer, { ...step, application: seen.value }) } : seen
}

async function record(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { application, event, reason }: { application: Application; event: ApplicationEvent; reason?: string },
): Promise<Application> {
  const actor = officerActor(officer)
  const why = reason === undefined ? {} : { reason }
  const after = await appendEvent(tx, application, { actor, event, at: parts.world.now(), ...why })
  await followClocks(parts, tx, after, actor)
  return after
}
