import type { Turn } from './machine.ts'

/** The very first words choose a language, and English sentences outside any matter; else people say so themselves. */
export function guessLanguage(turn: Turn, said: string): void {
  const { conversation } = turn
  const isEnglish =
    (!conversation.greeted && isKnownWord(turn, said)) || (conversation.current === null && isSentence(turn, said))
  if (isEnglish) conversation.language = 'en'
}

/** A word that begins something, in plain letters. */
function isKnownWord({ library }: Turn, said: string): boolean {
  if (!/^[\x20-\x7e]+$/.test(said)) return false
  const plain = library.plain(said)
  return (
    library.isWord('words.greeting', plain) ||
    library.flowByKeyword(plain) !== null ||
    library.commandWord(plain) !== null
  )
}

/** So many different words that are in English only: one alone may stand in a name. Our own choice. */
const ENGLISH_WORDS = 2

function isSentence({ library }: Turn, said: string): boolean {
  if (/\p{Script=Han}/u.test(said)) return false
  const words = [...new Set(said.toLowerCase().match(/[a-z]+/g))]
  return words.filter(word => library.isWord('words.onlyEnglish', word)).length >= ENGLISH_WORDS
}
