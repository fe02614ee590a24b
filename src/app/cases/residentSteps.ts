/** What residents do with their own cases after filing. Chat and API share them. Need the eyes of the service. */
import { allowedActions, type ApplicationActionName } from '../../domain/allowedActions.ts'
import type { Actor, Application } from '../../domain/application.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import { frozenClocks } from '../../domain/clocks.ts'
import type { Outcome } from '../app.ts'
import { appendEvent } from '../appendEvent.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { cancelCaseTask, followClocks } from './caseTask.ts'
import { endOverdueTask } from './supplementDue.ts'

interface OwnCase {
  application: Application
  actor: Actor
}

async function ownCase(
  tx: Tx,
  residentId: string,
  id: string,
  action: ApplicationActionName,
): Promise<Outcome<OwnCase>> {
  const application = await tx.applications.byId(id)
  if (application?.residentId !== residentId) return { ok: false, refusal: { code: 'notFound' } }
  const allowed = allowedActions(foldApplication(application.actions), 'resident')
  if (!allowed.includes(action)) return { ok: false, refusal: { code: 'notAllowed', allowed } }
  return { ok: true, value: { application, actor: { kind: 'resident', id: residentId } } }
}

/** Takes an open case back: its task is cancelled, and the same may be filed again. */
export async function withdrawCase(
  parts: AppParts,
  tx: Tx,
  residentId: string,
  { id, reason }: { id: string; reason: string | null },
): Promise<Outcome<Application>> {
  const own = await ownCase(tx, residentId, id, 'withdraw')
  if (!own.ok) return own
  const { application, actor } = own.value
  const event = { type: 'withdrawn' as const, reason, clocks: frozenClocks(parts.clocks(application)) }
  const after = await appendEvent(tx, application, { actor, event, at: parts.world.now() })
  await tx.applications.releaseSubject(id)
  await cancelCaseTask(parts, tx, after, { actor, reason: parts.text('zh-CN', 'app.withdrawn') })
  await endOverdueTask(parts, tx, id, { actor, reason: parts.text('zh-CN', 'app.withdrawn') })
  return { ok: true, value: after }
}

/** Sends what the one-time notice asked for: names of materials, with ids of uploads. The clocks go on. */
export async function supplementCase(
  parts: AppParts,
  tx: Tx,
  residentId: string,
  { id, materials }: { id: string; materials: string[] },
): Promise<Outcome<Application>> {
  const own = await ownCase(tx, residentId, id, 'supplement')
  if (!own.ok) return own
  const { application, actor } = own.value
  const event = { type: 'supplemented' as const, materials }
  const after = await appendEvent(tx, application, { actor, event, at: parts.world.now() })
  await followClocks(parts, tx, after, actor)
  await endOverdueTask(parts, tx, id, { actor, reason: parts.text('zh-CN', 'app.supplemented') })
  return { ok: true, value: after }
}
