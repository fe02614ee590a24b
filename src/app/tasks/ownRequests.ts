/** What a resident asked of officers beside his cases: a call, help, a correction, a complaint. As he himself sees it. */
import type { Complaint } from '../../domain/complaint/complaint.ts'
import { allowedComplaintSteps, foldComplaint, type ComplaintStatus } from '../../domain/complaint/complaintState.ts'
import { isWish, noWord, residentWord, type ResidentWord } from '../../domain/residentWord.ts'
import type { Task, TaskSource, TaskStatus } from '../../domain/task.ts'
import { isHeld } from '../../domain/taskState.ts'
import type { Instant, LocalDate } from '../../domain/world.ts'
import { asService } from '../asService.ts'
import { complaintPhone } from '../complaints/tellComplaint.ts'
import { officesOf } from '../offices.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { rulesAt } from './taskTime.ts'

/** Who works on something, by name and office. */
export interface Handler {
  name: string
  place: string
}

export interface OwnRequest extends ResidentWord {
  id: string
  source: TaskSource
  /** Of a complaint; others have none. */
  number: string | null
  /** `answered`: of a complaint, of which he may say whether it helped. */
  status: TaskStatus | 'answered'
  createdAt: Instant
  closedAt: Instant | null
  promiseDue: LocalDate | null
  dueProvisional: boolean
  office: string
  officePhone: string | null
  /** Null while nobody has taken it, and where it is nobody's business: with complaints and ratings. */
  handler: Handler | null
}

/** No resident has more to choose from. */
const MOST_REQUESTS = 50

/** Newest first. Needs the eyes of this resident; complaints without a name are nobody's and not among them. */
export async function ownRequests(parts: AppParts, tx: Tx, residentId: string): Promise<OwnRequest[]> {
  const { items } = await tx.tasks.list({ limit: MOST_REQUESTS })
  const wishes = items.filter(isWish)
  const view = await wishViewer(parts, tx, wishes)
  const complaints = await tx.complaints.ofResident(residentId)
  const shown: OwnRequest[] = []
  for (const task of wishes) shown.push(await unlessAskedAnew(tx, view(task)))
  for (const complaint of complaints) shown.push(await complaintView(parts, tx, complaint))
  return shown.toSorted((a, b) => b.createdAt - a.createdAt).slice(0, MOST_REQUESTS)
}

/** What he asked anew since is not reopened beside it. */
async function unlessAskedAnew(tx: Tx, request: OwnRequest): Promise<OwnRequest> {
  if (!request.mayReopen || !(await tx.tasks.hasTwin(request.id))) return request
  return { ...request, mayReopen: false, reopenUntil: null }
}

async function wishViewer(parts: AppParts, tx: Tx, tasks: Task[]): Promise<(task: Task) => OwnRequest> {
  const officeOf = await officesOf(
    parts,
    tx,
    tasks.map(({ regionCode }) => regionCode),
  )
  const handlerOf = await handlersOf(parts, tx, tasks)
  const now = parts.world.now()
  return task => {
    const { id, source, status, createdAt, closedAt, promiseDue, dueProvisional, regionCode } = task
    const office = officeOf(regionCode)
    return {
      ...{ id, source, number: null, status, createdAt, closedAt, promiseDue, dueProvisional },
      ...residentWord(task, rulesAt(parts, regionCode), now),
      ...{ office: office.name, officePhone: office.phone },
      handler: source === 'badRating' ? null : handlerOf(task),
    }
  }
}

/** Who holds each of these now. One query for all of them. */
export async function handlersOf(
  parts: AppParts,
  tx: Tx,
  tasks: readonly Task[],
): Promise<(task: Task) => Handler | null> {
  const now = parts.world.now()
  const ids = [...new Set(tasks.flatMap(task => (isHeld(task, now) ? (task.assigneeId ?? []) : [])))]
  const officers = ids.length > 0 ? await tx.officers.byIds(ids) : []
  const byId = new Map(officers.map(({ id, name, regionCode }) => [id, { name, place: parts.regionName(regionCode) }]))
  return task => (isHeld(task, now) && task.assigneeId !== null ? (byId.get(task.assigneeId) ?? null) : null)
}

const asTask: Record<ComplaintStatus, OwnRequest['status']> = {
  received: 'open',
  assigned: 'leased',
  answered: 'answered',
  closed: 'done',
}

async function complaintView(parts: AppParts, tx: Tx, complaint: Complaint): Promise<OwnRequest> {
  const { id, number, receivedAt, placeCode, actions } = complaint
  const state = foldComplaint(actions)
  return {
    ...{ id, number, source: 'complaint', status: asTask[state.status], createdAt: receivedAt },
    closedAt: state.status === 'closed' ? (actions.at(-1)?.at ?? null) : null,
    promiseDue: state.status === 'received' || state.status === 'assigned' ? state.due : null,
    dueProvisional: state.provisional,
    ...(await complaintWord(parts, tx, complaint)),
    ...{ office: parts.regionName(state.regionCode), officePhone: complaintPhone(parts, placeCode) },
    handler: null,
  }
}

/** Urged like any task; "it did not help" goes once, and to the level above. */
export async function complaintWord(parts: AppParts, tx: Tx, complaint: Complaint): Promise<ResidentWord> {
  const state = foldComplaint(complaint.actions)
  // Not his row: of the task behind a complaint nothing is said but this.
  const task = await asService(tx, async () => {
    const taskId = await tx.complaints.taskOf(complaint.id)
    return taskId === null ? null : tx.tasks.byId(taskId)
  })
  const waits = state.status === 'received' || state.status === 'assigned'
  const word = task && waits ? residentWord(task, rulesAt(parts, task.regionCode), parts.world.now()) : noWord
  return { ...word, mayReopen: allowedComplaintSteps(state, 'resident').includes('reopened') }
}
