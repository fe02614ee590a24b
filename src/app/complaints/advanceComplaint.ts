import type { Actor } from '../../domain/application.ts'
import type { Complaint, ComplaintAction, ComplaintEvent } from '../../domain/complaint/complaint.ts'
import { complaintCounts } from '../../domain/complaint/complaintCounts.ts'
import { applyComplaint, foldComplaint, type ComplaintState } from '../../domain/complaint/complaintState.ts'
import type { Instant } from '../../domain/world.ts'
import type { Tx } from '../ports.ts'

export interface ComplaintHappening {
  actor: Actor
  event: ComplaintEvent
  at: Instant
  /** Task of who has it afterwards. */
  taskId: string | null
}

/**
 * Appends an event with its figures and its audit entry. The entry names no place: the county reads the entries of its
 * places, and those complained of may sit there. The auditor reads it.
 */
export async function advanceComplaint(
  tx: Tx,
  complaint: Complaint,
  { actor, event, at, taskId }: ComplaintHappening,
): Promise<{ complaint: Complaint; state: ComplaintState }> {
  const before = foldComplaint(complaint.actions)
  const action: ComplaintAction = { complaintId: complaint.id, seq: before.nextSeq, at, actor, event }
  const state = applyComplaint(before, action)
  await tx.complaints.append(complaint, action, { state, taskId })
  await tx.figures.count(complaintCounts(complaint, before, action))
  await noteComplaint(tx, complaint, { actor, action: event.type, at })
  return { complaint: { ...complaint, actions: [...complaint.actions, action] }, state }
}

/** Writes down what was done. An anonymous person stays one. */
export function noteComplaint(
  tx: Tx,
  { id, number }: Pick<Complaint, 'id' | 'number'>,
  { actor, action, at }: { actor: Actor; action: string; at: Instant },
): Promise<void> {
  const entry = { objectKind: 'complaint', objectId: id, regionCode: null, detail: { number } }
  return tx.audit.add({ actor, action: `complaint.${action}`, ...entry, at })
}
