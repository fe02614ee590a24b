/**
 * What the use cases need from outside. `store`, `channels` and `jobs` implement these; `runtime` wires them. All in one file,
 * which is long for that: who asks what the service needs reads one list.
 */
import type { Conversation, Effect, Reply, Trace, TurnState } from '../conversation/types.ts'
import type { Actor, Application, ApplicationAction, ApplicationStatus } from '../domain/application.ts'
import type { AuditQuery, AuditRecord, SealCheck } from '../domain/audit.ts'
import type { Certificate } from '../domain/certificate.ts'
import type { FunnelQuery, FunnelStep } from '../domain/funnel.ts'
import type { Officer } from '../domain/officer.ts'
import type { ServiceRating } from '../domain/rating.ts'
import type { Instant, LocalDate } from '../domain/world.ts'
import type { CrossRegionPort } from './crossRegion/crossRegionPort.ts'
import type { EvidencePort } from './evidence/evidencePort.ts'
import type { BirthListPort } from './figures/birthListPort.ts'
import type { PrivacyPort } from './privacy/privacyPort.ts'
import type { FigurePort } from './figures/figurePort.ts'
import type { CaseLifePort, Confirmations, ShortCodes, WindowFilings } from './lifePorts.ts'
import type { CampaignPort } from './campaigns/campaignPort.ts'
import type { ComplaintPort } from './complaints/complaintPort.ts'
import type { CommitmentPort, RegisterPort } from './casePorts.ts'
import type { SurveyPort } from './surveys/surveyPort.ts'
import type { StaffSurveyPort } from './surveys/staffSurveyPort.ts'
import type { ReceiptResult } from './sharedAccount.ts'
import type { StaffPort } from './tasks/staffPort.ts'
import type { ExceptionPort } from './tasks/exceptionPort.ts'
import type { TaskPort } from './tasks/taskPort.ts'
import type { IdentityPort } from './officer/identityPort.ts'
import type { HouseholdChangePort, HouseholdPort } from './households/householdPort.ts'
import type { SeatPort } from './seats/seatPort.ts'
import type { MessagePort } from './messages/messagePort.ts'
import type { BadRatingPort } from './ratings/ratingPort.ts'
import type { NoticePort } from './notices/noticePort.ts'
import type { ChannelName, OutboxMessage } from './outboxMessage.ts'
import type { CarePort } from './care/carePort.ts'
import type { RelativePort } from './care/relativePort.ts'

export {
  channelNames,
  outboxStatuses,
  type ChannelName,
  type MessageNotice,
  type OutboxMessage,
  type OutboxStatus,
} from './outboxMessage.ts'

/** Who wrote, on which channel, and the key by which a second delivery is recognised. */
export interface TurnAddress {
  channel: ChannelName
  /** openid, guest id, bot contact id. Stored only as keyed hash and ciphertext. */
  sender: string
  /** MsgId, or CreateTime + Event + EventKey, or the client's messageId. */
  messageKey: string
}

export interface TurnAnswer {
  turnId: string
  replies: Reply[]
  state: TurnState
  /** True when this message had been taken before and the stored answer is returned. */
  repeated: boolean
  /** `outbox`: too late for a passive reply, it is on its way by the outbox. */
  delivery: 'passive' | 'outbox'
}

export interface ResidentRef {
  id: string
  /** Set when an officer account is bound to this sender. */
  officerId: string | null
}

export interface OpenedTurn {
  resident: ResidentRef
  /** Compare-and-set number of the stored conversation. 0 = never stored. */
  version: number
  conversation: Conversation | null
  /** The stored answer, when this message key was taken before. */
  stored: TurnAnswer | null
}

/** All rows of a turn that the conversation itself causes. */
export interface TurnRecord {
  address: TurnAddress
  turnId: string
  residentId: string
  expectedVersion: number
  conversation: Conversation
  /** What the person said, as shown in the history (text, label of a choice, `[图片]`). */
  said: string
  answer: TurnAnswer
  effects: Effect[]
  trace: Trace[]
  at: Instant
}

/**
 * `conflict`: somebody else moved the conversation, or took the message; open again and repeat. `released`: committed, and word
 * about his case that waited for the morning may leave now, because whoever writes is awake.
 */
export type CommitOutcome = 'committed' | 'released' | 'conflict'

