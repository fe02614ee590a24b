/** The face of one-time notices: what `web` may ask. */
import type { GapRequest } from '../../domain/notice/gaps.ts'
import type { Notice, NoticeMaterial, NoticeTimes } from '../../domain/notice/notice.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Instant, LocalDate } from '../../domain/world.ts'
import type { ApplicationView, Outcome } from '../caseViews.ts'

/** A notice as it is shown. `page`: address of its page for the QR code, relative to the public one. */
export interface NoticePrint {
  notice: Notice
  times: NoticeTimes
  page: string
}

/** Signed link of a message or a paper. */
export interface NoticeLink {
  number: string
  until: Instant
  key: string
}

/** Who may read a notice: its holder, who shows the link that went to him, and officers of the place. Null for all others. */
export interface NoticeReading {
  own(residentId: string, number: string): Promise<NoticePrint | null>
  byLink(link: NoticeLink): Promise<NoticePrint | null>
  ofPlace(officer: Officer, number: string): Promise<NoticePrint | null>
}

/** All that is missing, at once. `reason`: set by a supervisor who sends a second notice, or one after acceptance. */
export interface SupplementRequest {
  gaps: GapRequest[]
  /** Day until which it is to be mended; null: as long as the pack gives. */
  due: LocalDate | null
  reason: string | null
}

/** What an officer ticks before he issues a notice: the papers that the place asks of this person. */
export interface NoticeDraft {
  /** Null: the list of the place is not verified; each gap then needs a ground of its own. */
  materials: NoticeMaterial[] | null
  /** Numbers of the notices that were issued on the case. */
  notices: string[]
  /** Which of the two is open to this officer now; null = neither. */
  open: 'notice' | 'noticeException' | null
  /** Fencing number of the task, for the write. */
  fence: number
}

export interface IssuedNotice {
  application: ApplicationView
  number: string
}

/** One-time notices for officers, beside reading them. */
export interface NoticeDesk extends NoticeReading {
  /** 我已收到: as in chat. False when it is not his. */
  confirm(residentId: string, number: string): Promise<boolean>
  draft(officer: Officer, applicationId: string): Promise<Outcome<NoticeDraft>>
  /** All gaps at once; with a `reason` a supervisor's second one. Clocks stop, the resident is told: one transaction. */
  issue(officer: Officer, id: string, fence: number, request: SupplementRequest): Promise<Outcome<IssuedNotice>>
}
