import { covers, type Officer } from '../../domain/officer.ts'
import type { Task } from '../../domain/task.ts'
import { assigns, isOverdue, officerActor } from '../../domain/taskState.ts'
import { maySeeTask } from '../../domain/taskSight.ts'
import { handOverTask } from '../../domain/taskTransfer.ts'
import type { Instant } from '../../domain/world.ts'
import type { Outcome } from '../caseViews.ts'
import { isAboutHim, noteTaken, refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { recordTask } from '../recordTask.ts'
import { tellHandOver } from './tellHandOver.ts'
import { tellOfficer } from './tellOfficer.ts'

/** All that one officer holds to another, because the officers changed: only in this place, and why. */
export interface HandOverAsked {
  from: string
  to: string
  place: string
  reason: string
}

/** What the other gets, or would get. `left`: what he may not have, which stays where it is. */
export interface HandedOver {
  moved: number
  left: number
  overdue: number
  /** Shown before it is done: the same number has to come again, or nothing is done. */
  tasks: { id: string; summary: string }[]
}

const BATCH = 200

/**
 * Gives over what an officer holds in a place: by town or county, without the other side's yes, all of it in one transaction.
 * Residents are told who goes on with what they asked for. `expected` null only looks (the preview); a number does it when the preview still holds. Refused: `badInput` with the field
 * that is wrong, `notAllowed` when something changed since the preview.
 */
export async function handOverTasks(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  asked: HandOverAsked & { expected: number | null },
): Promise<Outcome<HandedOver>> {
  const { from, place, expected } = asked
  if (!assigns(officer) || !covers(officer.regionCode, place)) return refused({ code: 'notFound' })
  const to = await tx.officers.byId(asked.to)
  const isSame = asked.to === from
  if (!to || to.disabled || to.role === 'auditor' || isSame) return refused({ code: 'badInput', fields: ['to'] })
  const given = await changes(parts, tx, officer, { ...asked, to })
  if (expected !== null && expected !== given.moved.length) return refused({ code: 'notAllowed', allowed: ['preview'] })
  if (expected !== null) await write(parts, tx, officer, { to, place, reason: asked.reason, moved: given.moved })
  return { ok: true, value: shown(given, parts.world.now()) }
}

interface Given {
  moved: Moved[]
  left: number
}

type Moved = Extract<ReturnType<typeof handOverTask>, { ok: true }>

async function changes(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { from, to, place, reason }: Omit<HandOverAsked, 'to'> & { to: Officer },
): Promise<Given> {
  const given: Given = { moved: [], left: 0 }
  const now = parts.world.now()
  for (let cursor: string | undefined; ;) {
    const filter = { status: ['leased' as const, 'paused' as const], assigneeId: from, place, limit: BATCH }
    const page = await tx.tasks.list(cursor === undefined ? filter : { ...filter, cursor })
    for (const { id } of page.items) {
      const task = await tx.tasks.lock(id)
      const rule = { by: officer, now, from, to, leaseMs: parts.settings.leaseMs, reason }
      const change = task && (await mayHave(tx, to, task)) ? handOverTask(task, rule) : null
      if (change?.ok) given.moved.push(change)
      else given.left++
    }
    if (page.next === null) return given
    cursor = page.next
  }
}

/** Complaints and bad ratings are hidden from somebody, or a complaint is somebody's own; families in care are for few. */
async function mayHave(tx: Tx, to: Officer, { id, source }: Task): Promise<boolean> {
  if (!maySeeTask(to, await tx.tasks.sightOf(id))) return false
  return source !== 'complaint' || !(await isAboutHim(tx, to, id))
}

async function write(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { to, place, reason, moved }: { to: Officer; place: string; reason: string; moved: Moved[] },
): Promise<void> {
  const at = parts.world.now()
  const actor = officerActor(officer)
  for (const { task, event } of moved) {
    await recordTask(tx, task, { actor, event, at })
    await noteTaken(parts, tx, to, task)
  }
  const detail = { to: to.id, tasks: moved.length }
  const entry = { actor, action: 'task.handedOverAll', objectKind: 'officer', objectId: to.id, regionCode: place }
  await tx.audit.add({ ...entry, reason, detail, at })
  if (moved.length === 0) return
  await tellOfficer(parts, tx, to, {
    key: 'tasks.handedOver',
    values: { by: officer.name, count: moved.length },
    dedupeKey: `handedOver:${to.id}:${at}`,
  })
  await tellHandOver(
    parts,
    tx,
    to,
    moved.map(({ task }) => task),
  )
}

function shown({ moved, left }: Given, now: Instant): HandedOver {
  const tasks = moved.map(({ task: { id, summary } }) => ({ id, summary }))
  const overdue = moved.filter(({ task }) => isOverdue(task, now)).length
  return { moved: moved.length, left, overdue, tasks }
}