/**
 * The two statements of an ordinary turn. Both gather what arrives while one is in flight and go out together
 * (group commit): each call still resolves only after its own rows are durable.
 */
export interface TurnStore {
  open(address: TurnAddress, at: Instant): Promise<OpenedTurn>
  commit(turn: TurnRecord): Promise<CommitOutcome>
}

/** Whose eyes a transaction has. Row-level security is set from it; without one there are no rows. */
export type Scope =
  | { kind: 'officer'; officerId: string; regionCode: string }
  | { kind: 'resident'; residentId: string }
  | { kind: 'system' }

export interface AuditEntry {
  actor: Actor
  /** Dotted verb, e.g. `application.reveal`. */
  action: string
  objectKind: string
  objectId: string
  regionCode: string | null
  /** Why, in the words of who acted. May name people: kept encrypted, as `detail.reason`. */
  reason?: string
  /** No personal data. */
  detail: Record<string, string | number | boolean | null>
  at: Instant
}

export interface Page<T> {
  items: T[]
  /** Cursor of the next page, null at the end. */
  next: string | null
}

/** What may exist only once: one case per matter, person and period, over all channels and villages. */
export interface SubjectKey {
  matter: string
  /** Identity number; stored as keyed hash. */
  subject: string
  period: string
}

/** A calendar that runs, with what of it was sent. */
export interface RunningCalendar {
  id: string
  applicationId: string
  residentId: string
  consentAt: Instant
  /** Ids of items. */
  sent: string[]
}

