import { isSmall, SMALLEST_SHOWN } from '../figures/hiding.ts'

/** A topic, and words by which a text is known to be about it. */
export interface Topic {
  topic: string
  words: readonly string[]
}

/** Texts about one thing. */
export interface TextGroup {
  /** Name of a known topic; null: found in the texts themselves, known by `phrase`. */
  topic: string | null
  phrase: string | null
  /** Texts; null: one to four. */
  n: number | null
  /** A few of them, masked; none where the group is small. */
  examples: string[]
}

/** Examples of one group: enough to hear how people say it. */
const EXAMPLES = 3
/** Longest example; what matters is said by then. */
const LONGEST = 80
/** Groups found in the texts themselves, besides the known topics. */
const MOST_FOUND = 5

/**
 * Free words sorted by what they are about: known topics by their words, the rest by a pair of characters that at least five
 * share. A text may be about several things. Deterministic, offline; `mask` hides who is named.
 */
export function groupTexts(
  texts: readonly string[],
  topics: readonly Topic[],
  mask: (text: string) => string,
): TextGroup[] {
  const about = topics.map(({ topic, words }) => ({
    topic,
    texts: texts.filter(text => words.some(word => text.includes(word))),
  }))
  const known = new Set(about.flatMap(group => group.texts))
  const found = sharedPhrases(texts.filter(text => !known.has(text)))
  const named = about.map(({ topic, texts: own }) => groupOf({ topic, phrase: null }, own, mask))
  return [...named, ...found.map(({ phrase, texts: own }) => groupOf({ topic: null, phrase }, own, mask))]
    .filter(({ n }) => n !== 0)
    .toSorted((a, b) => (b.n ?? 0) - (a.n ?? 0))
}

function groupOf(
  name: Pick<TextGroup, 'topic' | 'phrase'>,
  texts: readonly string[],
  mask: (text: string) => string,
): TextGroup {
  if (isSmall(texts.length)) return { ...name, n: null, examples: [] }
  const examples = [...new Set(texts.map(text => shortened(mask(text))))].slice(0, EXAMPLES)
  return { ...name, n: texts.length, examples }
}

function shortened(text: string): string {
  const signs = Array.from(text)
  return signs.length > LONGEST ? `${signs.slice(0, LONGEST).join('')}…` : text
}

/** Pairs of characters that five texts or more share, most frequent first; a text counts for the first that it holds. */
function sharedPhrases(texts: readonly string[]): { phrase: string; texts: string[] }[] {
  const groups: { phrase: string; texts: string[] }[] = []
  let rest = [...texts]
  while (groups.length < MOST_FOUND) {
    const [best] = [...pairCounts(rest)].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    if (!best || best[1] < SMALLEST_SHOWN) break
    const [phrase] = best
    groups.push({ phrase, texts: rest.filter(text => text.includes(phrase)) })
    rest = rest.filter(text => !text.includes(phrase))
  }
  return groups
}

/** In how many texts each pair stands; words that say nothing are no phrase. */
function pairCounts(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) {
    const pairs = new Set(Array.from(text.matchAll(/(?=(\p{Script=Han}{2}))/gu), ([, pair = '']) => pair))
    for (const pair of pairs) if (!EMPTY.has(pair)) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  return counts
}

const EMPTY = new Set(
  '我们 你们 他们 没有 什么 怎么 这个 那个 可以 能不 不能 希望 谢谢 一下 一个 就是 还是 有点 觉得 感觉 因为 所以 但是 比较 时候 一点 多一'.split(
    ' ',
  ),
)
