import { knownAnswers, type SurveyAnswers, type SurveyQuestion } from '../domain/survey/answers.ts'
import type { SurveyKind } from '../domain/survey/kinds.ts'
import type { LocalDate } from '../domain/world.ts'
import type { CompiledStep, Library } from './machine.ts'
import { stepText } from './stepText.ts'

/** The question of a chat whether now is the time: a page that somebody opened, or an officer at the door, needs it not. */
const INVITATION = 'join'

/** A questionnaire as a page and an officer ask it: the same questions as in the chat, in the same order. */
export interface SurveySheet {
  flow: string
  revision: number
  kind: SurveyKind
  questions: SurveyQuestion[]
  /** Slots on whose answers it depends whether a question is asked. */
  dependsOn(question: SurveyQuestion): string[]
  /** Whether a question is asked at all, after these answers. */
  asks(question: SurveyQuestion, answers: SurveyAnswers, today: LocalDate): boolean
}

/** The questions of a flow in one revision; null where there is none, or it is no sheet. */
export function surveySheetOf(library: Library, name: string, revision: number | null): SurveySheet | null {
  const flow = library.flow(name, revision)
  if (!flow?.survey) return null
  const steps = new Map(
    flow.steps.flatMap(step => (step.slot !== null && step.slot !== INVITATION ? [[step.slot, step] as const] : [])),
  )
  return {
    flow: flow.name,
    revision: flow.revision,
    kind: flow.survey,
    questions: [...steps.values()].flatMap(step => questionOf(flow.name, step)),
    dependsOn: ({ slot }) => steps.get(slot)?.when?.slots ?? [],
    asks: ({ slot }, answers, today) => {
      const when = steps.get(slot)?.when
      return !when || when.holds({ slots: { ...flow.emptySlots, ...answers }, pack: {}, today })
    },
  }
}

function questionOf(flow: string, { id, source }: CompiledStep): SurveyQuestion[] {
  if (source.kind !== 'ask') return []
  const { slot, type, optional, rating, correct = null, maxLength = null } = source
  if (type !== 'choice' && type !== 'multiChoice' && type !== 'yesNo' && type !== 'text') return []
  const options = type === 'yesNo' ? ['true', 'false'] : (source.options ?? []).map(String)
  const key = (part: string) => stepText(flow, id, part)
  return [{ slot, type, options, optional, rating, correct, maxLength, textKey: key('text'), key }]
}

/** What is asked next: the first question that is to be asked and has no answer yet; null when all have. */
export function nextQuestion(sheet: SurveySheet, answers: SurveyAnswers, today: LocalDate): SurveyQuestion | null {
  return questionsAsked(sheet, answers, today).find(({ slot }) => answers[slot] === undefined) ?? null
}

/** The questions to be asked after these answers, answered or not. */
export function questionsAsked(sheet: SurveySheet, answers: SurveyAnswers, today: LocalDate): SurveyQuestion[] {
  return sheet.questions.filter(question => sheet.asks(question, answers, today))
}

/** Of what somebody gave, the answers to questions that he was asked; everything else is dropped. */
export function soundAnswers(
  sheet: SurveySheet,
  given: Readonly<Record<string, unknown>>,
  today: LocalDate,
): SurveyAnswers {
  const known = knownAnswers(sheet.questions, given)
  // What depends on an answer that was changed is not asked any more, and so does not count.
  return Object.fromEntries(
    questionsAsked(sheet, known, today).flatMap(({ slot }) => {
      const value = known[slot]
      return value === undefined ? [] : [[slot, value]]
    }),
  )
}

/** A question with the answers to another one after which alone it is asked; null: it is always asked. */
export interface LinkedQuestion {
  question: SurveyQuestion
  askedAfter: { slot: string; answers: string[] } | null
}

/**
 * All questions with what they hang on, for a device that has to go on without us. A question that hangs on more than one other is
 * asked in any case: an answer to what is not asked is dropped when it comes in.
 */
export function linkedQuestions(sheet: SurveySheet, today: LocalDate): LinkedQuestion[] {
  return sheet.questions.map(question => {
    const [slot, ...others] = sheet.dependsOn(question)
    const on = others.length === 0 ? sheet.questions.find(one => one.slot === slot) : undefined
    if (!on) return { question, askedAfter: null }
    const answers = on.options.filter(option => sheet.asks(question, { [on.slot]: option }, today))
    return { question, askedAfter: { slot: on.slot, answers } }
  })
}
