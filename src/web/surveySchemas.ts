import { z } from 'zod'
import type { SurveyView } from '../app/surveys/surveyDesk.ts'
import type { Json } from '../conversation/types.ts'
import { shanghaiTime } from '../domain/world.ts'
import { labelOf } from './surveyPage.ts'

const answerSchema = z.union([z.string(), z.array(z.string()), z.null()])

export const surveySchema = z.strictObject({
  title: z.string(),
  stand: z.enum(['open', 'finished', 'closed']),
  closesAt: z.string(),
  isTest: z.boolean(),
  questions: z.array(
    z.strictObject({
      slot: z.string(),
      type: z.enum(['choice', 'multiChoice', 'yesNo', 'text']),
      text: z.string(),
      help: z.string(),
      optional: z.boolean(),
      options: z.array(z.strictObject({ key: z.string(), label: z.string() })),
      maxLength: z.int().nullable(),
    }),
  ),
  answers: z.record(z.string(), answerSchema),
  next: z.string().nullable(),
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
    questions: questions.map(question => ({
      ...{ slot: question.slot, type: question.type, optional: question.optional, maxLength: question.maxLength },
      ...{ text: words(question.textKey), help: words(question.key('help')) },
      options: question.options.map(key => ({ key, label: labelOf(question, key, words) })),
    })),
  }
}
