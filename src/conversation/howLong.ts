import type { RegionPack } from '../domain/regionPack.ts'
import type { Fact } from '../domain/packs/fact.ts'
import { askApp } from './askApp.ts'
import { repeatQuestion } from './engine.ts'
import type { CompiledFlow, Turn, Walk } from './machine.ts'
import { rootOf } from './places.ts'
import type { Json } from './types.ts'
import { named, regionOf, reply, text } from './walk.ts'

/** What 进度 is asked for: who has handed in nothing asks how long a matter takes. */
const ABOUT = { about: 'howLong' }

/** 几天能办好, said in a matter that is not handed in: the days that the place has for it, and the question again. */
export function answerHowLongAside(walk: Walk, said: string): boolean {
  const { turn, session } = walk
  const { library } = turn
  const root = rootOf(session)
  const flow = library.flow(root.flow, root.revision)
  if (!flow || flow.matter === null || !library.isPhrase('howLong', library.plain(said))) return false
  tell(turn, [flow], regionOf(walk), root.slots['document'] ?? null)
  repeatQuestion(walk)
  return true
}

/** The same at the front desk: of the matter that is named, else of what was handed in, which `app` knows. */
export function answerHowLongAtDesk(turn: Turn, said: string): boolean {
  const { library } = turn
  const plain = library.plain(said)
  if (!library.isPhrase('howLong', plain)) return false
  const flow = matterNamedIn(turn, plain)
  if (flow) tell(turn, [flow], null, null)
  else askApp(turn, 'progress', ABOUT)
  return true
}

/** Nothing was handed in: all that can be asked for, with its days. False: 进度 itself was asked for. */
export function tellAllMatters(turn: Turn, asked: Record<string, Json>): boolean {
  if (asked['about'] !== ABOUT.about) return false
  const flows = turn.library.flows.filter(({ matter, menu }) => matter !== null && menu !== null)
  tell(turn, flows, null, null)
  return true
}

/** 补证 in 补证要几天: by its keywords and the words that begin it; the longest names it best. */
function matterNamedIn({ library }: Turn, plain: string): CompiledFlow | null {
  const named = library.flows
    .filter(({ matter }) => matter !== null)
    .flatMap(flow => [...flow.keywords, ...flow.opensOn.forAnother].map(word => ({ flow, word: library.plain(word) })))
    .filter(({ word }) => plain.includes(word))
    .toSorted((one, other) => other.word.length - one.word.length)
  return named[0]?.flow ?? null
}

function tell(turn: Turn, flows: readonly CompiledFlow[], region: string | null, document: Json): void {
  const pack = turn.library.packFor(region)
  const lines = flows.map(flow => {
    const title = text(turn, `${flow.name}.title`)
    return text(turn, 'desk.howLong.line', named({ title, ...daysOf(pack, flow.matter, document) }))
  })
  reply(turn, { kind: 'text', text: [...lines, text(turn, 'desk.howLong.then')].join('\n') })
}

interface Days extends Record<string, Json> {
  promiseDays: number | null
  legalDays: number | null
  /** No rule on the matter itself sets the legal limit. */
  byAnalogy: boolean
  /** What agrees with the register is given at once. */
  atOnce: boolean
}

function daysOf(pack: RegionPack, matter: string | null, document: Json): Days {
  if (matter === 'birthRegistration') return { ...limits(pack.birthRegistration), atOnce: false }
  if (matter === 'additionalBirthPermit') return { ...limits(pack.additionalBirthPermit), atOnce: false }
  return reissueDays(pack, document)
}

function limits({ promiseDays, legalDays }: { promiseDays: Fact<number>; legalDays: Fact<number> }) {
  return { promiseDays: promiseDays.value, legalDays: legalDays.value, byAnalogy: legalDays.byAnalogy ?? false }
}

/** Before it is said which paper it is, only what holds for each of them. */
function reissueDays({ documents }: RegionPack, document: Json): Days {
  const rules = documents.filter(({ id }) => document === null || id === document)
  const promised = new Set(rules.map(({ promiseDays }) => promiseDays.value))
  const [promiseDays = null] = promised.size === 1 ? promised : []
  const atOnce = rules.length > 0 && rules.every(({ register }) => register.value === true)
  // No rule on reissue was found anywhere that sets a legal limit.
  return { promiseDays, legalDays: null, byAnalogy: false, atOnce }
}
