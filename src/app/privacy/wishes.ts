import { foldApplication } from '../../domain/applicationState.ts'
import { openTask, taskCreated } from '../../domain/taskState.ts'
import { shanghaiDate, type Instant, type LocalDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { ChannelName, Tx } from '../ports.ts'
import { forget, notePrivacy } from './forget.ts'

/* What people may wish of their own data, in chat and on the page alike. Needs the eyes of the service. */

/** What may be wrong in what was filed. */
export const correctionFields = ['name', 'phone', 'address', 'other'] as const

export interface CorrectionWish {
  residentId: string
  channel: ChannelName
  field: (typeof correctionFields)[number]
  /** What it should be, in the resident's words. */
  value: string
  at: Instant
}

const DONE = new Set(['granted', 'delivered', 'refused', 'archived', 'withdrawn'])

/** Working days to answer a wish for correction. 个人信息保护法 50 says in time and names no days: product default. */
const CORRECTION_DAYS = 5

/**
 * Asks the office to correct what was filed: a task at the newest open case, else at the newest. Null where nothing was filed,
 * for then there is nothing to correct.
 */
export async function wishCorrection(
  parts: AppParts,
  tx: Tx,
  { residentId, channel, field, value, at }: CorrectionWish,
): Promise<{ number: string; answerBy: LocalDate } | null> {
  const applications = await tx.applications.ofResident(residentId)
  const open = applications.find(({ actions }) => !DONE.has(foldApplication(actions).status))
  const about = open ?? applications[0]
  if (!about) return null
  const due = parts.addWorkingDays(shanghaiDate(at), CORRECTION_DAYS)
  const fieldName = parts.text('zh-CN', `privacies.field.${field}`)
  const task = openTask({
    id: parts.world.newId(),
    source: 'correction',
    regionCode: about.regionCode,
    applicationId: about.id,
    summary: parts.text('zh-CN', 'privacies.correction', { number: about.number, field: fieldName }),
    detail: { residentId, sessionId: '', flow: 'privacy', step: 'correct', answers: { field, value }, channel },
    promiseDue: due.date,
    dueProvisional: due.provisional,
    createdAt: at,
  })
  const cause = `correction:${about.id}:${field}`
  await tx.tasks.insertUnlessWaiting(cause, task, taskCreated(task, { kind: 'resident', id: residentId }))
  await notePrivacy(tx, residentId, { action: 'correction', detail: { field }, at })
  return { number: about.number, answerBy: due.date }
}

/** What went, and what the law keeps. */
export interface ErasedAtWish {
  deleted: number
  cases: number
  complaints: number
}

/** Deletes what may be deleted of one resident. The conversation is the caller's to empty: he may hold it. */
export async function eraseAtWish(tx: Tx, residentId: string, at: Instant): Promise<ErasedAtWish> {
  const erased = await forget(tx, residentId, 'resident', at)
  return {
    deleted: erased.reduce((sum, { rows }) => sum + rows, 0),
    cases: (await tx.applications.ofResident(residentId)).length,
    complaints: (await tx.complaints.ofResident(residentId)).length,
  }
}
