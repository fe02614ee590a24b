import { allowedComplaintSteps, foldComplaint } from '../../domain/complaint/complaintState.ts'
import { placeAbove } from '../../domain/complaint/routeComplaint.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { advanceComplaint } from './advanceComplaint.ts'
import { openComplaintTask } from './complaintTask.ts'
import { answerDay } from './fileComplaint.ts'

export type Settled = 'closed' | 'reopened' | 'nobody' | 'already'

interface SettleAsked {
  complaintId: string
  residentId: string
  helped: boolean
  reason?: string
}

/**
 * What the resident says of the answer. It helped: closed. It did not: once more, at the level above, without whoever
 * answered. `nobody`: there is no other officer; `already`: it is not open for an answer, or is somebody else's. `reason`: why not,
 * where he was asked.
 */
export async function settleComplaint(
  parts: AppParts,
  tx: Tx,
  { complaintId, residentId, helped, reason }: SettleAsked,
): Promise<Settled> {
  const complaint = await tx.complaints.byId(complaintId)
  if (!complaint || complaint.residentId !== residentId) return 'already'
  const state = foldComplaint(complaint.actions)
  if (!allowedComplaintSteps(state, 'resident').includes(helped ? 'confirmed' : 'reopened')) return 'already'
  const at = parts.world.now()
  const actor = { kind: 'resident' as const, id: residentId }
  if (helped) {
    const confirmed = await advanceComplaint(tx, complaint, { actor, event: { type: 'confirmed' }, at, taskId: null })
    const event = { type: 'closed' as const, why: 'confirmed' as const }
    await advanceComplaint(tx, confirmed.complaint, { actor: { kind: 'system' }, event, at, taskId: null })
    return 'closed'
  }
  const answerer = state.answers.at(-1)?.officerId ?? null
  const hiddenFrom = [...complaint.hiddenFrom, ...(answerer === null ? [] : [answerer])]
  const officers = await tx.complaints.officersOf(complaint.placeCode.slice(0, 6))
  const regionCode = placeAbove(state.regionCode, hiddenFrom, officers)
  if (regionCode === null) return 'nobody'
  const { date: due, provisional } = answerDay(parts, complaint.placeCode, shanghaiDate(at))
  const moved = { ...complaint, hiddenFrom }
  const event = { type: 'reopened' as const, regionCode, due, provisional, ...(reason ? { reason } : {}) }
  const taskId = await openComplaintTask(parts, tx, moved, event)
  await advanceComplaint(tx, moved, { actor, event, at, taskId })
  return 'reopened'
}
