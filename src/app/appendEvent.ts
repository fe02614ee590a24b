import type { Actor, Application, ApplicationEvent } from '../domain/application.ts'
import { applyAction, foldApplication } from '../domain/applicationState.ts'
import type { Instant } from '../domain/world.ts'
import type { Tx } from './ports.ts'

/** One more line in the log of an application. */
export interface Happening {
  actor: Actor
  event: ApplicationEvent
  at: Instant
  /** For the audit row; no personal data. */
  detail?: Record<string, string | number | boolean | null>
  /** In the words of who acted; kept encrypted in the audit row. */
  reason?: string
}

/**
 * Appends an event to an application with its audit row, in the transaction of the caller, who has asked `allowedActions`
 * before. Answers the application as it then is.
 * @throws when the fold does not allow the event, which is a fault of the caller; {Conflict} when somebody else was faster.
 */
export async function appendEvent(tx: Tx, application: Application, happening: Happening): Promise<Application> {
  const { actor, event, at, detail = {}, reason } = happening
  const before = foldApplication(application.actions)
  const action = { applicationId: application.id, seq: before.nextSeq, at, actor, event }
  const { status } = applyAction(before, action)
  await tx.applications.append(action, status)
  await tx.audit.add({
    actor,
    action: `application.${event.type}`,
    objectKind: 'application',
    objectId: application.id,
    regionCode: application.regionCode,
    detail: { seq: action.seq, ...detail },
    ...(reason === undefined ? {} : { reason }),
    at,
  })
  return { ...application, actions: [...application.actions, action] }
}
