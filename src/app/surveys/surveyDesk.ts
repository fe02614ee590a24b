import {
  linkedQuestions,
  nextQuestion,
  questionsAsked,
  type LinkedQuestion,
  type SurveySheet,
} from '../../conversation/surveySheet.ts'
import type { SurveyAnswers, SurveyQuestion } from '../../domain/survey/answers.ts'
import type { Asked } from '../../domain/survey/kinds.ts'
import { shanghaiDate, type Instant } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { keepAnswers, standOf, type Given, type Kept, type SurveyStand } from './keepAnswers.ts'
import type { AskedHousehold } from './surveyPort.ts'

/** A household's questionnaire as a page or an officer sees it. Names neither the household nor anybody in it. */
export interface SurveyView {
  title: string
  /** Flow of the questionnaire: its texts stand in `locales/` under this name. */
  flow: string
  stand: SurveyStand
  closesAt: Instant
  /** An officer's own try, counted nowhere. */
  isTest: boolean
  /** Asked after these answers, in order. */
  questions: SurveyQuestion[]
  /** All there are, with what they hang on. */
  every: LinkedQuestion[]
  answers: SurveyAnswers
  /** The first that has no answer; null: all have one. */
  next: SurveyQuestion | null
}

export interface SurveyDesk {
  /** Notes that somebody looked. Null: nobody was given this token. */
  open(token: string): Promise<SurveyView | null>
  /** Keeps answers, and hands them in with `finish`. Null: nobody was given this token. */
  answer(token: string, given: Pick<Given, 'answers' | 'finish'>): Promise<{ kept: Kept; view: SurveyView } | null>
  /** 不参加. Null: nobody was given this token. */
  decline(token: string): Promise<SurveyView | null>
}

export function makeSurveyDesk(parts: AppParts): SurveyDesk {
  const forToken = <T>(token: string, run: (tx: Tx, asked: Asked) => Promise<T>) =>
    parts.store.transaction({ kind: 'system' }, async tx => {
      const asked = await tx.surveys.byToken(parts.hashToken(token))
      return asked && run(tx, asked)
    })
  return {
    open: token =>
      forToken(token, async (tx, asked) => {
        await tx.surveys.opened(asked, parts.world.now())
        return viewFor(parts, tx, asked)
      }),
    answer: (token, given) =>
      forToken(token, async (tx, asked) => {
        const kept = await keepAnswers(parts, tx, { ...given, asked, way: 'link', askedBy: null })
        const view = await viewFor(parts, tx, asked)
        return view && { kept, view }
      }),
    decline: token =>
      forToken(token, async (tx, asked) => {
        const household = await tx.surveys.lock(asked)
        const at = parts.world.now()
        if (household && standOf(household, at) === 'open') await tx.surveys.reply(asked, 'declined', at)
        return viewFor(parts, tx, asked)
      }),
  }
}

/** How a household's questionnaire stands; null where its flow is not there any more. Needs the eyes of the service. */
export async function viewFor(parts: AppParts, tx: Tx, asked: Asked): Promise<SurveyView | null> {
  const household = await tx.surveys.lock(asked)
  const sheet = household && parts.surveySheet(household.campaign.flow, household.campaign.revision)
  return household && sheet ? surveyView(household, sheet, parts.world.now()) : null
}

function surveyView(household: AskedHousehold, sheet: SurveySheet, at: Instant): SurveyView {
  const { campaign, response, status } = household
  const today = shanghaiDate(at)
  const answers = response?.status === 'partial' ? response.answers : {}
  return {
    ...{ title: campaign.title, flow: sheet.flow, stand: standOf(household, at), closesAt: campaign.closesAt },
    ...{ isTest: status === 'test', questions: questionsAsked(sheet, answers, today), answers },
    ...{ every: linkedQuestions(sheet, today), next: nextQuestion(sheet, answers, today) },
  }
}
