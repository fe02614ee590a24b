import type { Reply } from '../../conversation/types.ts'
import type { Complaint, ComplaintFinding } from '../../domain/complaint/complaint.ts'
import { foldComplaint } from '../../domain/complaint/complaintState.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { tellResident } from '../tellResident.ts'
import { inviteByDay, post } from '../unaskedTurn.ts'

/**
 * Tells the answer and asks whether it helps; the question waits while another matter is in progress. After the second
 * answer it is not asked again and the ways outside are named. An anonymous person is told nothing. Ends with the eyes of
 * the service.
 */
export async function tellAnswer(
  parts: AppParts,
  tx: Tx,
  complaint: Complaint,
  { finding, text }: { finding: ComplaintFinding; text: string },
): Promise<void> {
  const { id, number, residentId, placeCode } = complaint
  if (residentId === null) return
  const state = foldComplaint(complaint.actions)
  const dedupeKey = `complaint:${id}:${state.answers.length}`
  const phone = complaintPhone(parts, placeCode)
  if (state.status === 'closed') {
    const values = { number, finding, answer: text, phone }
    await tellResident(parts, tx, residentId, { key: 'complaints.told.final', values, dedupeKey })
    return
  }
  const slots = { complaintId: id, complaintNumber: number, complaintPhone: phone }
  const turn = await inviteByDay(parts, tx, residentId, { kind: 'invite', flow: 'complaint-answer', slots })
  if (!turn) return
  const language = turn.result.conversation.language
  const told = parts.text(language, 'complaints.told.answered', { number, finding, answer: text })
  const reply: Reply = { id: `${turn.turnId}-answer`, kind: 'text', text: told }
  await post(parts, tx, turn, [
    { residentId, replies: [reply], dedupeKey, critical: true },
    { residentId, replies: turn.result.replies, dedupeKey: `${dedupeKey}:asked`, critical: false },
  ])
}

/** Says who has it now, so that nobody has to tell the story again. */
export async function tellHandOver(
  parts: AppParts,
  tx: Tx,
  { id, number, residentId, actions }: Complaint,
  { office, reason, regionCode }: { office: string; reason: string; regionCode: string | null },
): Promise<void> {
  if (residentId === null) return
  const values = { number, office, reason, outside: String(regionCode === null) }
  const dedupeKey = `complaint:${id}:handed:${actions.length}`
  await tellResident(parts, tx, residentId, { key: 'complaints.told.handedOver', values, dedupeKey })
}

/** Phone for complaints at the place; null where none is verified. */
export function complaintPhone(parts: AppParts, placeCode: string): string | null {
  return parts.packFor(placeCode).notice?.complaintPhone.value ?? null
}
