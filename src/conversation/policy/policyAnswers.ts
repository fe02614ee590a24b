import type { Turn } from '../machine.ts'
import { named, reply, say, text } from '../walk.ts'
import type { FoundPolicy, PolicyFinding } from './policySearch.ts'
import { groundText, policyText, type Sentence } from './policyText.ts'

/** Label under which people ask what the rules are. */
export const POLICY_INTENT = 'policy_question'

/** Said by who asks, and not by who wishes: 我要办登记 begins a matter, 四孩能不能登记 is answered. */
const ASKS =
  /[吗么呢?？]|[不没]$|没有$|能不能|能否|可不可以|可以|是不是|要不要|有没有|会不会|用不用|几|多少|多久|多长|什么|啥|怎|咋|哪|谁|\b(?:how|what|can|may|is|are|does|do|which|where|when|who)\b/iu

/** What the knowledge base has for a text said at this place; nothing where the library knows no policies. */
export function findPolicy(turn: Turn, said: string, regionCode: string | null): PolicyFinding {
  const { library, context } = turn
  return library.policies?.find({ text: said, regionCode, today: context.today }) ?? { kind: 'unknown' }
}

/** Whether a text asks for something, as against telling or wishing. */
export function isQuestion(said: string): boolean {
  return ASKS.test(said.trim())
}

/** Says an answer with its ground and the day it was checked. That it was asked for is counted, by no name. */
export function tellPolicy(turn: Turn, found: FoundPolicy): void {
  const { link, id } = found.entry
  turn.trace.push({ flow: 'policy-question', revision: 0, step: id, event: 'told' })
  const told = policyText(sentenceOf(turn), turn.conversation.language, found)
  reply(turn, { kind: 'text', text: told, ...(link ? { url: link } : {}) })
}

function sentenceOf(turn: Turn): Sentence {
  return (key, values = {}) => text(turn, key, named(values))
}

/** Says that there is no verified answer, whom to ask, and that a person can be called. Never a number nobody entered. */
export function tellUnknownPolicy(turn: Turn, regionCode: string | null): void {
  const { name, officePhone } = turn.library.packFor(regionCode)
  const place = regionCode === null ? null : name
  say(turn, 'policy.unknown', named({ place, phone: regionCode === null ? null : officePhone.value }))
}

/** The sentence for a topic that the law has no ground for, with its source where the knowledge base has one. */
export function tellRefusal(turn: Turn, topic: string, regionCode: string | null): void {
  const id = refusedEntries[topic]
  const found = id ? turn.library.policies?.byId(id, regionCode, turn.context.today) : null
  const sentence = text(turn, `desk.refused.${topic}`)
  reply(turn, {
    kind: 'text',
    text: found ? `${sentence}\n${groundText(sentenceOf(turn), found.entry.source)}` : sentence,
  })
}

/** Answers whose source stands behind a refusal. */
const refusedEntries: Record<string, string> = {
  fine: 'socialFee',
  checks: 'pregnancyChecks',
  reporting: 'reportingNeighbours',
  quota: 'birthQuota',
  sexTest: 'fetalSexTest',
}

/** By which an answer is chosen later, whatever was asked meanwhile. */
export function policyKey({ entry }: FoundPolicy): string {
  return `${entry.code}.${entry.id}`
}

/** The question of an answer, as it stands among choices; null when the answer is gone. */
export function policyTitle(turn: Turn, key: string): string | null {
  const found = turn.library.policies?.byKey(key, null, turn.context.today)
  return found ? found.entry.title[turn.conversation.language] : null
}

/** Says the answer that was chosen; that it is gone where its rule has ended meanwhile. */
export function tellChosenPolicy(turn: Turn, key: string, regionCode: string | null): void {
  const found = turn.library.policies?.byKey(key, regionCode, turn.context.today)
  if (found) tellPolicy(turn, found)
  else tellUnknownPolicy(turn, regionCode)
}
