import { z } from 'zod'
import { sourceSchema, type Source } from '../packs/fact.ts'
import { layerCode } from '../packs/layers.ts'

/** The same sentence in the languages of the service. */
export interface TwoLanguages {
  'zh-CN': string
  en: string
}

/** One answer to a policy question, in one layer of places. Never without its source. */
export interface PolicyEntry {
  /** The same id in a narrower layer is the answer there. */
  id: string
  /** `CN`, or the region code of the layer, 2 to 6 digits. */
  code: string
  /** The question as a person reads it among choices. */
  title: TwoLanguages
  /** Wordings of the question, to find it by. */
  questions: readonly string[]
  answer: TwoLanguages
  source: Source
  /** A matter of ours does what is asked about: there the matter goes first. */
  yields: boolean
  /** May be told to a family that lost a child: it helps them, and speaks of no birth. */
  forMourners: boolean
  /** Address of an official page, where one was opened and read. */
  link: string | null
}

/** One file of `regions/knowledge/answers`. */
export interface PolicyLayer {
  code: string
  /** 四川省; a question that names it is about it. */
  name: string
  entries: readonly PolicyEntry[]
}

/** What an older reader takes in at a glance (accessibility requirement of the project); the checks of answers hold to it. */
export const MAX_SENTENCE = 40

const sentence = z.string().min(1)
const languages = z.strictObject({ 'zh-CN': sentence, en: sentence })
const answer = languages.refine(
  ({ 'zh-CN': chinese }) => sentencesOf(chinese).every(one => one.length <= MAX_SENTENCE),
  'a Chinese sentence is longer than an older reader takes in',
)

const entry = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  title: languages,
  questions: z.array(sentence).min(1),
  answer,
  /** Key under `sources`. */
  source: z.string(),
  article: sentence.optional(),
  yields: z.boolean().default(false),
  forMourners: z.boolean().default(false),
  link: z.url({ protocol: /^https$/ }).optional(),
})

const layer = z.strictObject({
  code: layerCode,
  name: sentence,
  sources: z.record(z.string(), sourceSchema),
  answers: z.array(entry).min(1),
})

/** Decodes one file. @throws when a field is wrong, a source is not named, or an id stands twice. */
export function parsePolicyLayer(data: unknown): PolicyLayer {
  const { code, name, sources, answers } = layer.parse(data)
  const ids = answers.map(({ id }) => id)
  const twice = ids.find((id, n) => ids.indexOf(id) !== n)
  if (twice) throw new Error(`${name}: ${twice} is answered twice`)
  const entries = answers.map(({ source: key, article, link, ...rest }): PolicyEntry => {
    const source = sources[key]
    if (!source) throw new Error(`${name}: ${rest.id} names no known source`)
    const document = source.document + (article ?? '')
    return { ...rest, code, source: { ...source, document }, link: link ?? null }
  })
  return { code, name, entries }
}

/** What is read in one breath. */
export function sentencesOf(text: string): string[] {
  return text.split(/[。；！？]/u).filter(one => one !== '')
}

/** A rule that named its end is not told as valid after it. */
export function isInForce({ source }: PolicyEntry, today: string): boolean {
  return source.validUntil === undefined || today <= source.validUntil
}
