import type { Actor } from '../application.ts'
import type { Instant } from '../world.ts'

/** What is asked about: 满意度, 知晓率, 群众需求. */
export const campaignKinds = ['satisfaction', 'knowledge', 'needs'] as const
export type CampaignKind = (typeof campaignKinds)[number]

/** Which households of the place a campaign is about. What must be left alone is no matter of choice: see `exclusionReasons`. */
export interface CampaignFilter {
  /** Codes of the campaign's place or of towns and villages in it; empty: the whole place. */
  places: string[]
  /** People in the household, both counted; null: whatever. A household of unknown size fits no limit. */
  membersFrom: number | null
  membersTo: number | null
  /** `chat`: only households that can be written to; `any`: the others are asked at the door. */
  way: 'any' | 'chat'
  /** Days since a household was last asked in any campaign; 0: no matter. */
  coolDownDays: number
}

/** How a sample is drawn. `everyone`: no sample. */
export const sampleMethods = ['everyone', 'simple', 'stratified'] as const
export type SampleMethod = (typeof sampleMethods)[number]

/** How a stratified sample is shared out between villages. `spread`: Neyman's, see `villageSpreads`. */
export const allocations = ['proportional', 'equal', 'spread'] as const
export type Allocation = (typeof allocations)[number]

export interface SamplePlan {
  method: SampleMethod
  /** Households to ask; without effect for everyone. */
  size: number
  allocation: Allocation
  /** No village gets fewer, as long as it has as many. */
  leastPerVillage: number
  /** By which the same sample is drawn again: 32 bits. */
  seed: number
}

/** All that an officer decides about a campaign before it starts. */
export interface CampaignPlan {
  kind: CampaignKind
  /** The questionnaire, and which revision of it all households answer. */
  flow: string
  revision: number
  title: string
  filter: CampaignFilter
  sample: SamplePlan
  opensAt: Instant
  closesAt: Instant
  /** Households asked per minute at most. */
  pacePerMinute: number
  /** Households that one village officer is asked to call on at most. */
  doorstepsPerVillage: number
}

/**
 * Why a household is not asked, the first that applies. `leftAlone` does not say why: muted and special families share it, so
 * that nobody reads from a campaign who mourns.
 */
export const exclusionReasons = [
  'gone',
  'noWay',
  'leftAlone',
  'openComplaint',
  'optedOut',
  'askedLately',
  'notSent',
] as const
export type ExclusionReason = (typeof exclusionReasons)[number]

/** Households of the filter, those of them that may be asked, and why the others may not. */
export interface PopulationCount {
  found: number
  eligible: number
  excluded: Partial<Record<ExclusionReason, number>>
}

export type CampaignEvent =
  | { type: 'created'; plan: CampaignPlan }
  /** As long as it is a draft. */
  | { type: 'changed'; plan: CampaignPlan }
  /** An officer looked at the invitation as a household gets it: in his own chat, or on the page. */
  | { type: 'previewed'; way: 'chat' | 'page' }
  | { type: 'started' }
  /** The sample stands: from here on nobody joins it. `quiet`: 不打扰的户 as they may be told, null or missing: not at all. */
  | { type: 'drawn'; population: PopulationCount; quiet?: number | null; drawn: number; villages: number }
  | { type: 'paused'; reason: string }
  | { type: 'resumed' }
  | { type: 'stopped'; reason: string }
  /** By itself, at its closing time. */
  | { type: 'finished' }

export interface CampaignAction {
  campaignId: string
  /** 1, 2, 3 … without gaps. */
  seq: number
  at: Instant
  actor: Actor
  event: CampaignEvent
}

/** 一次投放: a questionnaire to the households of a place. */
export interface Campaign {
  id: string
  /** County or town whose campaign it is. */
  regionCode: string
  createdBy: string
  createdAt: Instant
  actions: CampaignAction[]
}
