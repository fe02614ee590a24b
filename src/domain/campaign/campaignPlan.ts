import { covers } from '../officer.ts'
import type { Instant } from '../world.ts'
import type { Campaign, CampaignKind, CampaignPlan } from './campaign.ts'

/** A questionnaire that may be put to households, in its newest revision. */
export interface Questionnaire {
  kind: CampaignKind
  flow: string
  revision: number
}

/** What an officer decides; the revision and the seed are the service's. */
export type CampaignDraft = Omit<CampaignPlan, 'revision' | 'sample'> & { sample: Omit<CampaignPlan['sample'], 'seed'> }

/** The plan that follows from a draft. Null: there is no such questionnaire. */
export function planOf(
  draft: CampaignDraft,
  questionnaires: readonly Questionnaire[],
  seed: number,
): CampaignPlan | null {
  const found = questionnaires.find(({ kind, flow }) => kind === draft.kind && flow === draft.flow)
  return found ? { ...draft, revision: found.revision, sample: { ...draft.sample, seed } } : null
}

/** Digits of the code of a town. */
const TOWN_DIGITS = 9

/**
 * Who is asked to see to the calls at doors of a village: for needs its own officer, whose monthly work they are; where people
 * judge, the town, because nobody asks about himself (`mayAskAtDoor`).
 */
export function visitPlace(kind: CampaignKind, villageCode: string): string {
  return kind === 'needs' ? villageCode : villageCode.slice(0, TOWN_DIGITS)
}

/** One household of a village says nothing about how much its households differ: the next survey needs two of each. */
const LEAST_BY_SPREAD = 2

/** Names of the fields of a plan that cannot be: places outside of the campaign's own, an end before its beginning, or one that is past. */
export function wrongFields(plan: CampaignPlan, { regionCode }: Pick<Campaign, 'regionCode'>, now: Instant): string[] {
  const { filter, sample, opensAt, closesAt } = plan
  const wrong: string[] = []
  if (filter.places.some(place => !covers(regionCode, place))) wrong.push('places')
  if (filter.membersFrom !== null && filter.membersTo !== null && filter.membersFrom > filter.membersTo)
    wrong.push('membersTo')
  if (sample.method !== 'everyone' && sample.size === 0) wrong.push('size')
  if (sample.method === 'stratified' && sample.allocation === 'spread' && sample.leastPerVillage < LEAST_BY_SPREAD)
    wrong.push('leastPerVillage')
  if (closesAt <= opensAt || closesAt <= now) wrong.push('closesAt')
  return wrong
}
