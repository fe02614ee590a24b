import type { Complaint, ComplaintFinding } from '../../domain/complaint/complaint.ts'
import {
  allowedComplaintSteps,
  closesWithAnswer,
  foldComplaint,
  type ComplaintState,
} from '../../domain/complaint/complaintState.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { closeTask, officerActor } from '../../domain/taskState.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { Outcome } from '../app.ts'
import { eyesOf, untilQuiet } from '../officer/eyes.ts'
import { changeTask, refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Page, Tx } from '../ports.ts'
import { advanceComplaint, noteComplaint } from './advanceComplaint.ts'
import { isOwn } from './assignComplaint.ts'
import { openComplaintTask } from './complaintTask.ts'
import { tellAnswer, tellHandOver } from './tellComplaint.ts'

/** A complaint in a list: nobody is named and nothing told. */
export interface ComplaintInList {
  complaint: Complaint
  state: ComplaintState
  overdue: boolean
  /** Task and its fencing number, under which it is answered; null when it is closed. */
  task: { id: string; fence: number } | null
  allowed: string[]
}

export interface HandOver {
  /** Another town or the county; null: an office outside the service, by its name. */
  regionCode: string | null
  office: string
  reason: string
}

/** 投诉建议 for those who handle them. What an officer may not see is not there. */
export interface ComplaintDesk {
  list(officer: Officer, filter: { open: boolean; cursor?: string; limit: number }): Promise<Page<ComplaintInList>>
  /** With words and answers; each look is written down. */
  one(officer: Officer, id: string): Promise<Outcome<ComplaintInList>>
  /** Answers it under the lease of its task, and tells who complained. */
  reply(
    officer: Officer,
    id: string,
    fence: number,
    answer: { finding: ComplaintFinding; text: string },
  ): Promise<Outcome<ComplaintInList>>
  /** Gives it to another office under the lease of its task, and tells who complained who has it now. */
  handOver(officer: Officer, id: string, fence: number, to: HandOver): Promise<Outcome<ComplaintInList>>
  /** Id of the upload of one of its photos; null when there is none. */
  photo(officer: Officer, id: string, n: number): Promise<string | null>
}

export function makeComplaintDesk(parts: AppParts): ComplaintDesk {
  const as = <T>(officer: Officer, run: (tx: Tx) => Promise<T>) =>
    untilQuiet(() => parts.store.transaction(eyesOf(officer), run))
  return {
    list: (officer, filter) =>
      as(officer, async tx => {
        const page = await tx.complaints.list(filter)
        const items: ComplaintInList[] = []
        for (const complaint of page.items) items.push(await viewOf(parts, tx, complaint))
        return { ...page, items }
      }),
    one: (officer, id) =>
      as(officer, async tx => {
        const complaint = await seen(tx, officer, id)
        if (!complaint) return refused({ code: 'notFound' })
        await noteComplaint(tx, complaint, { ...by(officer), action: 'read', at: parts.world.now() })
        return { ok: true, value: await viewOf(parts, tx, complaint) }
      }),
    reply: (officer, id, fence, answer) => as(officer, tx => reply(parts, tx, officer, { id, fence, answer })),
    handOver: (officer, id, fence, to) => as(officer, tx => handOver(parts, tx, officer, { id, fence, to })),
    photo: (officer, id, n) =>
      as(officer, async tx => {
        const complaint = await seen(tx, officer, id)
        const upload = complaint?.content.photos[n] ?? null
        if (!complaint || upload === null) return null
        await noteComplaint(tx, complaint, { ...by(officer), action: 'photo', at: parts.world.now() })
        return upload
      }),
  }
}

const by = (officer: Officer) => ({ actor: officerActor(officer) })

/** Row-level security hides the rest already; this is the second layer. */
async function seen(tx: Tx, officer: Officer, id: string): Promise<Complaint | null> {
  const complaint = await tx.complaints.byId(id)
  if (!complaint || complaint.hiddenFrom.includes(officer.id)) return null
  return covers(officer.regionCode, foldComplaint(complaint.actions).regionCode) ? complaint : null
}

interface Held {
  complaint: Complaint
  state: ComplaintState
  taskId: string
}

