import type { Actor } from './application.ts'
import type { Instant, LocalDate } from './world.ts'

export const taskSources = [
  'applicationStep',
  'halfFilledCase',
  'badRating',
  'unreachable',
  'noOfficer',
  'commitmentCheck',
  'commitmentBreach',
  'supplementOverdue',
  'complaint',
  'correction',
] as const
export type TaskSource = (typeof taskSources)[number]

export const taskStatuses = ['open', 'leased', 'paused', 'done', 'cancelled'] as const
export type TaskStatus = (typeof taskStatuses)[number]

/** What a half-filled case holds for the officer who goes on with it. Personal: encrypted at rest. */
export interface TaskDetail {
  residentId: string
  sessionId: string
  flow: string
  step: string
  answers: Record<string, string | number | boolean | null>
  /** Channel on which the resident wrote. Absent in tasks from before it was kept. */
  channel?: string
  /** The resident's newest application, by which to find his phone; null when he has none. */
  application?: { id: string; number: string; maskedName: string } | null
}

export interface Task {
  id: string
  source: TaskSource
  regionCode: string
  applicationId: string | null
  /** Masked, one line: what an officer reads in a list. */
  summary: string
  detail: TaskDetail | null
  status: TaskStatus
  /** Counts leases. A write with an older number is refused, so a lease that ended cannot overwrite its successor. */
  fence: number
  assigneeId: string | null
  leaseUntil: Instant | null
  /** 首接责任人: set at the first lease, never changed. */
  firstReceiverId: string | null
  promiseDue: LocalDate | null
  legalDue: LocalDate | null
  /** True when a due date lies beyond the last loaded calendar year. */
  dueProvisional: boolean
  createdAt: Instant
  closedAt: Instant | null
  /** Officers who never see it, wherever they work: those a complaint is about. Written once, read by the database alone. */
  hiddenFrom?: string[]
}

export type TaskEvent =
  | { type: 'created'; source: TaskSource }
  | { type: 'leased'; until: Instant }
  | { type: 'released' }
  | { type: 'leaseEnded' }
  | { type: 'paused'; reason: string }
  | { type: 'resumed' }
  /** The clocks of its case stopped, or went on. */
  | { type: 'dueMoved'; promiseDue: LocalDate | null; legalDue: LocalDate | null }
  /** To another place, with its case. */
  | { type: 'moved'; from: string; to: string; reason: string }
  | { type: 'done'; evidence: string }
  | { type: 'cancelled'; reason: string }

export interface TaskAction {
  taskId: string
  seq: number
  at: Instant
  actor: Actor
  fence: number
  event: TaskEvent
}
