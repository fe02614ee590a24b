import type { App } from '../app/app.ts'
import type { CareDesk } from '../app/care/careDesk.ts'
import type { RelativeDesk } from '../app/care/relatives.ts'
import type { CampaignDesk } from '../app/campaigns/campaignDesk.ts'
import type { MessageDesk } from '../app/messages/messageDesk.ts'
import type { ComplaintDesk } from '../app/complaints/complaintDesk.ts'
import type { CrossRegionDesk } from '../app/crossRegion/crossRegionDesk.ts'
import type { PrivacyDesk } from '../app/privacy/ownData.ts'
import type { DoorDesk } from '../app/surveys/doorDesk.ts'
import type { StaffSurveyDesk } from '../app/surveys/staffSurveyDesk.ts'
import type { SurveyDesk } from '../app/surveys/surveyDesk.ts'
import type { SurveyResultDesk } from '../app/surveys/surveyResults.ts'
import type { GriefDesk } from '../app/grief/griefDesk.ts'
import type { RatingDesk } from '../app/ratings/ratingDesk.ts'
import type { TaskDesk } from '../app/tasks/taskDesk.ts'
import type { FigureDesk } from '../app/figures/figureDesk.ts'
import type { HouseholdDesk } from '../app/households/householdDesk.ts'
import type { OwnHouseholds } from '../app/households/ownHouseholds.ts'
import type { SeatDesk } from '../app/seats/seatDesk.ts'
import type { ListDesk } from '../app/listImports.ts'
import type { EvidenceDesk } from '../app/evidence/evidenceDesk.ts'
import type { OfficerLists } from '../app/officerLists.ts'
import type { OfficerChanges } from '../app/officer/officerChanges.ts'
import type { OwnAccount } from '../app/officer/ownAccount.ts'
import type { OfficerRole } from '../domain/officer.ts'
import type { Identities } from '../app/officer/identities.ts'
import type { AuthStore, ChannelName } from '../app/ports.ts'
import type { Json, Language, Reply } from '../conversation/types.ts'
import type { World } from '../domain/world.ts'
import type { CertificateFonts } from './certificateFonts.ts'

/** What a deployment decides about the edge. Everything has been checked by the config's schema. */
export interface WebConfig {
  /** Outer address without a slash at the end, e.g. `https://nx.example.cn`. Decides cookies, HSTS and verify links. */
  publicUrl: string
  /** Opens POST /api/guest. */
  demo: boolean
  /** Folder of the built client; null when nothing was built. */
  clientDir: string | null
  /** Folder of the built supervisors' pages, served at /console; null when nothing was built. */
  consoleDir: string | null
  /** First path parts that belong to the client's own router, beside `/`. */
  clientPaths: readonly string[]
  /** True behind a reverse proxy of ours: the last X-Forwarded-For entry is the caller. */
  trustProxy: boolean
  /** Shared secret of the bot process; null switches /api/bot/turns off. */
  botToken: string | null
  /** Opens /metrics from afar; null = loopback only. */
  metricsToken: string | null
  /** Life of a resident's token. */
  residentSessionMs: number
  /** Absolute end of an officer's session; the store ends idle ones earlier. */
  officerSessionMs: number
  /** Life of a binding code. */
  bindingCodeMs: number
  /** Who has to log in with a second factor, unless a platform let him in. */
  secondFactorRoles: readonly OfficerRole[]
}

