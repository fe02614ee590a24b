import type { Actor, Matter } from '../../domain/application.ts'
import type { Notice, NoticeEventType, NoticeTimes } from '../../domain/notice/notice.ts'
import type { Instant } from '../../domain/world.ts'

/** Repository of one-time notices: they are written once and never changed; what became of them is a log beside them. */
export interface NoticePort {
  /** With its event `issued`. @throws {Conflict} when the case has a notice of this edition already. */
  insert(notice: Notice, by: Actor): Promise<void>
  byNumber(number: string): Promise<Notice | null>
  /** Of one case, oldest first. */
  ofApplication(applicationId: string): Promise<Notice[]>
  /** Latest notice of this matter that a resident asked for. */
  lastAsked(residentId: string, matter: Matter): Promise<Notice | null>
  /** Notes an event the first time it happens; false when it had happened before, or the notice is out of sight. */
  note(event: { number: string; type: Exclude<NoticeEventType, 'issued'>; by: Actor; at: Instant }): Promise<boolean>
  times(number: string): Promise<NoticeTimes>
  /** Signature under "whoever shows this may read this notice until then"; nobody makes it without our key. */
  linkKey(number: string, until: Instant): string
}