/** One transaction, with the repositories that live in it. */
export interface Tx {
  /** Looks with other eyes from here on, in the same transaction (a turn may run an officer's command). */
  as(scope: Scope): Promise<void>
  /** Whose eyes it has at this moment, to give them back. */
  eyes(): Scope
  turns: {
    /** The same rows as `TurnStore.commit`, inside this transaction. */
    commit(turn: TurnRecord): Promise<CommitOutcome>
    /** The conversation under lock, for invitations and timers; null when the resident never wrote. */
    lock(residentId: string): Promise<{ version: number; conversation: Conversation | null } | null>
    save(residentId: string, version: number, conversation: Conversation, at: Instant): Promise<void>
    applyEffects(residentId: string, effects: Effect[], trace: Trace[], at: Instant): Promise<void>
    /** Where messages to this resident go: the sender address last used. */
    addressOf(residentId: string): Promise<{ channel: ChannelName; sender: string } | null>
  }
  applications: {
    insert(application: Application): Promise<void>
    byId(id: string): Promise<Application | null>
    /** Those of them that are in sight, in their order. */
    byIds(ids: string[]): Promise<Application[]>
    ofResident(residentId: string): Promise<Application[]>
    /** `status`: the one that the fold gives with it, for lists. Use `appendEvent`. @throws {Conflict} when `seq` is taken. */
    append(action: ApplicationAction, status: ApplicationStatus): Promise<void>
    /** Id of the application that holds (matter, subject, period), in whatever village; null when it is free. */
    subjectHolder(subject: SubjectKey): Promise<string | null>
    /** Claims it for an inserted application. @throws {Conflict} when somebody else claimed it meanwhile. */
    claimSubject(subject: SubjectKey, applicationId: string): Promise<void>
    releaseSubject(applicationId: string): Promise<void>
    list(filter: { status?: string; cursor?: string; limit: number }): Promise<Page<Application>>
  } & CaseLifePort
  confirmations: Confirmations
  shortCodes: ShortCodes
  windowFilings: WindowFilings
  tasks: TaskPort
  exceptions: ExceptionPort
  evidence: EvidencePort
  identities: IdentityPort
  staff: StaffPort
  care: CarePort
  relatives: RelativePort
  certificates: {
    insert(certificate: Certificate, checkCode: string): Promise<void>
    byNumber(number: string): Promise<Certificate | null>
    setStatus(number: string, status: Certificate['status']): Promise<void>
    /** Signature under "whoever shows this may read this certificate until then"; nobody makes it without our key. */
    linkKey(number: string, until: Instant): string
    /** The newest; a case that was taken up again has more than one. */
    ofApplication(applicationId: string): Promise<{ certificate: Certificate; checkCode: string } | null>
    /** Oldest first. */
    ofApplications(applicationIds: string[]): Promise<{ certificate: Certificate; checkCode: string }[]>
  }
  register: RegisterPort
  commitments: CommitmentPort
  notices: NoticePort
  /** 一次登记、全程服务: one running calendar for each registration, each opened by a consent. */
  serviceCalendars: {
    /** Opens it for the resident of the application; false when one runs already. */
    start(calendar: {
      id: string
      applicationId: string
      regionCode: string
      consentVersion: number
      consentAt: Instant
    }): Promise<boolean>
    /** Stops all of a resident; ids of the applications concerned. Both moments stay. */
    stop(residentId: string, at: Instant): Promise<string[]>
    /** Applications of the resident with a running calendar. */
    running(residentId: string): Promise<string[]>
    /**
     * Calendars that run and were not looked at since this day began, under lock until the end of the transaction; those that
     * another worker or a loss holds at this moment are left out.
     */
    toSend(today: LocalDate, limit: number): Promise<RunningCalendar[]>
    /** It was looked at on this day, and of it these items were sent. */
    sent(calendarId: string, looked: { today: LocalDate; items: string[]; at: Instant }): Promise<void>
    isRunning(calendarId: string): Promise<boolean>
  }
  ratings: {
    /** False when the application already has one. */
    insert(rating: ServiceRating): Promise<boolean>
    ofApplications(applicationIds: string[]): Promise<ServiceRating[]>
  }
  badRatings: BadRatingPort
  outbox: {
    /** False when the dedupe key exists. */
    add(message: Omit<OutboxMessage, 'status' | 'attempts'>): Promise<boolean>
    /** Those of these dedupe keys under which a message was written, whatever became of it. Needs the eyes of the service. */
    written(dedupeKeys: string[]): Promise<Set<string>>
  }
  messages: MessagePort
  households: HouseholdPort
  householdChanges: HouseholdChangePort
  seats: SeatPort
  officers: {
    byId(id: string): Promise<Officer | null>
    /** Those of them that there are. */
    byIds(ids: string[]): Promise<Officer[]>
    /** Nearest officer of this place: village, else town, else county. */
    forRegion(regionCode: string): Promise<Officer | null>
    /** The same for several places, by their code. */
    forRegions(regionCodes: string[]): Promise<Map<string, Officer>>
    /** The residents this officer is himself, by the chats bound to his account; where he wrote last comes first. */
    residentsOf(officerId: string): Promise<string[]>
    /**
     * Opens chats that an administrator bound to this officer and in which he never wrote, so that he can be told something
     * there. Chats that are open stay as they are.
     */
    openChats(officerId: string, at: Instant): Promise<void>
    /** Binds the chat sender to the officer who made this one-time code; null when it is unknown, used or too old. */
    redeemBindingCode(code: {
      codeHash: Uint8Array
      channel: ChannelName
      sender: string
      at: Instant
    }): Promise<Officer | null>
  }
  audit: {
    add(entry: AuditEntry): Promise<void>
    /** How often this actor did this since then; for limits on reveals. */
    count(filter: { actorId: string; action: string; since: Instant }): Promise<number>
    /** Newest first. Looks with the eyes of the service and shows what the query asks for: the caller limits it. */
    list(query: AuditQuery): Promise<Page<AuditRecord>>
  }
  figures: FigurePort
  birthLists: BirthListPort
  crossRegion: CrossRegionPort
  complaints: ComplaintPort
  campaigns: CampaignPort
  surveys: SurveyPort
  staffSurveys: StaffSurveyPort
  privacy: PrivacyPort
  /** Stops counted per step of the flows. */
  funnels(query: FunnelQuery): Promise<FunnelStep[]>
  /** Runs after the commit and only if it held; never before the answer depends on it. */
  afterCommit(run: () => void): void
}

export interface Store {
  turns: TurnStore
  transaction<T>(scope: Scope, run: (tx: Tx) => Promise<T>): Promise<T>
  /** Holds the whole audit trail against its seals; reads every entry. */
  checkSeal(): Promise<SealCheck>
}

/** Somebody else got there first. The caller may read again and decide. */
export class Conflict extends Error {
  override readonly name = 'Conflict'
}

/** How a channel's platform took a message, in our words. The number of the platform stays in the channel. */
export type SendOutcome =
  { status: 'sent'; providerId: string | null } | { status: 'failed'; failure: SendFailure; detail: string }