/** The complaint, when this officer may do the step and closes its task, held under this number. */
async function takeStep(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, fence, step }: { id: string; fence: number; step: 'answered' | 'handedOver' },
): Promise<Outcome<Held>> {
  const complaint = await seen(tx, officer, id)
  if (!complaint) return refused({ code: 'notFound' })
  const state = foldComplaint(complaint.actions)
  const allowed = allowedComplaintSteps(state, 'handler')
  const taskId = await tx.complaints.taskOf(id)
  if (taskId === null || !allowed.includes(step)) return refused({ code: 'notAllowed', allowed })
  if (await isOwn(tx, officer, complaint)) return refused({ code: 'ownCase' })
  const closed = await changeTask(parts, tx, officer, taskId, (task, now) =>
    closeTask(task, { officer, fence, now }, step),
  )
  return closed.ok ? { ok: true, value: { complaint, state, taskId } } : closed
}

async function reply(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, fence, answer }: { id: string; fence: number; answer: { finding: ComplaintFinding; text: string } },
): Promise<Outcome<ComplaintInList>> {
  const held = await takeStep(parts, tx, officer, { id, fence, step: 'answered' })
  if (!held.ok) return held
  const { complaint, state } = held.value
  const at = parts.world.now()
  await tx.as({ kind: 'system' })
  const event = { type: 'answered' as const, ...answer }
  const answered = await advanceComplaint(tx, complaint, { ...by(officer), event, at, taskId: null })
  const why = closesWithAnswer(complaint, state)
  const closing = why && { type: 'closed' as const, why }
  const over = closing
    ? await advanceComplaint(tx, answered.complaint, { actor: { kind: 'system' }, event: closing, at, taskId: null })
    : answered
  await tellAnswer(parts, tx, over.complaint, answer)
  return { ok: true, value: await viewOf(parts, tx, over.complaint) }
}

async function handOver(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, fence, to }: { id: string; fence: number; to: HandOver },
): Promise<Outcome<ComplaintInList>> {
  const complaint = await seen(tx, officer, id)
  if (!complaint) return refused({ code: 'notFound' })
  if (to.regionCode !== null && !(await mayHandTo(tx, complaint, to.regionCode)))
    return refused({ code: 'badInput', fields: ['region'] })
  const held = await takeStep(parts, tx, officer, { id, fence, step: 'handedOver' })
  if (!held.ok) return held
  const { state } = held.value
  const at = parts.world.now()
  await tx.as({ kind: 'system' })
  const event = { type: 'handedOver' as const, ...to }
  const outside = to.regionCode === null
  const placed = { ...state, regionCode: to.regionCode ?? state.regionCode }
  const taskId = outside ? null : await openComplaintTask(parts, tx, complaint, placed)
  const moved = await advanceComplaint(tx, complaint, { ...by(officer), event, at, taskId })
  if (outside) {
    const closed = { type: 'closed' as const, why: 'outside' as const }
    await advanceComplaint(tx, moved.complaint, { actor: { kind: 'system' }, event: closed, at, taskId: null })
  }
  await tellHandOver(parts, tx, complaint, to)
  const after = (await tx.complaints.byId(id)) ?? moved.complaint
  return { ok: true, value: await viewOf(parts, tx, after) }
}

/** Within the county, to a town or the county itself where somebody may see it. A serious one never goes down. */
async function mayHandTo(tx: Tx, complaint: Complaint, regionCode: string): Promise<boolean> {
  const county = complaint.placeCode.slice(0, 6)
  if (!regionCode.startsWith(county) || regionCode.length > 9) return false
  const from = foldComplaint(complaint.actions).regionCode
  const goesDown = regionCode.length > from.length
  if (goesDown && (complaint.serious || complaint.office !== 'none')) return false
  const there = (await tx.complaints.officersOf(county)).filter(one => one.regionCode === regionCode)
  return there.some(one => isThere(one, complaint))
}

const isThere = ({ id, role, disabled }: Officer, { hiddenFrom }: Complaint): boolean =>
  role !== 'auditor' && !disabled && !hiddenFrom.includes(id)

async function viewOf(parts: AppParts, tx: Tx, complaint: Complaint): Promise<ComplaintInList> {
  const state = foldComplaint(complaint.actions)
  const taskId = await tx.complaints.taskOf(complaint.id)
  const task = taskId === null ? null : await tx.tasks.byId(taskId)
  const waits = state.status === 'received' || state.status === 'assigned'
  return {
    ...{ complaint, state },
    overdue: waits && state.due < shanghaiDate(parts.world.now()),
    task: task && { id: task.id, fence: task.fence },
    allowed: allowedComplaintSteps(state, 'handler'),
  }
}
