/** The face of the use cases: what `web`, `channels` and `jobs` may ask. Built in `runtime/` from the parts in this folder. */
import type { TurnInput } from '../conversation/types.ts'
import type { Application, ApplicationStatus } from '../domain/application.ts'
import type { AuditFilter, AuditRecord, SealCheck } from '../domain/audit.ts'
import type { ShownFunnelStep } from '../domain/funnel.ts'
import type { CheckResult } from '../domain/commitment.ts'
import type { Officer } from '../domain/officer.ts'
import type { Task, TaskAction, TaskDetail } from '../domain/task.ts'
import type { Instant } from '../domain/world.ts'
import type { CalendarsView } from './calendarView.ts'
import type { ApplicationView, CertificatePrint, Outcome, ResidentApplicationView, SuppliedPhoto } from './caseViews.ts'
import type { CaseWork, OfficerCases, ResidentCases } from './caseUse.ts'
import type { TaskFilter } from './tasks/taskPort.ts'
import type { NoticeDesk } from './notices/noticeUse.ts'
import type { OutboxMessage, Page, SendFailure, TurnAddress, TurnAnswer } from './ports.ts'

export type { ApplicationView, CertificatePrint, Outcome, Refusal, ResidentApplicationView } from './caseViews.ts'

export interface InboundMessage {
  address: TurnAddress
  input: TurnInput
  /** Line for the history: the text, `[图片]`, `[语音]`. */
  said: string
  /** When the platform's call reached us; answers later than the channel's budget leave by the outbox. */
  receivedAt: Instant
  /** Milliseconds after `receivedAt` within which the channel can still answer in the same call; null = no limit. */
  passiveBudgetMs: number | null
}

export interface TaskView extends Task {
  assigneeName: string | null
  firstReceiverName: string | null
  overdue: boolean
  /** Whose it is: one id for all tasks of one resident, and the masked name of who applies. Null where no case is known. */
  family: { id: string; name: string } | null
  /** To whom it is offered, and by whom; null while it is not. */
  offerNames: { to: string; from: string } | null
  allowedActions: string[]
}

/** One line of a task's history, with the names that belong to it. */
export interface ChainLine {
  action: TaskAction
  /** Of the officer who acted; null for residents and the service. */
  name: string | null
  /** To whom it went: an officer's name, or the level that was called in. */
  to: string | null
}

export type Decision = { decision: 'granted' } | { decision: 'refused'; reason: string }

export interface App {
  takeTurn(message: InboundMessage): Promise<TurnAnswer>
  /** Fires one due timer; stale ones do nothing. */
  fireTimer(timer: { residentId: string; sessionId: string; name: 'remind' | 'expire'; turnId: string }): Promise<void>
  /** What follows from the fate of an outgoing message. */
  outbox: {
    sent(message: OutboxMessage): Promise<void>
    /** No way is left: an officer is asked to tell in person what must be told. */
    undeliverable(message: OutboxMessage, failure: SendFailure): Promise<void>
  }
  /** Where people stand still, err and leave, step by step; for the county, small counts hidden. Days of Shanghai, both counted. */
  funnels(
    officer: Officer,
    filter: { flow: string | null; from: string; to: string },
  ): Promise<Outcome<ShownFunnelStep[]>>
  audit: {
    /** What was done, newest first: for the county in its place, for the auditor also what concerns no place. */
    read(officer: Officer, filter: AuditFilter): Promise<Outcome<Page<AuditRecord>>>
    /** Whether the trail is as it was written; for the auditor. */
    seal(officer: Officer): Promise<Outcome<SealCheck>>
  }
  /** The rest of a case's life: steps, filing at the window, codes. */
  officerCases: OfficerCases
  residentCases: ResidentCases
  /** 一次性告知书: issued by officers, read by holders. */
  notices: NoticeDesk
  caseWork: CaseWork
  officer: {
    tasks(officer: Officer, filter: Omit<TaskFilter, 'assigneeId'> & { mine?: boolean }): Promise<Page<TaskView>>
    task(officer: Officer, id: string): Promise<Outcome<{ task: TaskView; lines: ChainLine[] }>>
    lease(officer: Officer, id: string, fence: number | null): Promise<Outcome<TaskView>>
    release(officer: Officer, id: string, fence: number): Promise<Outcome<TaskView>>
    pause(officer: Officer, id: string, fence: number, reason: string): Promise<Outcome<TaskView>>
    resume(officer: Officer, id: string, fence: number): Promise<Outcome<TaskView>>
    /** Closes on evidence: a task of an application needs the decision to be there, any other what was done. */
    close(officer: Officer, id: string, fence: number, evidence: string | null): Promise<Outcome<TaskView>>
    /** Writes what the check of a commitment found (承诺抽查), and closes its task. */
    check(
      officer: Officer,
      id: string,
      fence: number,
      found: { result: CheckResult; evidence: string },
    ): Promise<Outcome<TaskView>>
    applications(
      officer: Officer,
      filter: { status?: ApplicationStatus; cursor?: string; limit: number },
    ): Promise<Page<ApplicationView>>
    application(officer: Officer, id: string): Promise<Outcome<ApplicationView>>
    /** Shows the unmasked fields, once, against a reason; the audit row is committed before the data goes out. */
    reveal(officer: Officer, id: string, reason: string): Promise<Outcome<Application>>
    /** A photo that was supplied to the case, against a reason; audited and limited like `reveal`. The caller fetches it. */
    photo(officer: Officer, id: string, photo: { upload: string; reason: string }): Promise<Outcome<SuppliedPhoto>>
    /** The same for the answers of a half-filled case, for the officer who holds its task. One limit for both. */
    revealTask(officer: Officer, id: string, reason: string): Promise<Outcome<TaskDetail['answers']>>
    accept(officer: Officer, id: string, fence: number): Promise<Outcome<ApplicationView>>
    /** Decides, issues the certificate when granted, closes the task, informs the resident and invites the rating: one transaction. */
    decide(officer: Officer, id: string, fence: number, decision: Decision): Promise<Outcome<ApplicationView>>
  }
  resident: {
    /** 服务日历: what lies ahead of the children with a calendar. */
    calendars(residentId: string): Promise<CalendarsView>
    /** Newest first. */
    applications(residentId: string, filter: { cursor?: string; limit: number }): Promise<Page<ResidentApplicationView>>
    application(residentId: string, id: string): Promise<ResidentApplicationView | null>
    /** What the PDF prints; null unless the certificate is this resident's. */
    certificate(residentId: string, number: string): Promise<CertificatePrint | null>
    /** The same for the link in the message about the decision; null when its key does not fit or its time is over. */
    certificateByLink(link: { number: string; until: Instant; key: string }): Promise<CertificatePrint | null>
  }
}
