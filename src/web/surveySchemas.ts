import { z } from 'zod'
import type { SurveyView } from '../app/surveys/surveyDesk.ts'
import type { SurveyQuestion } from '../domain/survey/answers.ts'
import type { Json } from '../conversation/types.ts'
import { shanghaiTime } from '../domain/world.ts'
import { labelOf } from './surveyPage.ts'

const questionSchema = z.strictObject({
  slot: z.string(),
  type: z.enum(['choice', 'multiChoice', 'yesNo', 'text']),
  text: z.string(),
  help: z.string(),
  optional: z.boolean(),
  options: z.array(z.strictObject({ key: z.string(), label: z.string() })),
  maxLength: z.int().nullable(),
})

const answerSchema = z.union([z.string(), z.array(z.string()), z.null()])

export const surveySchema = z.strictObject({
  title: z.string(),
  stand: z.enum(['open', 'finished', 'closed']),
  closesAt: z.string(),
  isTest: z.boolean(),
  questions: z.array(questionSchema),
  answers: z.record(z.string(), answerSchema),
  next: z.string().nullable(),
})

/** For an officer at a door without a line: all questions, and after which answers they are asked (null: in any case). */
export const doorSurveySchema = surveySchema.extend({
  every: z.array(
    questionSchema.extend({
      skip: z.string().nullable(),
      askedAfter: z.strictObject({ slot: z.string(), answers: z.array(z.string()) }).nullable(),
    }),
  ),
})

export const keptSurveySchema = surveySchema.extend({
  kept: z.enum(['kept', 'finished', 'already', 'closed', 'incomplete', 'declined']),
  /** The question that has no answer, of what was to be handed in. */
  missing: z.string().nullable(),
})

type Words = (key: string, values?: Record<string, Json>) => string

export function surveyJson(view: SurveyView, words: Words): z.infer<typeof surveySchema> {
  const { title, stand, closesAt, isTest, questions, answers, next } = view
  return {
    ...{ title, stand, closesAt: shanghaiTime(closesAt), isTest, answers: { ...answers }, next: next?.slot ?? null },
    questions: questions.map(question => questionJson(question, words)),
  }
}

export function doorSurveyJson(view: SurveyView, words: Words): z.infer<typeof doorSurveySchema> {
  return {
    ...surveyJson(view, words),
    every: view.every.map(({ question, askedAfter }) => ({
      ...questionJson(question, words),
      skip: question.optional ? words(question.key('skip')) : null,
      askedAfter,
    })),
  }
}

function questionJson(question: SurveyQuestion, words: Words): z.infer<typeof questionSchema> {
  return {
    ...{ slot: question.slot, type: question.type, optional: question.optional, maxLength: question.maxLength },
    ...{ text: words(question.textKey), help: words(question.key('help')) },
    options: question.options.map(key => ({ key, label: labelOf(question, key, words) })),
  }
}
