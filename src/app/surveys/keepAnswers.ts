import { questionsAsked, soundAnswers, type SurveySheet } from '../../conversation/surveySheet.ts'
import type { SurveyAnswers } from '../../domain/survey/answers.ts'
import type { Asked, SurveyWay } from '../../domain/survey/kinds.ts'
import { tally } from '../../domain/survey/tally.ts'
import { shanghaiDate, type Instant } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import type { AskedHousehold } from './surveyPort.ts'

/** Whether a household can answer now. A campaign that is paused sends nothing and still takes answers. */
export type SurveyStand = 'open' | 'finished' | 'closed'

export function standOf({ campaign, status, response }: AskedHousehold, at: Instant): SurveyStand {
  if (response?.status === 'finished') return 'finished'
  if (status === 'test') return campaign.closesAt > at ? 'open' : 'closed'
  const takes = campaign.status === 'running' || campaign.status === 'paused'
  return takes && campaign.opensAt <= at && campaign.closesAt > at && status !== 'excluded' ? 'open' : 'closed'
}

export interface Given {
  asked: Asked
  /** What came in, added to what was kept; only answers to questions that are asked count. */
  answers: Readonly<Record<string, unknown>>
  way: SurveyWay
  /** The officer who asked at the door. */
  askedBy: string | null
  /** Hands it in: from here on it is final. */
  finish: boolean
}

/**
 * `kept`: more may come. `finished`: handed in, by this very call. `already`: somebody of the household had handed in before.
 * `incomplete`: to be handed in, but `missing` is not answered; what was given is kept.
 */
export type Kept =
  | { kind: 'kept' | 'finished'; answers: SurveyAnswers }
  | { kind: 'already' | 'closed' }
  | { kind: 'incomplete'; missing: string }

/**
 * Takes answers of one household, whichever way they come and however many come at once: they stand in a row under the lock of
 * the household, and the one answer there is becomes final once. What a finished answer counts for is added up in the same
 * transaction. Needs the eyes of the service.
 */
export async function keepAnswers(parts: AppParts, tx: Tx, given: Given): Promise<Kept> {
  const at = parts.world.now()
  const household = await tx.surveys.lock(given.asked)
  if (!household) return { kind: 'closed' }
  const stand = standOf(household, at)
  if (stand !== 'open') return { kind: stand === 'finished' ? 'already' : 'closed' }
  const { campaign, response } = household
  const sheet = parts.surveySheet(campaign.flow, campaign.revision)
  if (!sheet) return { kind: 'closed' }
  const today = shanghaiDate(at)
  const answers = soundAnswers(sheet, { ...response?.answers, ...given.answers }, today)
  const missing = given.finish ? missingIn(sheet, answers, today) : null
  const isFinal = given.finish && missing === null
  const isTry = household.status === 'test'
  // A try that is handed in can be tried again from the beginning.
  const kept = isFinal ? (isTry ? {} : withoutWords(sheet, answers)) : answers
  const wasKept = await tx.surveys.keep({
    ...{ ...given.asked, villageCode: household.villageCode, flow: campaign.flow, revision: campaign.revision },
    ...{ answers: kept, status: isFinal && !isTry ? 'finished' : 'partial' },
    ...{ way: given.way, askedBy: given.askedBy, at },
  })
  if (!wasKept) return { kind: 'already' }
  if (missing !== null) return { kind: 'incomplete', missing }
  if (isFinal && !isTry) await countFinished(parts, tx, { household, sheet, answers, given })
  return { kind: isFinal ? 'finished' : 'kept', answers }
}

/** The first question that cannot be passed over and has no answer. */
export function missingIn(sheet: SurveySheet, answers: SurveyAnswers, today: string): string | null {
  const open = questionsAsked(sheet, answers, today)
  return open.find(({ slot, optional }) => !optional && answers[slot] === undefined)?.slot ?? null
}

/** Words stand apart from the household once they are handed in. */
function withoutWords({ questions }: SurveySheet, answers: SurveyAnswers): SurveyAnswers {
  const free = new Set(questions.filter(({ type }) => type === 'text').map(({ slot }) => slot))
  return Object.fromEntries(Object.entries(answers).filter(([slot]) => !free.has(slot)))
}

interface Finished {
  household: AskedHousehold
  sheet: SurveySheet
  answers: SurveyAnswers
  given: Given
}

async function countFinished(parts: AppParts, tx: Tx, finished: Finished): Promise<void> {
  const { household, sheet, answers, given } = finished
  const { campaignId, villageCode } = household
  const { kind, questions } = sheet
  await tx.surveys.count({ campaignId, villageCode, way: given.way }, tally(kind, questions, answers))
  for (const { slot } of questions.filter(({ type }) => type === 'text')) {
    const words = answers[slot]
    if (typeof words !== 'string') continue
    await tx.surveys.addWords({ id: parts.world.newId(), campaignId, villageCode, question: slot, words })
  }
}