export interface SendFailure {
  name: string
  /** `no`: final. `soon`: back-off within minutes. `tomorrow`: after midnight Shanghai. `otherWay`: this way is closed, try the next. */
  retry: 'no' | 'soon' | 'tomorrow' | 'otherWay'
  alert: boolean
  /** Chinese sentence for the officer. */
  tell: string
  /** The message may have gone out all the same. */
  mayHaveArrived: boolean
  /** The way rests until then: nothing is tried before. */
  until?: Instant
}

/** One way to reach a resident. */
export interface MessageSender {
  channel: ChannelName
  send(message: OutboxMessage): Promise<SendOutcome>
  /** Until when its platform is left alone, because it does not answer; null when it may be called. */
  resting?(at: Instant): Instant | null
}

/** A row taken for sending. `attempts` fences: what a slow sender reports after the row was given to another is ignored. */
export interface TakenMessage extends OutboxMessage {
  /** Channels that turned out closed for this message. */
  tried: ChannelName[]
  /** Its text does not open with any key we have: nothing can be sent, now or later. Then `sender` and `replies` are empty. */
  unreadable?: true
}

/** The outbox as its sender sees it. A final status is never overwritten. */
export interface OutboxStore {
  /**
   * Ids that may go now, oldest first, at most one for each resident, since a resident's messages keep their order. Of these
   * channels; without them of all.
   */
  ready(at: Instant, limit: number, channels?: readonly ChannelName[]): Promise<string[]>
  /** By which channel an unfinished message goes; null when there is none of this id. */
  channelOf(id: string): Promise<ChannelName | null>
  /** created → sending. Null when the row is not ready, or an older message of the same resident is unfinished. */
  take(id: string, at: Instant): Promise<TakenMessage | null>
  /** The oldest ready message of this resident. */
  nextOf(residentId: string, at: Instant): Promise<string | null>
  sent(taken: TakenMessage, providerId: string | null, at: Instant): Promise<void>
  /** Final: nothing more will be tried. */
  finish(taken: TakenMessage, status: 'failed' | 'undeliverable', failure: SendFailure, at: Instant): Promise<void>
  /** sending → created, to go again at `notBefore`. */
  retry(taken: TakenMessage, plan: { notBefore: Instant; failure: SendFailure; repeat: boolean }): Promise<void>
  /** sending → created on another channel of the same resident; false when there is none that was not tried. */
  otherWay(taken: TakenMessage, channels: ChannelName[], at: Instant): Promise<boolean>
  /**
   * Rows that have been `sending` since before `before`: critical ones go again marked, the others end as failed, of which
   * those whose end has to be told are `untold` until somebody tells it. What was
   * lost three times in a row kills its workers, and ends as undeliverable.
   */
  timeOut(
    before: Instant,
    at: Instant,
    failure: SendFailure,
  ): Promise<{ again: number; failed: number; undeliverable: number }>
  /** Messages that ended before `before` and whose end has to be told to the use cases, but was not yet. */
  untold(before: Instant, limit: number): Promise<{ message: OutboxMessage; failure: SendFailure | null }[]>
  /** The use cases know how it ended. */
  told(id: string, at: Instant): Promise<void>
  /** Sent messages of which the platform said later that they did not arrive, as long as it is not settled. */
  notReceived(limit: number): Promise<{ message: OutboxMessage; result: ReceiptResult }[]>
  /**
   * Brings to their messages what platforms said of them: that they arrived, and of those named here that they did not. The
   * first word stays; the status does not change. How many messages were settled.
   */
  settleReceipts(notReceived: string[], at: Instant): Promise<number>
}

export interface DueTimer {
  residentId: string
  sessionId: string
  name: 'remind' | 'expire'
  turnId: string
}

export interface TimerStore {
  /** Claims what is due; a claim that is not settled within a minute may be claimed again. */
  claimDue(at: Instant, limit: number): Promise<DueTimer[]>
  /** Fired or stale: it will not come again. A timer that was set anew meanwhile stays. */
  settle(timer: DueTimer, at: Instant): Promise<void>
}

/** Wakes workers; losing a wake-up loses nothing, the sweeper finds the rows. */
export interface Wake {
  outbox(ids: string[]): void
  timers(): void
}

