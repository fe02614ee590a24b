import type { Application } from '../../domain/application.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { officerActions } from '../../domain/officerActions.ts'
import type { TaskDetail } from '../../domain/task.ts'
import { allowedTaskActions, officerActor } from '../../domain/taskState.ts'
import type { Outcome, Refusal } from '../app.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { refused } from './work.ts'

/** What is looked at, and why. */
interface Look {
  id: string
  reason: string
}

const HOUR_MS = 3_600_000

/** An application as it was filed, to an officer of its place. */
export async function reveal(parts: AppParts, tx: Tx, officer: Officer, look: Look): Promise<Outcome<Application>> {
  const application = await tx.applications.byId(look.id)
  if (!application || !covers(officer.regionCode, application.regionCode)) return refused({ code: 'notFound' })
  const allowed = officerActions(parts.packFor(application.regionCode), application, officer)
  if (!allowed.includes('reveal')) return refused({ code: 'notAllowed', allowed })
  const { regionCode } = application
  const refusal = await writeDownReveal(parts, tx, officer, { ...look, regionCode, kind: 'application' })
  return refusal ? refused(refusal) : { ok: true, value: application }
}

/** The answers of a half-filled case as they were given, to the officer who holds its task. */
export async function revealTask(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  look: Look,
): Promise<Outcome<TaskDetail['answers']>> {
  const task = await tx.tasks.byId(look.id)
  if (!task || !covers(officer.regionCode, task.regionCode)) return refused({ code: 'notFound' })
  if (!task.detail || task.assigneeId !== officer.id) {
    return refused({ code: 'notAllowed', allowed: allowedTaskActions(task, officer, parts.world.now()) })
  }
  const { regionCode } = task
  const refusal = await writeDownReveal(parts, tx, officer, { ...look, regionCode, kind: 'task' })
  return refusal ? refused(refusal) : { ok: true, value: task.detail.answers }
}

/** What can be looked at unmasked. One limit over all: else each kind were another purse. */
const revealable = ['application', 'task', 'crossRegion', 'certificate'] as const

/** The audit row stands in the same transaction, written before the data leave it: no row, no data. Refuses one too many. */
export async function writeDownReveal(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, reason, regionCode, kind }: Look & { regionCode: string; kind: (typeof revealable)[number] },
): Promise<Refusal | null> {
  const at = parts.world.now()
  let looks = 0
  for (const one of revealable) {
    looks += await tx.audit.count({ actorId: officer.id, action: `${one}.reveal`, since: at - HOUR_MS })
  }
  if (looks >= parts.settings.revealsPerHour) return { code: 'tooManyReveals' }
  await tx.audit.add({
    actor: officerActor(officer),
    action: `${kind}.reveal`,
    objectKind: kind,
    objectId: id,
    regionCode,
    reason,
    detail: {},
    at,
  })
  return null
}
