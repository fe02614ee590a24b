import { plainText } from './plainText.ts'
import type { Texts } from './texts.ts'

/** What people say in a hundred ways, none of them a command: the words it is made of stand in `locales/…/phrases.yaml`. */
const phraseNames = ['voice', 'noPhone', 'howLong', 'agreed'] as const
export type PhraseName = (typeof phraseNames)[number]

/** Longest sentence that is nothing but such words. */
const LONGEST = 24
/** Words before and after the one that tells; bounded, so that no sentence takes long. */
const MOST_AROUND = 6

/**
 * Whether a normalised text says this and nothing else: `core`, with any of `before` and `after` around it. A sentence with one
 * word of another kind in it means something else and is left to the reader of meanings.
 */
export function compilePhrases(texts: Texts): (name: PhraseName, plain: string) => boolean {
  const expressions = new Map(phraseNames.map(name => [name, expressionOf(texts, name)]))
  return (name, plain) => plain.length <= LONGEST && (expressions.get(name)?.test(plain) ?? false)
}

function expressionOf(texts: Texts, name: PhraseName): RegExp | null {
  const anyOf = (part: string) =>
    texts
      .words(`phrases.${name}.${part}`)
      .map(word => plainText(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('|')
  const core = anyOf('core')
  if (core === '') return null
  const around = (words: string) => (words === '' ? '' : `(?:${words}){0,${MOST_AROUND}}`)
  return new RegExp(`^${around(anyOf('before'))}(?:${core})${around(anyOf('after'))}$`, 'u')
}
