import type { RegionPack } from '../domain/regionPack.ts'
import type { LocalDate } from '../domain/world.ts'
import type { CompiledFlow, CompiledStep, Cues, Turn, Walk } from './machine.ts'
import { optionsOf } from './packLists.ts'
import { plainValue } from './plainText.ts'
import { showAnswer } from './showValue.ts'
import { stepText } from './stepText.ts'
import { boundOf } from './steps/readAnswer.ts'
import type { AskSource } from './steps/schema.ts'
import type { Json } from './types.ts'
import type { Understood, UnderstandContext } from './understanding/types.ts'
import { named, reply, say, text } from './walk.ts'

/**
 * What the words by which a flow is begun already answer of its questions (光荣证丢了 says which document and why). Only
 * what is beyond doubt; the rest is asked. It is said at once, stands in the review and can be corrected there.
 */
export function toldAtOpening(turn: Turn, flow: CompiledFlow, said: string): Record<string, Json> {
  const told: Record<string, Json> = {}
  for (const step of flow.opening) {
    if (step.source.kind === 'ask' && !(step.source.slot in told))
      Object.assign(told, readOpening(turn, step, said, flow))
  }
  return told
}

/** The flow for which these words tell all that it names in `opensOn`, although no matter was heard in them. */
export function flowToldBy(turn: Turn, said: string): CompiledFlow | null {
  const isToldAll = (flow: CompiledFlow) => {
    const { slots } = flow.opensOn
    if (slots.length === 0) return false
    const told = toldAtOpening(turn, flow, said)
    return slots.every(slot => slot in told)
  }
  return turn.library.flows.find(isToldAll) ?? null
}

/** The flow that can be walked through for somebody else and is named in these words. */
export function flowForAnother({ library }: Turn, said: string): CompiledFlow | null {
  const plain = library.plain(said)
  return library.flows.find(({ opensOn }) => opensOn.forAnother.some(word => plain.includes(word))) ?? null
}

/** The other matter that these words may mean as well as this one: 准生证 was said of both. Null when they are clear. */
export function alsoMeant({ library }: Turn, { alike }: CompiledFlow, said: string): CompiledFlow | null {
  return alike && speaksOf(library.plain(said), alike) ? library.flowByIntent(alike.intent) : null
}

/** Whether one of the words stands in a normalised text, and none of those that speak against them. */
export function speaksOf(plain: string, { words, unless }: Cues): boolean {
  const has = (some: string[]) => some.some(word => plain.includes(word))
  return has(words) && !has(unless)
}

/** What a session that has not begun knows from the first words, as its giver may read it; null when nothing. */
export function showTold(walk: Walk): string | null {
  const told = walk.flow.opening.filter(({ slot }) => slot !== null && slot in walk.session.slots)
  if (told.length === 0) return null
  return told.map(step => showAnswer(walk, step)).join(text(walk.turn, 'common.listSeparator'))
}

/** Says it, with the way to correct it, before what was said since (from reply `at` on) and asks on. */
export function sayTold({ turn }: Walk, items: string, at: number): void {
  const since = turn.replies.splice(at)
  say(turn, 'common.told', named({ items }))
  for (const { id: _, ...message } of since) reply(turn, message)
}

/** Reads one question's answer out of a whole sentence. Nothing where it is not said, or may mean two things. */
function readOpening({ library, context }: Turn, step: CompiledStep, said: string, flow: CompiledFlow) {
  const { source } = step
  if (source.kind !== 'ask') return {}
  const words = (part: string) => library.texts.words(stepText(flow.name, step.id, part))
  const reader = readerFor(source, context.today, words, library.packFor(null))
  if (namesPlace(reader, among => library.readValue('choice', said, among))) return {}
  for (const part of partsOf(said, source.type)) {
    if (source.type === 'date' && !words('opening').some(cue => part.includes(cue))) continue
    const heard = library.readValue(source.type, part, reader)
    if (heard.status !== 'ok' || heard.confirm) continue
    const value = source.type === 'choice' ? plainValue(heard.value).slice(MARK.length) : heard.value
    return { [source.slot]: value, ...(source.nameSlot ? { [source.nameSlot]: heard.shown } : {}) }
  }
  return {}
}

/** 3, 第三个, B: meant for another list, which may be gone; nobody has seen the choices of this question yet. */
function namesPlace({ today, options }: UnderstandContext, read: (among: UnderstandContext) => Understood): boolean {
  const unnamed = options?.map((_, n) => ({ value: `${MARK}${n}`, label: `${MARK}${n}` }))
  return unnamed !== undefined && read({ today, options: unnamed }).status === 'ok'
}

/** Words are looked for in all that was said; a day or a place stands in a part of it. */
const partsOf = (said: string, type: string): string[] =>
  type === 'choice' ? [said] : said.split(/[，,。；;！!？?\n]+/u).filter(part => part.trim() !== '')

/** Before the names of options, so that none of them is found in what people write (`other` in another). */
const MARK = 'option-'

function readerFor(
  source: AskSource,
  today: LocalDate,
  words: (part: string) => string[],
  nation: RegionPack,
): UnderstandContext {
  const { type, sense, min, max } = source
  const reader: UnderstandContext = { today }
  if (sense) reader.sense = sense
  if (min !== undefined) reader.min = boundOf(min, today)
  if (max !== undefined) reader.max = boundOf(max, today)
  // The place is not known yet: what is not offered there is asked again when the question is reached.
  if (type === 'choice')
    reader.options = optionsOf(source, nation).map(value => ({
      value: MARK + value,
      label: MARK + value,
      synonyms: words(`opening.${value}`),
    }))
  return reader
}
