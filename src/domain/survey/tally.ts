import type { SurveyAnswers, SurveyQuestion } from './answers.ts'
import type { SurveyKind } from './kinds.ts'

/** What one finished answer adds to the counters of its village. Holds nothing of the household. */
export interface Tally {
  /** Slot of a question; `main`: the one figure of the survey; `finished`: the answer as such. */
  question: string
  /** Name of an option, `skipped`, or for `main`: `hit`, `miss`, `none`. */
  option: string
}

/** Question under which the one figure of a survey is counted. */
export const MAIN = 'main'
/** Question under which finished answers are counted. */
export const FINISHED = 'finished'

/**
 * Share of the questions that somebody must answer rightly to count as one who knows (知晓). No document at hand says how a
 * 知晓率 is measured: this is a definition of the product, told wherever the figure stands.
 */
export const KNOWS_FROM = 0.8

/** 满意: 非常满意, 满意, 基本满意, as in 好差评. */
const SATISFIED_FROM = 3

/** Whether this level of a judgement counts as satisfied. */
export function isSatisfied(level: string): boolean {
  return Number(level) >= SATISFIED_FROM
}

/** All that a finished answer counts for. Free words are not counted. */
export function tally(kind: SurveyKind, questions: readonly SurveyQuestion[], answers: SurveyAnswers): Tally[] {
  const single = questions.filter(({ type, slot }) => type !== 'text' && answers[slot] !== undefined)
  return [
    { question: FINISHED, option: '' },
    { question: MAIN, option: mainOf(kind, questions, answers) },
    ...single.flatMap(({ slot }) => {
      const answer = answers[slot] ?? 'skipped'
      return [answer].flat().map(option => ({ question: slot, option }))
    }),
  ]
}

/** Whether this answer counts as satisfied or knowing; `none`: it says nothing about that. */
export function mainOf(
  kind: SurveyKind,
  questions: readonly SurveyQuestion[],
  answers: SurveyAnswers,
): 'hit' | 'miss' | 'none' {
  if (kind === 'knowledge') return knows(questions, answers)
  const judged = kind === 'satisfaction' ? answers[questions.find(({ rating }) => rating)?.slot ?? ''] : null
  if (typeof judged !== 'string') return 'none'
  return isSatisfied(judged) ? 'hit' : 'miss'
}

function knows(questions: readonly SurveyQuestion[], answers: SurveyAnswers): 'hit' | 'miss' | 'none' {
  const exam = questions.filter(({ correct }) => correct !== null)
  if (exam.length === 0) return 'none'
  const right = exam.filter(({ slot, correct }) => answers[slot] === correct).length
  return right >= exam.length * KNOWS_FROM ? 'hit' : 'miss'
}
