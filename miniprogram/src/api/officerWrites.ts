import type { Task } from './officerApi.ts'
import { HELD_STEPS, type CaseStep } from './officerLife.ts'
import type { NoticeRequest } from './officerNotice.ts'
import type { NewEvidence } from './evidence.ts'
import { part } from './answer.ts'

/** A write on a task or its case, before it goes into the outbox. */
export interface OfficerWrite {
  /** The service's name of the action. */
  action: string
  path: string
  body: string
  /** Number of the task under which it is written; null where the write asks for none. */
  fence: number | null
}

export type TaskWrite = 'lease' | 'release' | 'pause' | 'resume' | 'close'
export type Decision = { decision: 'granted' } | { decision: 'refused'; reason: string }

const onTask = ({ id, fence }: Task, action: string, body: unknown, name = action): OfficerWrite => ({
  action,
  path: `/api/tasks/${part(id)}/${name}`,
  body: JSON.stringify(body),
  fence,
})

const onCase = (caseId: string, action: string, body: unknown, fence: number | null): OfficerWrite => ({
  action,
  path: `/api/applications/${part(caseId)}/${action}`,
  body: JSON.stringify(body),
  fence,
})

export const taskWrite = (task: Task, action: TaskWrite, body: { reason?: string; evidence?: string } = {}) =>
  onTask(task, action, body)

/** 转办: asks a colleague, by his id. */
export const transferWrite = (task: Task, asked: { to: string; reason: string }) => onTask(task, 'transfer', asked)

const ANSWERS = { acceptTransfer: 'accept', declineTransfer: 'decline', withdrawTransfer: 'withdraw' } as const
export type TransferAnswer = keyof typeof ANSWERS

export const transferAnswer = (task: Task, action: TransferAnswer, body: { reason?: string } = {}) =>
  onTask(task, action, body, `transfer/${ANSWERS[action]}`)

export const remindWrite = (task: Task, note: string) => onTask(task, 'remind', { note })

/** What was found when a commitment was looked into. */
export const checkWrite = (task: Task, found: { result: string; evidence: string }) =>
  onTask(task, 'check', found, 'commitment')

/** What an officer said of a task, or a photo of what was done; kept with it as long as it is. */
export const evidenceWrite = (task: Task, piece: NewEvidence): OfficerWrite => ({
  ...onTask(task, piece.kind, piece, 'evidence'),
  // Evidence is added whatever else has happened to a task that is still his.
  fence: null,
})

export const acceptWrite = ({ fence }: Task, caseId: string) => onCase(caseId, 'accept', {}, fence)

export const decideWrite = ({ fence }: Task, caseId: string, decision: Decision) =>
  onCase(caseId, 'decide', decision, fence)

/** Everything that is missing, told once: the clocks stop and the resident is told. */
export const noticeWrite = ({ fence }: Task, caseId: string, request: NoticeRequest) =>
  onCase(caseId, 'notice', request, fence)

/** One step of a case's life; under the number of the task where the step asks for it. */
export const stepWrite = ({ fence }: Task, caseId: string, { step, ...body }: CaseStep) =>
  onCase(caseId, step, body, HELD_STEPS.includes(step) ? fence : null)
