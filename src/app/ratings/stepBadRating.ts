import type { Actor } from '../../domain/application.ts'
import type { Officer } from '../../domain/officer.ts'
import {
  applyBadRating,
  dueOfStep,
  foldBadRating,
  nextRepairStep,
  type BadRatingAction,
  type BadRatingEvent,
  type BadRatingState,
} from '../../domain/ratings/badRating.ts'
import type { Task } from '../../domain/task.ts'
import { changed, closeTask, officerActor, refuse, type TaskChange, type TaskHand } from '../../domain/taskState.ts'
import type { Outcome } from '../caseViews.ts'
import { changeTask, refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import type { BadRating } from './ratingPort.ts'

/**
 * Who handles it says what he did: the next of 联系, 整改, 回访 is written down with his words. The task goes on with the day of
 * what is left, and closes with the last. Under the lease of its task.
 */
export async function stepBadRating(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { rating, fence, words }: { rating: BadRating; fence: number; words: string },
): Promise<Outcome<Task>> {
  const state = foldBadRating(rating.actions)
  const step = nextRepairStep(state)
  const taskId = await tx.badRatings.taskOf(rating.id)
  if (step === null || taskId === null) return refused({ code: 'notAllowed', allowed: [] })
  const isLast = step === 'calledBack'
  const number = (await tx.applications.byId(rating.applicationId))?.number ?? ''
  const summary = parts.text('zh-CN', 'app.task.badRatingStep', { number, step })
  const promiseDue = dueOfStep({ ...state, status: step })
  const after = await changeTask(parts, tx, officer, taskId, (task, now) =>
    isLast
      ? closeTask(task, { officer, fence, now }, words)
      : goOn(task, { officer, fence, now }, { promiseDue, summary }),
  )
  if (!after.ok) return after
  const actor = officerActor(officer)
  const event: BadRatingEvent = { type: step, words }
  await advanceBadRating(parts, tx, rating, { actor, event, taskId: isLast ? null : taskId })
  return after
}

/** The same task in the same hands, with the day of its next step and a line that says how far it is. */
function goOn(
  task: Task,
  { officer, fence, now }: TaskHand,
  { promiseDue, summary }: { promiseDue: string; summary: string },
): TaskChange {
  if (task.fence !== fence || task.assigneeId !== officer.id) return refuse('staleFence')
  if (task.status !== 'leased') return refuse('notAllowed')
  const event = { type: 'dueMoved' as const, promiseDue, legalDue: null }
  return changed({ ...task, summary }, event, { actor: officerActor(officer), at: now })
}

/** Appends an event with its audit entry, which names no place: those who were rated may sit there. */
export async function advanceBadRating(
  parts: AppParts,
  tx: Tx,
  rating: BadRating,
  { actor, event, taskId }: { actor: Actor; event: BadRatingEvent; taskId: string | null },
): Promise<BadRatingState> {
  const at = parts.world.now()
  const before = foldBadRating(rating.actions)
  const action: BadRatingAction = { ratingId: rating.id, seq: before.nextSeq, at, actor, event }
  const state = applyBadRating(before, action)
  await tx.badRatings.append(rating, action, { state, taskId })
  await tx.audit.add({
    ...{ actor, action: `badRating.${event.type}`, objectKind: 'badRating', objectId: rating.id },
    ...{ regionCode: null, detail: {}, at },
  })
  return state
}
