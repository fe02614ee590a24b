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
  'surveyVisit',
  'householdChange',
  'careVisit',
  'carePromise',
  'careGap',
  'distress',
  'helpRequest',
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

/** Asked of another officer: to take the task over. Nobody gets one without his yes. */
export interface TaskOffer {
  to: string
  /** Who asked: the holder, or whoever assigns what nobody holds. */
  from: string
  /** Afterwards it counts as declined. */
  until: Instant
}

/** 催办 so far: in all, and on the last day on which there was one. */
export interface TaskUrges {
  total: number
  on: LocalDate | null
  thatDay: number
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
  offer: TaskOffer | null
  /** The level that was called in because the task was late; null while it lies where it arose. */
  raisedTo: 'town' | 'county' | null
  /** Steps of its clock that are done: reminders, then one for each level above. Counted, so that none comes twice. */
  clockStage: number
  /** From when its working time counts: its beginning, its reopening, or when its days were last moved. */
  clockFrom: Instant
  urges: TaskUrges
  /** How often a resident said that it was not done. */
  reopenings: number
  /** Officers who never see it, wherever they work: those a complaint is about. Written once, read by the database alone. */
  hiddenFrom?: string[]
  /**
   * Of a care family: beside its town only these officers see it, its two contacts. Absent: everybody in its place. Moved by the
   * care families' own port when a contact changes.
   */
  onlyFor?: string[]
}

export type TaskEvent =
  | { type: 'created'; source: TaskSource }
  | { type: 'leased'; until: Instant }
  | { type: 'released' }
  | { type: 'leaseEnded' }
  | { type: 'paused'; reason: string }
  /** `until` is missing in logs from before it was kept. */
  | { type: 'resumed'; until?: Instant }
  /** The clocks of its case stopped, or went on. */
  | { type: 'dueMoved'; promiseDue: LocalDate | null; legalDue: LocalDate | null }
  | { type: 'done'; evidence: string }
  | { type: 'cancelled'; reason: string }
  /** The resident says that it is not done. `due`: when it is to be done now. */
  | { type: 'reopened'; reason: string; due: LocalDate | null }
  | { type: 'transferOffered'; to: string; until: Instant; reason: string }
  | { type: 'transferAccepted'; until: Instant }
  | { type: 'transferDeclined'; reason: string | null }
  | { type: 'transferWithdrawn' }
  | { type: 'transferExpired' }
  /** From one officer to the next by the level above, because the officers changed. */
  | { type: 'handedOver'; from: string; to: string; until: Instant; reason: string }
  /** To another place, with its case. */
  | { type: 'moved'; from: string; to: string; reason: string }
  /** 催办. */
  | { type: 'urged'; note: string | null }
  /** By the clock: this share of the working time to the due day is over. */
  | { type: 'reminded'; stage: number; share: number }
  /** By the clock: late, so the level above is called in. */
  | { type: 'escalated'; stage: number; to: 'town' | 'county'; reason: 'overdue' }

export interface TaskAction {
  taskId: string
  seq: number
  at: Instant
  actor: Actor
  fence: number
  event: TaskEvent
}
