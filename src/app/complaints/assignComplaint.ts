import type { Complaint } from '../../domain/complaint/complaint.ts'
import { allowedComplaintSteps, foldComplaint } from '../../domain/complaint/complaintState.ts'
import type { Officer } from '../../domain/officer.ts'
import { officerActor } from '../../domain/taskState.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { advanceComplaint } from './advanceComplaint.ts'

/** Nobody answers what he wrote himself. */
export async function isOwn(tx: Tx, officer: Officer, { residentId }: Complaint): Promise<boolean> {
  return residentId !== null && (await tx.officers.residentsOf(officer.id)).includes(residentId)
}

/** Who leased the task works on the complaint. A lease that is renewed says nothing new. */
export async function noteAssigned(parts: AppParts, tx: Tx, officer: Officer, complaint: Complaint): Promise<void> {
  const state = foldComplaint(complaint.actions)
  if (state.officerId === officer.id || !allowedComplaintSteps(state, 'handler').includes('assigned')) return
  const taskId = await tx.complaints.taskOf(complaint.id)
  const event = { type: 'assigned' as const, officerId: officer.id }
  await advanceComplaint(tx, complaint, { actor: officerActor(officer), event, at: parts.world.now(), taskId })
}