/** Kill point for fault tests; does nothing unless configured. */
export type CrashPoint = (name: CrashPointName) => void
export const crashPoints = [
  'turn.opened',
  'turn.beforeCommit',
  'turn.afterCommit',
  'command.afterRows',
  'outbox.markedSending',
  'outbox.accepted',
  'timer.fired',
  'campaign.rows',
  'campaign.committed',
] as const
export type CrashPointName = (typeof crashPoints)[number]

/** One line of the resident's chat history. */
export interface HistoryEntry {
  id: string
  from: 'resident' | 'service'
  at: Instant
  /** What the person said, when `from` is resident. */
  text: string | null
  /** What the service said, when `from` is service. */
  replies: Reply[]
}

/** Who calls at which door, and how often he may in which time. Kept as a keyed hash. */
export interface CountedDoor {
  name: string
  key: string
  calls: number
  windowMs: number
}

/** Log-ins, tokens and bindings: small statements outside any application's transaction. */
export interface AuthStore {
  officerByUsername(username: string): Promise<{
    officer: Officer
    passwordHash: string
    totpSecret: string | null
    failures: number
    lockedUntil: Instant | null
  } | null>
  noteLogin(officerId: string, ok: boolean, at: Instant): Promise<void>
  /** Uses a one-time code up, for all processes: false when it or a later one was used before (RFC 6238, 5.2). */
  takeTotpStep(officerId: string, step: number): Promise<boolean>
  /** Counts a call at a door where somebody could guess, for all processes together. False when it is one too many. */
  takeCall(door: CountedDoor, at: Instant): Promise<boolean>
  /** Tokens arrive as SHA-256 of the random token; the token itself is never stored. */
  openOfficerSession(session: {
    tokenHash: Uint8Array
    officerId: string
    csrfToken: string
    at: Instant
    expiresAt: Instant
    /** Opened by a platform that knows its members. */
    byPlatform?: boolean
  }): Promise<void>
  /**
   * Null when unknown, idle too long, past its end, or the officer is disabled. Notes the use. `twoFactors`: opened by a
   * platform, or the officer's second factor is on.
   */
  officerSession(
    tokenHash: Uint8Array,
    at: Instant,
  ): Promise<{ officer: Officer; csrfToken: string; twoFactors: boolean } | null>
  endOfficerSession(tokenHash: Uint8Array): Promise<void>
  /**
   * Begins a write of an officer under the key that his client made for it. `new`: do it, then `endWrite`. `underway`: another
   * request is at it. `otherAddress`: the key was used for something else. Otherwise how it ended.
   */
  beginWrite(write: {
    officerId: string
    key: string
    address: string
    at: Instant
  }): Promise<'new' | 'underway' | 'otherAddress' | { status: number; fence: number | null }>
  /** `done` null: it was refused or broke off, and may be tried again under its key. */
  endWrite(write: {
    officerId: string
    key: string
    done: { status: number; fence: number | null } | null
  }): Promise<void>
  /** Whom this chat sender speaks as, disabled or not; null when an administrator or a code bound him to nobody. */
  officerBySender(channel: ChannelName, sender: string): Promise<Officer | null>
  /** Who writes from there; made when he never did before. */
  residentBySender(writing: { channel: ChannelName; sender: string; at: Instant }): Promise<string>
  openResidentSession(session: {
    tokenHash: Uint8Array
    channel: ChannelName
    sender: string
    unionId: string | null
    at: Instant
    expiresAt: Instant
  }): Promise<{ residentId: string }>
  residentSession(
    tokenHash: Uint8Array,
    at: Instant,
  ): Promise<{ residentId: string; channel: ChannelName; sender: string } | null>
  /** One-time code by which an officer binds a chat sender to his account (valid minutes). False: another one is valid. */
  storeBindingCode(code: { codeHash: Uint8Array; officerId: string; at: Instant; expiresAt: Instant }): Promise<boolean>
  history(residentId: string, before: Instant | null, limit: number): Promise<HistoryEntry[]>
  saveUpload(upload: {
    id: string
    residentId: string
    mimeType: string
    bytes: Uint8Array
    at: Instant
  }): Promise<void>
  upload(id: string): Promise<{ residentId: string; mimeType: string; bytes: Uint8Array } | null>
  /** Looks up a check code by its keyed hash, counts the look, and answers minimal fields. */
  lookUpCertificate(
    checkCode: string,
    at: Instant,
  ): Promise<{
    number: string
    title: string
    status: Certificate['status']
    issuedAt: Instant
    surname: string
    regionCode: string
  } | null>
}