/** Structured log. Pino's order, so that a pino logger fits as it is. */
export interface WebLog {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

/** A sentence from `locales/`. */
export type Text = (language: Language, key: string, values?: Record<string, Json>) => string

/** One call of a platform, as it came: `search` without `?`, the body as bytes. */
export interface PlatformRequest {
  method: string
  search: string
  contentType: string
  body: Uint8Array
}

export interface PlatformAnswer {
  status: number
  contentType: string
  body: string
}

/** A platform's callback address, e.g. `/wechat/official`, and the channel that answers there. */
export interface PlatformCallback {
  path: string
  handle(request: PlatformRequest): Promise<PlatformAnswer>
}

/** Asks the mini-program's platform whose one-time code this is. `sender` is what turns and messages are addressed by. */
export type MiniLogin = (
  code: string,
) => Promise<{ ok: true; sender: string; unionId: string | null } | { ok: false; reason: 'badCode' | 'unavailable' }>

/** Asks the mini-program's platform for the person's own phone, by the one-time code of its button. */
export type MiniPhone = (
  code: string,
) => Promise<{ ok: true; phone: string } | { ok: false; reason: 'badCode' | 'unavailable' }>

/** A platform that knows its members and by which officers may log in. */
export interface LoginWay {
  /** e.g. `/officer/login/<platform>`; the browser comes back to `/callback` below it. */
  path: string
  channel: ChannelName
  /** Where the browser is sent. */
  begin(leaving: { state: string; back: string; userAgent: string }): string
  /** Whose one-time code this is, as turns of that channel are addressed. */
  finish(
    code: string,
  ): Promise<{ ok: true; sender: string } | { ok: false; reason: 'expired' | 'notMember' | 'unavailable' }>
  /** A keyed signature that every process of the service can check. */
  sign(text: string): string
  /** A member's id as turns of that channel are addressed; null for what cannot be one. */
  memberId(text: string): string | null
}

export interface RegionEntry {
  code: string
  name: string
  hasChildren: boolean
}

export interface RegionBook {
  /** Places directly below; null when there is no such place. `null` asks for the top. */
  children(code: string | null): RegionEntry[] | null
  /** Full Chinese name. */
  name(code: string): string | null
  /** From the province down to the place that the service stands for: where a list of places opens. */
  home: RegionEntry[]
}

/** Messages that leave by the outbox while the resident has the page open. */
export interface LiveMessages {
  /** Answers the function that ends it. */
  subscribe(residentId: string, take: (message: { id: string; replies: Reply[] }) => void): () => void
}

/** Slow by purpose, and with salt: lives in `runtime/password.ts`. */
export interface Passwords {
  /** Same work for every stored hash; false for a malformed one. */
  verify(password: string, stored: string): Promise<boolean>
  /** Hash of nobody's password: unknown names cost as much as known ones. */
  nobody: string
}

export interface WebDeps {
  app: App
  /** 指标, for town and county. */
  figures: FigureDesk
  /** 异地查询, for officers. */
  crossRegion: CrossRegionDesk
  /** 投诉建议, for those who handle them. */
  complaints: ComplaintDesk
  /** 好差评: bad ratings, appeals, public counts. */
  ratings: RatingDesk
  /** A death in a family, told by officers. */
  grief: GriefDesk
  /** 问卷投放, for towns and counties. */
  campaigns: CampaignDesk
  messages: MessageDesk
  /** 住户绑定, for officers at the door. */
  households: HouseholdDesk
  /** 我家, for residents. */
  ownHouseholds: OwnHouseholds
  /** 村委会的位置, for officers. */
  seats: SeatDesk
  /** 暖心, for contacts and towns, and for the families themselves. */
  care: CareDesk
  /** Relatives of somebody who died, for town and county. */
  relatives: RelativeDesk
  /** Transfers, absences and workload of tasks. */
  tasks: TaskDesk
  /** 名单导入, for the county. */
  lists: ListDesk
  /** Accounts of officers, in the hands of the county. */
  officerLists: OfficerLists
  /** Role, place and end of officers' accounts, for town and county. */
  officerChanges: OfficerChanges
  /** An officer's own password and second factor. */
  account: OwnAccount
  /** One's own data, as a file. */
  privacy: PrivacyDesk
  /** Questionnaires behind signed links. */
  surveys: SurveyDesk
  /** Questionnaires asked at the door. */
  doorSurveys: DoorDesk
  /** What surveys found, for town and county. */
  surveyResults: SurveyResultDesk
  /** 干部知晓率: begun by the county, answered by officers. */
  staffSurveys: StaffSurveyDesk
  auth: AuthStore
  world: World
  config: WebConfig
  log: WebLog
  text: Text
  regions: RegionBook
  live: LiveMessages
  passwords: Passwords
  fonts: CertificateFonts
  /** Who answers: database, queue. All true = ready. */
  ping(): Promise<Record<string, boolean>>
  /** Aborted when the process begins to stop: open streams end. */
  closing: AbortSignal
  platforms: readonly PlatformCallback[]
  /** Ways of logging in beside the password. */
  loginWays?: readonly LoginWay[]
  /** What officers sent for tasks. */
  evidence: EvidenceDesk
  /** Chats of officers, in the hands of the county. */
  identities: Identities
  miniLogin?: MiniLogin
  miniPhone?: MiniPhone
}
