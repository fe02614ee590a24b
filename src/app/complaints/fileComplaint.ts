import type { Actor } from '../../domain/application.ts'
import type { Complaint, ComplaintContent, ComplaintOffice, ComplaintTopic } from '../../domain/complaint/complaint.ts'
import { complaintCounts } from '../../domain/complaint/complaintCounts.ts'
import { foldComplaint, type ComplaintState } from '../../domain/complaint/complaintState.ts'
import { denounces } from '../../domain/complaint/denouncing.ts'
import { routeComplaint } from '../../domain/complaint/routeComplaint.ts'
import { publicNumber } from '../../domain/number.ts'
import { shanghaiDate, type LocalDate } from '../../domain/world.ts'
import type { WorkingDay } from '../../domain/workingDays.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { noteComplaint } from './advanceComplaint.ts'
import { openComplaintTask } from './complaintTask.ts'

/** Where the packs say nothing: the product's default of the nation's pack, for tests with packs of their own. */
const ANSWER_DAYS = 13
const COUNTY = 6

export interface NewComplaint extends ComplaintContent {
  topic: ComplaintTopic
  office: ComplaintOffice
  placeCode: string
  /** Null: anonymous. */
  residentId: string | null
}

export type FiledComplaint =
  | { kind: 'filed'; complaint: Complaint; state: ComplaintState }
  /** Others are reported for their children: nothing is kept. */
  | { kind: 'denounced' }
  /** Nobody in the service may have it: nothing is kept. */
  | { kind: 'nobody' }

/** Takes a complaint in and gives it to the place that handles it. Needs the eyes of the service. */
export async function fileComplaint(parts: AppParts, tx: Tx, wanted: NewComplaint): Promise<FiledComplaint> {
  const { topic, office, placeCode, residentId, ...content } = wanted
  if (denounces(content.words)) return { kind: 'denounced' }
  const serious = isSerious(parts, placeCode, topic)
  const officers = await tx.complaints.officersOf(placeCode.slice(0, COUNTY))
  const routed = routeComplaint({ ...content, placeCode, office, serious }, officers)
  if (!routed) return { kind: 'nobody' }
  const at = parts.world.now()
  const id = parts.world.newId()
  const { date: due, provisional } = answerDay(parts, placeCode, shanghaiDate(at))
  const event = { type: 'received' as const, regionCode: routed.regionCode, due, provisional }
  const actor: Actor = residentId === null ? { kind: 'system' } : { kind: 'resident', id: residentId }
  const complaint: Complaint = {
    ...{
      id,
      number: publicNumber('TS', at, parts.world.randomBytes(8)),
      residentId,
      topic,
      serious,
      office,
      placeCode,
    },
    ...{ receivedAt: at, content, hiddenFrom: routed.hiddenFrom },
    actions: [{ complaintId: id, seq: 1, at, actor, event }],
  }
  const state = foldComplaint(complaint.actions)
  await tx.complaints.insert(complaint, { state, taskId: await openComplaintTask(parts, tx, complaint, state) })
  await tx.figures.count(complaintCounts(complaint, null, { event, at }))
  await noteComplaint(tx, complaint, { actor, action: 'received', at })
  return { kind: 'filed', complaint, state }
}

export function isSerious(parts: AppParts, placeCode: string, topic: ComplaintTopic): boolean {
  return parts.packFor(placeCode).complaints?.serious.value?.includes(topic) ?? false
}

/** Last day to answer what came on that day. */
export function answerDay(parts: AppParts, placeCode: string, from: LocalDate): WorkingDay {
  return parts.addWorkingDays(from, parts.packFor(placeCode).complaints?.answerDays.value ?? ANSWER_DAYS)
}
