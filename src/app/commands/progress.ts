import type { Json } from '../../conversation/types.ts'
import { isUndecided } from '../../domain/applicationState.ts'
import type { Complaint, ComplaintAction } from '../../domain/complaint/complaint.ts'
import { foldComplaint } from '../../domain/complaint/complaintState.ts'
import { noWord, type ResidentWord } from '../../domain/residentWord.ts'
import type { Instant } from '../../domain/world.ts'
import { complaintPhone } from '../complaints/tellComplaint.ts'
import type { AppParts } from '../parts.ts'
import { residentViewer } from '../residentView.ts'
import { ownRequests, type OwnRequest } from '../tasks/ownRequests.ts'
import { titleOf } from './ownRequests.ts'
import { outcome, type CommandHandler } from './command.ts'

/**
 * Where this resident's own applications, complaints and requests are: what still goes on first, then the newest. What was said
 * without a name belongs to nobody and is not among them; a request that is over is, as long as it may be taken up again.
 * Outcomes: `found` with items, `none`.
 */
export const progress: CommandHandler = async (_args, { parts, tx, residentId }) => {
  const applications = await tx.applications.ofResident(residentId)
  const complaints = await tx.complaints.ofResident(residentId)
  const requests = await ownRequests(parts, tx, residentId)
  if (applications.length + requests.length === 0) return outcome('none')
  const shown = applications.map(await residentViewer(parts, tx, applications))
  const told: Told[] = [
    // The check code opens the certificate's page to anybody; it does not stay in the conversation.
    ...shown.map(({ office, handler, ...view }) => ({
      ...{ receivedAt: view.receivedAt, goesOn: isUndecided(view.status) },
      item: { ...view, officeName: office, handler: handler?.name ?? null, checkCode: null },
    })),
    ...complaints.map(complaint => complaintTold(parts, complaint, wordOf(requests, complaint.id))),
    ...requests.flatMap(request => requestTold(request)),
  ]
  const inOrder = told.toSorted((a, b) => Number(b.goesOn) - Number(a.goesOn) || b.receivedAt - a.receivedAt)
  return inOrder.length === 0 ? outcome('none') : outcome('found', { items: inOrder.map(({ item }) => item) })
}

const wordOf = (requests: readonly OwnRequest[], id: string): ResidentWord =>
  requests.find(request => request.id === id) ?? noWord

/** What was asked of officers beside cases and complaints: what goes on, and what may be taken up again. */
function requestTold(request: OwnRequest): Told[] {
  const { source, status, createdAt, promiseDue, office, officePhone, handler } = request
  const { mayUrge, urgeFrom, mayReopen, reopenUntil } = request
  const goesOn = status !== 'done' && status !== 'cancelled'
  if (source === 'complaint' || !(goesOn || mayReopen)) return []
  const item = {
    ...{
      ...titleOf(request),
      request: true,
      status,
      promiseDue: goesOn ? promiseDue : null,
      officeName: office,
      officePhone,
    },
    ...{ handler: handler?.name ?? null, mayUrge, urgeFrom, mayReopen, reopenUntil },
  }
  return [{ receivedAt: createdAt, goesOn, item }]
}

interface Told {
  receivedAt: Instant
  goesOn: boolean
  item: Json
}

/** The place that has it, never a name: who works on a complaint is nobody's business but the office's. */
function complaintTold(parts: AppParts, complaint: Complaint, word: ResidentWord): Told {
  const { id, number, receivedAt, placeCode, actions } = complaint
  const { status, regionCode, due, provisional, lapsed, reopened, closedWhy } = foldComplaint(actions)
  const item = {
    ...{ id, matter: 'complaint', number, status, reopened, lapsed, dueProvisional: provisional },
    ...{ mayUrge: word.mayUrge, urgeFrom: word.urgeFrom, mayReopen: word.mayReopen },
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
