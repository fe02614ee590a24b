import { holdsAt } from '../../domain/packs/layers.ts'
import { isInForce, type PolicyEntry, type PolicyLayer } from '../../domain/policy/policyEntry.ts'
import { placeNamed, policiesAt } from '../../domain/policy/policyLayers.ts'
import {
  buildPolicyIndex,
  missesThePoint,
  speaksOfElse,
  type Asked,
  type IndexedEntry,
  type PolicyIndex,
  type Wordbook,
  type Wording,
} from './policyIndex.ts'

/** An answer that is like enough, and so far ahead of the next, is given at once. */
const SURE = 0.52
const MARGIN = 0.08
/** Above this an answer is offered as a choice; below it nothing is known. */
const PERHAPS = 0.4
/** Choices offered beside each other. */
const CHOICES = 3
/** One alone would be no choice. */
const FEWEST_CHOICES = 2
/** How much the likeness to one wording counts beside how much of the question is known at all. */
const LIKENESS = 0.6
/** A question of which less than this is explained is about something else, and loses this much. */
const MOSTLY = 0.6
const LESS = 0.75
/** An answer of another place must be asked for more clearly. */
const ELSEWHERE = 0.9

export interface FoundPolicy {
  entry: PolicyEntry
  /** It holds at another place than the one asked about. */
  elsewhere: boolean
  /** 0 to 1. */
  score: number
}

/** What the knowledge base has for a question. Nothing is guessed: unsure is offered, unknown is said. */
export type PolicyFinding =
  { kind: 'found'; found: FoundPolicy } | { kind: 'unsure'; among: FoundPolicy[] } | { kind: 'unknown' }

/** A question and what is known of where it is asked. */
export interface PolicyQuestion {
  text: string
  /** Region code of the case in hand; a place named in the question goes before it. Null: nothing but the nation. */
  regionCode: string | null
  today: string
}

export interface PolicySearch {
  find(question: PolicyQuestion): PolicyFinding
  /** An answer by its id, the narrowest at the place; null when there is none, or its rule has ended. */
  byId(id: string, regionCode: string | null, today: string): FoundPolicy | null
  /** An answer by place and id (`44.certificateUse`); null when it is gone. `regionCode`: where it is asked. */
  byKey(key: string, regionCode: string | null, today: string): FoundPolicy | null
  /** All answers, of all places. */
  entries: readonly PolicyEntry[]
}

/** Makes the search over the files of `regions/knowledge/answers`. Pure and offline. */
export function makePolicySearch(layers: readonly PolicyLayer[], wordbook: Wordbook): PolicySearch {
  const entries = layers.flatMap(layer => layer.entries)
  const index = buildPolicyIndex(entries, wordbook)
  return {
    entries,
    find: question => decide(candidates(layers, index, question)),
    byId: (id, regionCode, today) => {
      const { own, elsewhere } = policiesAt(layers, regionCode)
      return standing(
        [...own, ...elsewhere].find(one => one.id === id),
        regionCode,
        today,
      )
    },
    byKey: (key, regionCode, today) =>
      standing(
        entries.find(({ code, id }) => `${code}.${id}` === key),
        regionCode,
        today,
      ),
  }
}

function standing(entry: PolicyEntry | undefined, regionCode: string | null, today: string): FoundPolicy | null {
  if (!entry || !isInForce(entry, today)) return null
  return { entry, elsewhere: !holdsAt(entry, regionCode), score: 1 }
}

/** The best first. */
function candidates(layers: readonly PolicyLayer[], index: PolicyIndex, question: PolicyQuestion): FoundPolicy[] {
  const { text, today } = question
  const regionCode = placeNamed(layers, text) ?? question.regionCode
  const { own, elsewhere } = policiesAt(layers, regionCode)
  const here = new Set(own)
  const there = new Set(elsewhere)
  const asked = index.read(text)
  return index.entries
    .filter(({ entry }) => (here.has(entry) || there.has(entry)) && isInForce(entry, today))
    .map(one => ({
      entry: one.entry,
      elsewhere: there.has(one.entry),
      score: likeness(asked, one) * (there.has(one.entry) ? ELSEWHERE : 1),
    }))
    .toSorted((a, b) => b.score - a.score)
}

function decide(found: FoundPolicy[]): PolicyFinding {
  const [best, next] = found
  if (!best || best.score < PERHAPS) return { kind: 'unknown' }
  if (best.score >= SURE && (!next || best.score - next.score >= MARGIN)) return { kind: 'found', found: best }
  // What holds elsewhere is told only when it is clearly asked for.
  const here = found.filter(({ elsewhere }) => !elsewhere)
  const among = here.filter(({ score }, n) => score >= PERHAPS || n < FEWEST_CHOICES).slice(0, CHOICES)
  return { kind: 'unsure', among }
}

/** Likeness to the nearest wording, and how much of what was said is known to this answer. */
function likeness(asked: Asked, { wordings, sounds, known }: IndexedEntry): number {
  if (speaksOfElse(asked.features, known) || missesThePoint(asked, known)) return 0
  const explained = explainedShare(asked.characters, known)
  const nearest = Math.max(...(asked.spelled ? sounds : wordings).map(wording => cosine(asked, wording)))
  return (LIKENESS * nearest + (1 - LIKENESS) * explained) * (explained < MOSTLY ? LESS : 1)
}

/** Of the characters that carry meaning, those that stand in something which the answer is about. */
function explainedShare(characters: Asked['characters'], known: ReadonlySet<string>): number {
  if (characters.length === 0) return 0
  const explained = characters.filter(pieces => pieces.some(piece => known.has(piece)))
  return explained.length / characters.length
}

function cosine(a: Wording, b: Wording): number {
  let shared = 0
  for (const [piece, weight] of a.features) shared += weight * (b.features.get(piece) ?? 0)
  return shared === 0 ? 0 : shared / (a.length * b.length)
}
