import type { SurveyAnswers } from '../../domain/survey/answers.ts'
import type { Asked, SurveyKind, SurveyWay } from '../../domain/survey/kinds.ts'
import type { VillageTally } from '../../domain/survey/surveyReport.ts'
import type { SurveyFates } from '../../domain/survey/surveyFunnel.ts'
import type { Tally } from '../../domain/survey/tally.ts'
import type { Instant } from '../../domain/world.ts'
import type { CampaignStatus } from '../../domain/campaign/campaignState.ts'

/** A household that is asked, with its campaign and what it has answered so far. */
export interface AskedHousehold extends Asked {
  villageCode: string
  campaign: SurveyCampaign
  /** `test`: an officer's own try, counted nowhere. */
  status: 'waiting' | 'asked' | 'officer' | 'excluded' | 'test'
  reply: 'later' | 'declined' | null
  response: { status: 'partial' | 'finished'; way: SurveyWay; answers: SurveyAnswers } | null
}

/** The campaign as far as a questionnaire needs it. */
export interface SurveyCampaign {
  id: string
  kind: SurveyKind
  flow: string
  revision: number
  title: string
  regionCode: string
  status: CampaignStatus
  opensAt: Instant
  closesAt: Instant
}

/** What is written of an answer. */
export interface KeptResponse extends Asked {
  villageCode: string
  flow: string
  revision: number
  answers: SurveyAnswers
  status: 'partial' | 'finished'
  way: SurveyWay
  /** The officer who asked at the door. */
  askedBy: string | null
  at: Instant
}

/** Questionnaires and their answers. Needs the eyes of the service. */
export interface SurveyPort {
  /** Under lock: answers of one household are taken one after another. */
  lock(asked: Asked): Promise<AskedHousehold | null>
  byToken(tokenHash: Uint8Array): Promise<Asked | null>
  byCode(code: string): Promise<Asked | null>
  /** Officers who handle or handled a case of those who speak for this household. */
  handlersOf(householdId: string): Promise<string[]>
  /** Gives a household its code for the door. False: the code is another household's. */
  setCode(asked: Asked, code: string, at: Instant): Promise<boolean>
  /** Households asked at the door that have not finished and are not left alone since, in order; `after`: the last id of the page before. */
  atDoor(campaignId: string, regionCode: string, after: string, limit: number): Promise<DoorHousehold[]>
  /** Campaigns in which one of these households is asked and has not finished; newest first. */
  openFor(householdIds: string[], at: Instant): Promise<(Asked & { kind: SurveyKind })[]>
  opened(asked: Asked, at: Instant): Promise<void>
  reply(asked: Asked, reply: 'later' | 'declined', at: Instant): Promise<void>
  /** False when it is finished already: then nothing changes. */
  keep(response: KeptResponse): Promise<boolean>
  count(response: Pick<KeptResponse, 'campaignId' | 'villageCode' | 'way'>, tallies: readonly Tally[]): Promise<void>
  addWords(words: {
    id: string
    campaignId: string
    villageCode: string
    question: string
    words: string
  }): Promise<void>

  campaign(campaignId: string): Promise<SurveyCampaign | null>
  /** Of one kind in a place that lies in or around this one, newest first. */
  campaigns(filter: { kind: SurveyKind | null; regionCode: string; limit: number }): Promise<SurveyCampaign[]>
  counts(campaignId: string): Promise<VillageTally[]>
  /** Households that each village stands for: those drawn, by their weight. */
  populations(campaignId: string): Promise<Map<string, number>>
  /** What became of the households of a place. */
  fates(campaignId: string, regionCode: string): Promise<SurveyFates>
  /** Free words of a place, at most so many, in no order that tells who. */
  words(campaignId: string, regionCode: string, limit: number): Promise<string[]>
  /** Names of the officers of a place, so that they can be masked. */
  officerNames(regionCode: string): Promise<string[]>
  /** What these households answered, for who asks about his own data. */
  responsesOf(householdIds: string[]): Promise<{ title: string; at: Instant; answers: SurveyAnswers }[]>
}

/** A household whose answer is asked at the door. */
export interface DoorHousehold extends Asked {
  villageCode: string
  /** Number and head as the list of households has them; null when the household is gone from it. */
  content: { number: string; head: string } | null
}
