import type { Conversation, Json, Language, TurnContext, TurnInput, TurnResult } from '../conversation/types.ts'
import type { SurveySheet } from '../conversation/surveySheet.ts'
import type { Application } from '../domain/application.ts'
import type { Questionnaire } from '../domain/campaign/campaignPlan.ts'
import type { Clocks } from '../domain/clocks.ts'
import type { MessageRules, QuietHours } from '../domain/message/messageRules.ts'
import type { MessageTemplate } from '../domain/message/template.ts'
import type { Look, LookRules } from '../domain/nextLook.ts'
import type { PolicySearch } from '../conversation/policy/policySearch.ts'
import type { SubsidyRules } from '../domain/policy/childcareSubsidy.ts'
import type { RetentionDays } from '../domain/privacy/retention.ts'
import type { RewardProgramme } from '../domain/policy/rewardSupport.ts'
import type { CalendarItem } from '../domain/policy/serviceCalendar.ts'
import type { RegionPack } from '../domain/regionPack.ts'
import type { WorkCalendar, WorkingDay } from '../domain/workingDays.ts'
import type { LocalDate, World } from '../domain/world.ts'
import type { ClockOf } from './figures/countingStore.ts'
import type { CrashPoint, Store, Wake } from './ports.ts'

/** Numbers a deployment may change; each default names its origin in `runtime/`. */
export interface AppSettings {
  /** How long a task is held before others may take it. */
  leaseMs: number
  /** Unmasked views per officer and hour. */
  revealsPerHour: number
  /** Region code to which cases without a known region go. */
  homeRegion: string
  /** Working days within which a person calls who asked for one or could not be reached. */
  callBackDays: number
  /** Days for which what may be deleted is kept. */
  retention: RetentionDays
  /** Working days within which a query from another place is answered. */
  crossRegionDays: number
  /** Working days within which a second officer looks at what one alone changed about a household. */
  secondLookDays: number
  /** What the service does of itself in a case. */
  looks: LookRules
  /** Working days after which a question to another bureau can no longer be answered. */
  confirmationDays: number
  /** 告知承诺, where the pack of a place says nothing: share that is checked, working days for the check and to mend a breach. */
  commitments: { checkRate: number; checkDays: number; correctionDays: number }
  /** Households that a campaign must find at least: its numbers tell of nobody then. */
  smallestPopulation: number
  /** Life of a code by which an officer files for a resident, or invites him. */
  shortCodeMs: number
}

/** What people are told about policy, each thing with its source. */
export interface PolicyKnowledge {
  search: PolicySearch
  subsidy: SubsidyRules
  rewards: readonly RewardProgramme[]
  calendar: readonly CalendarItem[]
}

/** What the use cases are made from. Everything is passed; nothing is imported live. */
export interface AppParts {
  store: Store
  world: World
  wake: Wake
  crash: CrashPoint
  /** A fault of ours that somebody must look at. Never holds what a person said. */
  report(error: unknown, where: string): void
  settings: AppSettings
  /** The pure engine with its library already in hand. */
  converse(conversation: Conversation | null, input: TurnInput, context: TurnContext): TurnResult
  /** A sentence from `locales/`. */
  text(language: Language, key: string, values?: Record<string, Json>): string
  packFor(regionCode: string | null): RegionPack
  /** The questions of a questionnaire in one revision, for a page or at the door; null where there is none. */
  surveySheet(flow: string, revision: number): SurveySheet | null
  /** When the service writes of its own accord, and how often. */
  messageRules: MessageRules
  /** The quiet hours of all places: at a moment outside of them nobody's own need be looked up. */
  quietHoursAnywhere: readonly QuietHours[]
  /** Forms by which platforms show a message outside a conversation; a way without any is off. */
  templates: readonly MessageTemplate[]
  /** What campaigns may ask. */
  questionnaires: readonly Questionnaire[]
  policies: PolicyKnowledge
  /** Full Chinese name of a region code. */
  regionName(code: string): string
  /** Both due days of an application as its actions, its place and the calendar have them. */
  clockOf: ClockOf
  /** The same with pauses, and whether they stand still. */
  clocks(application: Application): Clocks
  /** What the service will do of itself in this case, and when. */
  nextLook(application: Application): Look | null
  addWorkingDays(from: LocalDate, days: number): WorkingDay
  /** The working-day calendars that are loaded. */
  calendars: readonly WorkCalendar[]
  /** SHA-256 of a one-time code or token. */
  hashToken(token: string): Uint8Array
}
