import { z } from 'zod'
import type { SurveyResults } from '../app/surveys/surveyResults.ts'
import type { SurveyCampaign } from '../app/surveys/surveyPort.ts'
import { KNOWS_FROM } from '../domain/survey/tally.ts'
import { shanghaiTime } from '../domain/world.ts'
import { figureJson, type Words } from './figureJson.ts'
import { figureFields } from './figureSchemas.ts'
import { labelOf } from './surveyPage.ts'

type Names = { words: Words; regionName(code: string): string | null }

const count = z.int().min(0)
const share = z.number().min(0).max(1)
const region = z.strictObject({ code: z.string(), name: z.string() })
const place = z.strictObject({ region, answers: count.nullable(), ...figureFields })
const campaign = {
  id: z.string(),
  title: z.string(),
  kind: z.enum(['satisfaction', 'knowledge', 'needs']),
  status: z.string(),
  region,
  opensAt: z.string(),
  closesAt: z.string(),
}

export const surveyListSchema = z.strictObject({ items: z.array(z.strictObject(campaign)) })

export const surveyResultSchema = z.strictObject({
  ...campaign,
  place: region,
  /** What the figure means, for people. */
  definition: z.string(),
  targets: z.array(z.strictObject({ atLeast: share, document: z.string(), quote: z.string() })),
  answers: count.nullable(),
  ...figureFields,
  weighted: z
    .strictObject({
      share,
      interval: z.strictObject({ low: share, high: share }),
      effective: z.number().min(0),
      covered: share,
    })
    .nullable(),
  towns: z.array(place),
  villages: z.array(place),
  trend: z.array(z.strictObject({ ...campaign, ...figureFields })),
  whole: z
    .strictObject({
      funnel: z.array(
        z.strictObject({
          stage: z.string(),
          name: z.string(),
          n: count,
          lost: z.array(z.strictObject({ reason: z.string(), name: z.string(), n: count.nullable() })),
        }),
      ),
      ways: z.array(z.strictObject({ way: z.string(), name: z.string(), n: count.nullable() })),
      questions: z.array(
        z.strictObject({
          slot: z.string(),
          text: z.string(),
          n: count.nullable(),
          skipped: count,
          options: z.array(
            z.strictObject({
              option: z.string(),
              label: z.string(),
              isCorrect: z.boolean(),
              n: count.nullable(),
              share: share.nullable(),
            }),
          ),
        }),
      ),
      texts: z.array(z.strictObject({ name: z.string(), n: count.nullable(), examples: z.array(z.string()) })),
    })
    .nullable(),
})

export function surveyCampaignJson(one: SurveyCampaign, { regionName }: Names) {
  return {
    ...{ id: one.id, title: one.title, kind: one.kind, status: one.status },
    region: { code: one.regionCode, name: regionName(one.regionCode) ?? one.regionCode },
    ...{ opensAt: shanghaiTime(one.opensAt), closesAt: shanghaiTime(one.closesAt) },
  }
}

export function surveyResultJson(results: SurveyResults, names: Names): z.infer<typeof surveyResultSchema> {
  const { campaign: one, main, targets, trend } = results
  const named = (code: string) => ({ code, name: names.regionName(code) ?? code })
  const placeOf = ({ code, answers, figure }: SurveyResults['main']['villages'][number]) => {
    return { region: named(code), answers, ...figureJson(figure) }
  }
  return {
    ...surveyCampaignJson(one, names),
    place: named(results.place),
    definition: names.words(`surveys.result.definition.${one.kind}`, { percent: `${KNOWS_FROM * 100}%` }),
    targets: targets.map(({ atLeast, source }) => ({ atLeast, document: source.document, quote: source.quote })),
    ...{ answers: main.answers, ...figureJson(main.figure), weighted: main.weighted },
    ...{ towns: main.towns.map(placeOf), villages: main.villages.map(placeOf) },
    trend: trend.map(point => ({ ...surveyCampaignJson(point.campaign, names), ...figureJson(point.figure) })),
    whole: wholeJson(results, names.words),
  }
}

function wholeJson({ whole, questions }: SurveyResults, words: Words) {
  if (!whole) return null
  return {
    funnel: whole.funnel.map(({ stage, n, lost }) => ({
      ...{ stage, name: words(`surveys.result.stage.${stage}`), n },
      lost: lost.map(one => ({ reason: one.reason, name: words(`surveys.result.lost.${one.reason}`), n: one.n })),
    })),
    ways: whole.ways.map(({ way, n }) => ({ way, name: words(`surveys.result.way.${way}`), n })),
    questions: whole.questions.flatMap(result => {
      const question = questions.find(({ slot }) => slot === result.slot)
      if (!question) return []
      const options = result.options.map(({ option, n, share: part }) => {
        return {
          option,
          label: labelOf(question, option, words),
          isCorrect: question.correct === option,
          n,
          share: part,
        }
      })
      return [{ slot: result.slot, text: words(question.textKey), n: result.n, skipped: result.skipped, options }]
    }),
    texts: whole.texts.map(({ topic, phrase, n, examples }) => ({
      name: topic === null ? words('surveys.result.phrase', { phrase: phrase ?? '' }) : words(`surveys.topic.${topic}`),
      ...{ n, examples },
    })),
  }
}
