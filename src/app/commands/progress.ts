import type { Json } from '../../conversation/types.ts'
import { isUndecided } from '../../domain/applicationState.ts'
import type { Complaint, ComplaintAction } from '../../domain/complaint/complaint.ts'
import { foldComplaint } from '../../domain/complaint/complaintState.ts'
import type { Instant } from '../../domain/world.ts'
import { complaintPhone } from '../complaints/tellComplaint.ts'
import type { AppParts } from '../parts.ts'
import { residentViewer } from '../residentView.ts'
import { outcome, type CommandHandler } from './command.ts'

/**
 * Where this resident's own applications and complaints are: what still goes on first, then the newest. What was said
 * without a name belongs to nobody and is not among them. Outcomes: `found` with items, `none`.
 */
export const progress: CommandHandler = async (_args, { parts, tx, residentId }) => {
  const applications = await tx.applications.ofResident(residentId)
  const complaints = await tx.complaints.ofResident(residentId)
  if (applications.length + complaints.length === 0) return outcome('none')
  const shown = applications.map(await residentViewer(parts, tx, applications))
  const told: Told[] = [
    // The check code opens the certificate's page to anybody; it does not stay in the conversation.
    ...shown.map(({ office, ...view }) => ({
      ...{ receivedAt: view.receivedAt, goesOn: isUndecided(view.status) },
      item: { ...view, officeName: office, checkCode: null },
    })),
    ...complaints.map(complaint => complaintTold(parts, complaint)),
  ]
  const inOrder = told.toSorted((a, b) => Number(b.goesOn) - Number(a.goesOn) || b.receivedAt - a.receivedAt)
  return outcome('found', { items: inOrder.map(({ item }) => item) })
}

interface Told {
  receivedAt: Instant
  goesOn: boolean
  item: Json
}

/** The place that has it, never a name: who works on a complaint is nobody's business but the office's. */
function complaintTold(parts: AppParts, { number, receivedAt, placeCode, actions }: Complaint): Told {
  const { status, regionCode, due, provisional, lapsed, reopened, closedWhy } = foldComplaint(actions)
  const item = {
    ...{ matter: 'complaint', number, status, reopened, lapsed, dueProvisional: provisional },
    officeName: (closedWhy === 'outside' ? outsideOffice(actions) : null) ?? parts.regionName(regionCode),
    officePhone: complaintPhone(parts, placeCode),
    answerBy: status === 'received' || status === 'assigned' ? due : null,
    outside: closedWhy === 'outside',
  }
  return { receivedAt, goesOn: status !== 'closed', item }
}

/** The office out of the service's reach to which it was handed. */
function outsideOffice(actions: readonly ComplaintAction[]): string | null {
  const last = actions.findLast(({ event }) => event.type === 'handedOver')?.event
  return last?.type === 'handedOver' ? last.office : null
}
