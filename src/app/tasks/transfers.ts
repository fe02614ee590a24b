/** 转办: one officer asks another to take a task, who says yes or no. Inside a transaction that has the asking officer's eyes. */
import { addWorkingMs } from '../../domain/officeHours.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Task } from '../../domain/task.ts'
import { acceptTransfer, declineTransfer, offerTransfer, withdrawTransfer } from '../../domain/taskTransfer.ts'
import { maySeeTask } from '../../domain/taskSight.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { Outcome } from '../caseViews.ts'
import { changeTask, isAboutHim, noteTaken, refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { officeTimeAt, rulesAt } from './taskTime.ts'
import { tellHandOver } from './tellHandOver.ts'
import { tellOfficer } from './tellOfficer.ts'

/** Which task under which fencing number, to which officer (by id), and why. */
export interface TransferAsked {
  id: string
  fence: number
  to: string
  reason: string
}

/**
 * Offers a task: the holder what he holds, town and county what nobody holds. It stays where it is until the other says yes.
 * Refused with field `to` when the other could not work on it: gone, away, of another place, or one it is about.
 */
export async function offerTask(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, fence, to, reason }: TransferAsked,
): Promise<Outcome<Task>> {
  if (!(await tx.tasks.byId(id))) return refused({ code: 'notFound' })
  const other = await tx.officers.byId(to)
  if (!other || !(await couldTake(parts, tx, other, id))) return refused({ code: 'badInput', fields: ['to'] })
  const offered = await changeTask(parts, tx, officer, id, (task, now) => {
    const until = addWorkingMs(officeTimeAt(parts, task.regionCode), now, rulesAt(parts, task.regionCode).offerMs)
    return offerTransfer(task, { officer, fence, now }, { to: other, until, reason })
  })
  if (offered.ok)
    await tellAbout(parts, tx, { to: other, task: offered.value }, { key: 'offered', by: officer.name, reason })
  return offered
}

async function couldTake(parts: AppParts, tx: Tx, other: Officer, taskId: string): Promise<boolean> {
  if (other.disabled || other.role === 'auditor') return false
  const staff = await tx.staff.around([other.regionCode], shanghaiDate(parts.world.now()))
  const isAway = staff.some(({ officer, absent }) => officer.id === other.id && absent !== null)
  return !isAway && maySeeTask(other, await tx.tasks.sightOf(taskId)) && !(await isAboutHim(tx, other, taskId))
}

/**
 * The other side says yes. Under a new fencing number the task is his from now on. Whoever asked for what is done in it is told,
 * when somebody had it before.
 */
export async function acceptTask(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, fence }: { id: string; fence: number },
): Promise<Outcome<Task>> {
  if (await isAboutHim(tx, officer, id)) return refused({ code: 'ownCase' })
  const before = await tx.tasks.byId(id)
  const accepted = await changeTask(parts, tx, officer, id, (task, now) =>
    acceptTransfer(task, { officer, fence, now }, parts.settings.leaseMs),
  )
  if (!accepted.ok) return accepted
  await noteTaken(parts, tx, officer, accepted.value)
  await tellAsker(parts, tx, before, { key: 'accepted', by: officer.name, reason: '' })
  if (before?.assigneeId) await tellHandOver(parts, tx, officer, [accepted.value])
  return accepted
}

/** The other side says no. */
export async function declineTask(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, fence, reason }: { id: string; fence: number; reason: string | null },
): Promise<Outcome<Task>> {
  const before = await tx.tasks.byId(id)
  const declined = await changeTask(parts, tx, officer, id, (task, now) =>
    declineTransfer(task, { officer, fence, now }, reason),
  )
  if (declined.ok) await tellAsker(parts, tx, before, { key: 'declined', by: officer.name, reason: reason ?? '' })
  return declined
}

/** Whoever asked takes it back. */
export function withdrawTask(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, fence }: { id: string; fence: number },
): Promise<Outcome<Task>> {
  return changeTask(parts, tx, officer, id, (task, now) => withdrawTransfer(task, { officer, fence, now }))
}

interface About {
  key: 'offered' | 'accepted' | 'declined'
  by: string
  reason: string
}

async function tellAsker(parts: AppParts, tx: Tx, before: Task | null, about: About): Promise<void> {
  const asker = before?.offer ? await tx.officers.byId(before.offer.from) : null
  if (before && asker) await tellAbout(parts, tx, { to: asker, task: before }, about)
}

async function tellAbout(
  parts: AppParts,
  tx: Tx,
  { to, task }: { to: Officer; task: Task },
  { key, by, reason }: About,
): Promise<void> {
  await tellOfficer(parts, tx, to, {
    key: `tasks.transfer.${key}`,
    values: { by, summary: task.summary, reason },
    dedupeKey: `transfer:${key}:${task.id}:${parts.world.now()}`,
  })
}
