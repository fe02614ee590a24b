import { z } from 'zod'
import { policyKey } from '../../conversation/policy/policyAnswers.ts'
import type { FoundPolicy } from '../../conversation/policy/policySearch.ts'
import { groundText, policyText } from '../../conversation/policy/policyText.ts'
import { languages, type Json, type Language } from '../../conversation/types.ts'
import type { Source } from '../../domain/regionPack.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'

const asked = z.object({ question: z.string().max(2000) })
/** Places in the list that was shown; `other`: none of them. */
const places = ['first', 'second', 'third'] as const
const chosen = z.object({
  question: z.string(),
  key1: z.string().nullish(),
  key2: z.string().nullish(),
  key3: z.string().nullish(),
  ofTwo: z.enum([...places, 'other']).nullish(),
  ofThree: z.enum([...places, 'other']).nullish(),
})

/**
 * Looks a question up for the place of the resident's newest case; a place named in the question goes before it. Outcomes:
 * `found` with the answer in each language, `two` or `three` with titles and keys to choose from, `unknown` with whom to ask.
 */
export const findPolicyAnswer: CommandHandler = async (args, context) => {
  const { question } = asked.parse(args)
  const regionCode = await placeOf(context)
  const { policies } = context.parts
  const finding = policies.search.find({ text: question, regionCode, today: shanghaiDate(context.at) })
  if (finding.kind === 'found') return outcome('found', answerValues(context.parts, finding.found))
  if (finding.kind === 'unsure') {
    return outcome(finding.among.length > 2 ? 'three' : 'two', choiceValues(finding.among))
  }
  return outcome('unknown', unknownValues(context.parts, regionCode))
}

/** The answer that was chosen from the titles. Outcomes: `found`, `unknown`. */
export const showPolicyAnswer: CommandHandler = async (args, context) => {
  const { key1, key2, key3, ofTwo, ofThree } = chosen.parse(args)
  const regionCode = await placeOf(context)
  const place = ofThree ?? ofTwo ?? 'other'
  const key = place === 'other' ? null : [key1, key2, key3][places.indexOf(place)]
  const found = key ? context.parts.policies.search.byKey(key, regionCode, shanghaiDate(context.at)) : null
  if (found) return outcome('found', answerValues(context.parts, found))
  return outcome('unknown', unknownValues(context.parts, regionCode))
}

/** Grounds and days of what is told as texts of flows name them, in each language; each document once. */
export function groundValues({ text }: AppParts, told: readonly ({ source: Source } | null)[]) {
  const sources = new Map(told.flatMap(one => (one ? [[one.source.document, one.source] as const] : [])))
  const lines = (language: Language) =>
    [...sources.values()].map(source => groundText((key, values) => text(language, key, values), source)).join('\n')
  return { groundZh: lines('zh-CN'), groundEn: lines('en') }
}

function answerValues({ text }: AppParts, found: FoundPolicy): Record<string, Json> {
  const [answerZh = '', answerEn = ''] = languages.map(language =>
    policyText((key, values) => text(language, key, values), language, found),
  )
  return { answerZh, answerEn }
}

function choiceValues(among: readonly FoundPolicy[]): Record<string, Json> {
  const values = among.flatMap((found, n): [string, Json][] => [
    [`key${n + 1}`, policyKey(found)],
    [`title${n + 1}Zh`, found.entry.title['zh-CN']],
    [`title${n + 1}En`, found.entry.title.en],
  ])
  return Object.fromEntries(values)
}

/** Whom to ask. A phone only where the county entered one. */
function unknownValues({ packFor }: AppParts, regionCode: string | null): Record<string, Json> {
  if (regionCode === null) return { place: null, phone: null }
  const { name, officePhone } = packFor(regionCode)
  return { place: name, phone: officePhone.value }
}

async function placeOf({ tx, residentId }: CommandContext): Promise<string | null> {
  const [newest] = await tx.applications.ofResident(residentId)
  return newest?.regionCode ?? null
}
