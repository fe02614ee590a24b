import type { Application } from '../../domain/application.ts'
import { moveTask } from '../../domain/moveTask.ts'
import type { Officer } from '../../domain/officer.ts'
import { isHeld, officerActor } from '../../domain/taskState.ts'
import type { Outcome } from '../app.ts'
import { appendEvent } from '../appendEvent.ts'
import { caseTaskOf, followClocks } from '../cases/caseTask.ts'
import { officesOf } from '../offices.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { recordTask } from '../recordTask.ts'
import { tellResident } from '../tellResident.ts'
import { seenCase } from './caseSteps.ts'
import { refused } from './work.ts'

/** Where a case is to go, by the code of the village, and why. */
export interface Move {
  id: string
  to: string
  reason: string
}

/**
 * Gives an open case to another place with all that hangs on it: the family moved, or the place was wrong. By the rights of the
 * place that has it; from then on it is there no more. The first receiver stays (首接负责), leases end, limits are those of the new
 * place from its pack, and the resident is told who has it. A village officer does not move what a colleague works on; a
 * supervisor does, over his head. Refused with field `to` when there is no such village, or nobody there who would see it.
 * Ends with the eyes of the service.
 */
export async function moveCase(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, to, reason }: Move,
): Promise<Outcome<Application>> {
  const seen = await seenCase(parts, tx, officer, id, 'move')
  if (!seen.ok) return seen
  const { value: before } = seen
  const from = before.regionCode
  if (to === from || !(await isServed(parts, tx, to))) return refused({ code: 'badInput', fields: ['to'] })
  const holder = officer.role === 'village' ? await colleagueAt(parts, tx, officer, id) : null
  if (holder !== null) return refused({ code: 'taken', heldBy: holder })
  if (!(await tx.applications.move(id, { from, to }))) return refused({ code: 'notFound' })
  await tx.as({ kind: 'system' })
  await moveTasks(parts, tx, officer, { id, from, to, reason })
  const after = await writeDown(parts, tx, officer, { before, to, reason })
  await followClocks(parts, tx, after, officerActor(officer))
  await tellHim(parts, tx, after)
  return { ok: true, value: after }
}

/** A village that there is, with somebody who sees its cases. */
export async function isServed(parts: AppParts, tx: Tx, village: string): Promise<boolean> {
  const isKnown = village.length === VILLAGE_DIGITS && parts.regionName(village) !== village
  return isKnown && (await officesOf(parts, tx, [village]))(village).covered
}

const VILLAGE_DIGITS = 12

/** Name of the other officer who holds the case at this moment; null when nobody does. */
async function colleagueAt(parts: AppParts, tx: Tx, officer: Officer, id: string): Promise<string | null> {
  const task = caseTaskOf(await tx.tasks.ofApplication(id))
  const { assigneeId = null } = task && isHeld(task, parts.world.now()) ? task : {}
  if (assigneeId === null || assigneeId === officer.id) return null
  return (await tx.officers.byId(assigneeId))?.name ?? ''
}

/** Their rows lie in the new place by now; the log says from where they came. */
async function moveTasks(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, from, to, reason }: Move & { from: string },
): Promise<void> {
  for (const { id: taskId } of await tx.tasks.ofApplication(id)) {
    const task = await tx.tasks.lock(taskId)
    const before = task && { ...task, regionCode: from.slice(0, task.regionCode.length) }
    const by = { actor: officerActor(officer), at: parts.world.now() }
    const moved = before && moveTask(before, { to, reason }, by)
    if (moved?.ok) await recordTask(tx, moved.task, { ...by, event: moved.event })
  }
}

/** The line in its log, and one entry of the audit trail for each of the two places. */
async function writeDown(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { before, to, reason }: { before: Application; to: string; reason: string },
): Promise<Application> {
  const at = parts.world.now()
  const from = before.regionCode
  const actor = officerActor(officer)
  // The matter says which content it is, and a move changes neither.
  const content = { ...before.content, regionCode: to, regionName: parts.regionName(to) }
  const there = { ...before, regionCode: to, content } as Application
  const event = { type: 'moved' as const, from, to, reason, officerId: officer.id }
  const detail = { from, to }
  const after = await appendEvent(tx, there, { actor, event, at, detail, reason })
  await tx.applications.correct(after, { seq: after.actions.at(-1)?.seq ?? 0, content: after.content, at })
  const entry = { objectKind: 'application', objectId: before.id, regionCode: from, detail, reason, at }
  await tx.audit.add({ actor, action: 'application.movedAway', ...entry })
  return after
}

async function tellHim(parts: AppParts, tx: Tx, { id, number, residentId, regionCode, actions }: Application) {
  const { name, phone } = (await officesOf(parts, tx, [regionCode]))(regionCode)
  await tellResident(parts, tx, residentId, {
    key: 'app.told.moved',
    values: { number, office: name, phone },
    dedupeKey: `moved:${id}:${actions.length}`,
  })
}
