import type { Campaign, CampaignAction, CampaignFilter, ExclusionReason } from '../../domain/campaign/campaign.ts'
import type { CampaignState } from '../../domain/campaign/campaignState.ts'
import type { Asked } from '../../domain/survey/kinds.ts'
import type { Instant } from '../../domain/world.ts'

/** Households of some villages, looked at for one campaign. */
export interface Scan {
  /** The campaign itself does not count as having asked; null: there is none yet. */
  campaignId: string | null
  filter: CampaignFilter
  /** Asked by another campaign after this moment is lately; null: no matter. */
  askedSince: Instant | null
}

/** Households of one village that the filter finds, by what stands against asking them; null: nothing. */
export interface VillageCount {
  villageCode: string
  reason: ExclusionReason | null
  households: number
}

export interface ScannedHousehold {
  id: string
  reason: ExclusionReason | null
  /** Who speaks for it by a proved link. */
  residentIds: string[]
}

export interface Chosen {
  householdId: string
  villageCode: string
  weight: number
  place: number
}

/** One that waits to be asked, under lock. */
export interface WaitingHousehold {
  householdId: string
  villageCode: string
  /** Times it was put off. */
  tries: number
  /** A message to it did not arrive: no other is tried. */
  byDoor: boolean
}

/** An invitation that ended and was not read. */
export interface MissedInvitation extends Asked {
  messageId: string
}

export type Asking =
  | { kind: 'asked'; messageId: string; tokenHash: Uint8Array }
  | { kind: 'officer'; taskId: string; tokenHash: Uint8Array }
  | { kind: 'excluded'; reason: ExclusionReason }
  | { kind: 'later'; notBefore: Instant }

/** How the households of a campaign stand. */
export interface CampaignProgress {
  drawn: number
  waiting: number
  asked: number
  officer: number
  opened: number
  answered: number
  excluded: Partial<Record<ExclusionReason, number>>
}

/** Calls at doors that one village has in one campaign. */
export interface Doorsteps {
  households: number
  /** Of these, not answered yet. */
  open: number
}

/** `isDrawn`: its sample stands. */
export interface DueCampaign {
  id: string
  isDrawn: boolean
}

/** 投放 in the database. Officers see those of their place and below; households only with the eyes of the service. */
export interface CampaignPort {
  insert(campaign: Campaign, state: CampaignState): Promise<void>
  byId(id: string): Promise<Campaign | null>
  /** Under lock. */
  lock(id: string): Promise<Campaign | null>
  /** The same, or null when somebody else has it at this moment. */
  lockFree(id: string): Promise<Campaign | null>
  /** Appends and writes what lists read. @throws {Conflict} when `seq` is taken. */
  append(campaign: Campaign, action: CampaignAction, state: CampaignState): Promise<void>
  /** Newest first. */
  list(filter: { cursor?: string; limit: number }): Promise<{ items: Campaign[]; next: string | null }>
  /** In which something may be done by now: ask on, draw, or finish. */
  due(at: Instant, limit: number): Promise<DueCampaign[]>
  /** No batch before then. */
  rest(id: string, until: Instant): Promise<void>

  /**
   * For a batch: its statements are planned for the tables as they are now. They grow by a thousand rows a second, and a plan
   * remembered from when they were empty reads them from end to end.
   */
  planAnew(): Promise<void>
  /** From here on the transaction sees the database as of one moment. To be called before anything else. */
  oneMoment(): Promise<void>
  /** Villages of a place that have households, in order. */
  villagesOf(regionCode: string): Promise<string[]>
  count(scan: Scan, villageCodes: string[]): Promise<VillageCount[]>
  /** Households of one village that the filter finds, after this id, in order of id. */
  page(scan: Scan, villageCode: string, after: string): Promise<ScannedHousehold[]>
  /** How these stand, however many they are; a household that is on no list any more is missing. */
  standing(scan: Scan, householdIds: string[]): Promise<Map<string, ScannedHousehold>>

  choose(campaignId: string, chosen: Chosen[]): Promise<void>
  /** Next in the order, under lock. */
  waiting(campaignId: string, at: Instant, limit: number): Promise<WaitingHousehold[]>
  /** Those of the households that nobody else, such as another campaign, has in hand; nobody else gets them before the end. */
  hold(householdIds: string[]): Promise<Set<string>>
  /** Of these residents those who are in the middle of a conversation. */
  talking(residentIds: string[]): Promise<Set<string>>
  settle(campaignId: string, at: Instant, outcomes: ReadonlyMap<string, Asking>): Promise<void>
  progress(campaignId: string): Promise<CampaignProgress>
  /** Calls at doors in these villages, those without any left out. */
  doorsteps(campaignId: string, villageCodes: string[]): Promise<Map<string, Doorsteps>>
  /** The task of a place that still waits. */
  openDoorstepTask(campaignId: string, regionCode: string): Promise<string | null>
  /** Tasks that wait although every household under them has answered. */
  answeredDoorstepTasks(campaignId: string): Promise<string[]>
  /** All tasks under which doors are called at. */
  doorstepTasks(campaignId: string): Promise<string[]>
  /**
   * Households whose invitation nobody got come up again, now, in campaigns that have the door as a way and still run. Not who
   * opened or answered it all the same, and each invitation once. `byDoor`: no message is tried again.
   */
  bringBack(missed: readonly MissedInvitation[], again: { byDoor: boolean; at: Instant }): Promise<void>
  /** Takes back messages of it that no platform has yet, some at a time. How many; 0: there are no more. */
  withdraw(campaignId: string, at: Instant): Promise<number>
  /** Lets an officer try the questionnaire: counted nowhere. */
  putTest(
    campaignId: string,
    test: { householdId: string; placeCode: string; tokenHash: Uint8Array; at: Instant },
  ): Promise<void>
}
