import { plainText } from './plainText.ts'
import type { Texts } from './texts.ts'
import { holdsFirstOf, unitsOf } from './understanding/codeUnits.ts'

/** What is sad in a text: so many sentences, and whether one of them is heavy. */
export interface Mood {
  low: number
  heavy: boolean
}

const CALM: Mood = { low: 0, heavy: false }

/** Where one sentence ends and the next begins. */
const SENTENCES = /[，,。；;！!？?\n.…~～]+/u

/**
 * Reads sadness without a word of danger. Words in `locales/<language>/distress.yaml`: `low`, of which `heavy` are so heavy that
 * silence after them is answered; `about` are things one is only annoyed with (系统, 排队), and then it is no sadness.
 */
export function compileMood(texts: Texts): (said: string, plain: string) => Mood {
  const words = (name: string) => texts.words(`distress.${name}`).map(plainText)
  const sadWords = [...words('low'), ...words('heavy')]
  const [sad, heavy, about] = [anyOf(sadWords), anyOf(words('heavy')), anyOf(words('about'))]
  const mayHold = holdsBeginningOf(sadWords)
  return (said, plain) => {
    if (!mayHold(plain) || !sad.test(plain)) return CALM
    const sentences = said.split(SENTENCES).map(plainText)
    const felt = sentences.filter(one => sad.test(one) && !about.test(one))
    return { low: felt.length, heavy: felt.some(one => heavy.test(one)) }
  }
}

/** Any of the words; of none, nothing. */
function anyOf(words: string[]): RegExp {
  const alternatives = words.map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(alternatives.length > 0 ? alternatives.join('|') : '(?!)', 'u')
}

/** Whether a text holds the first two characters of any of these words: told in a fraction of what the search costs. */
function holdsBeginningOf(words: string[]): (plain: string) => boolean {
  const holdsFirst = holdsFirstOf(words)
  const firsts = unitsOf(words)
  const begins = new Set(words.map(word => word.slice(0, 2)))
  return plain => {
    if (!holdsFirst(plain)) return false
    for (let at = 0; at < plain.length - 1; at++) {
      if (firsts[plain.charCodeAt(at)] === 1 && begins.has(plain.slice(at, at + 2))) return true
    }
    return false
  }
}
