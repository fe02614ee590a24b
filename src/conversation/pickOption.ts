import type { Answer, Turn, Walk } from './machine.ts'
import { plainText } from './plainText.ts'
import { isQuestion } from './understanding/yesNo.ts'
import { text } from './walk.ts'

/** One thing to choose: its label is a key of the catalogue, `words` names a list of further words. */
export interface Option {
  value: string
  label: string
  /** Key of a word list. */
  words: string
}

/**
 * The option a text means, or null. Labels, numbers and single words are compared directly, as nearly every answer
 * is one of them; only what is left goes through the reader, which costs fifty times as much.
 */
export function pickOption(turn: Turn, said: string, options: Option[]): string | null {
  const direct = pickDirectly(turn, plainText(said), options)
  if (direct !== null) return direct
  const heard = turn.library.readValue('choice', said, {
    today: turn.context.today,
    options: options.map(({ value, label, words }) => ({
      value,
      label: text(turn, label),
      synonyms: turn.library.texts.words(words),
    })),
  })
  return heard.status === 'ok' && typeof heard.value === 'string' ? heard.value : null
}

/** Yes or no by button or word, by the keys of the labels of both buttons. Null: neither. */
export function yesOrNo({ turn }: Walk, given: Answer, [yes, no]: [yes: string, no: string]): boolean | null {
  if (given.kind === 'pressed') return given.value === 'yes' ? true : given.value === 'no' ? false : null
  if (given.kind !== 'text') return null
  const options = [
    { value: 'yes', label: yes, words: 'words.yes' },
    { value: 'no', label: no, words: 'words.no' },
  ]
  const direct = pickDirectly(turn, plainText(given.text), options)
  if (direct !== null) return direct === 'yes'
  if (denies(turn, given.text, yes)) return false
  // 可以不填身份证吗 and 等我男人回来再提交 hold a word of consent, and nobody has consented.
  if (isQuestion(given.text)) return null
  if (isWhollyYes(turn, given.text, yes)) return true
  return pickOption(turn, given.text, options) === 'no' ? false : null
}

/** 不取消 to 取消办理: the yes itself, or how it begins, with a no before it. */
function denies({ library, conversation }: Turn, said: string, yes: string): boolean {
  const plain = library.plain(said)
  const label = library.texts.plain(conversation.language, yes) ?? ''
  return library.texts
    .words('words.denials')
    .some(no => plain.length > no.length && plain.startsWith(no) && label.startsWith(plain.slice(no.length)))
}

const MARKS = /[\p{P}\p{S}\s]/gu

/** Nothing is said besides the yes: what counts in law, or cannot be taken back, is never read out of a longer sentence. */
function isWhollyYes({ library, conversation }: Turn, said: string, label: string): boolean {
  const named = library.texts.plain(conversation.language, label)?.replace(MARKS, '') ?? ''
  const plain = library.plain(said).replace(MARKS, '')
  const rest =
    named === '' ? plain : plain.replaceAll(named, library.texts.plain(conversation.language, 'common.right') ?? '')
  return library.isPhrase('agreed', rest)
}

/** Without the reader: a label, a place in the list, or a word of exactly one option. */
export function pickDirectly({ library, conversation }: Turn, plain: string, options: Option[]): string | null {
  const labels = options.map(({ label }) => library.texts.plain(conversation.language, label))
  const labelled = options[labels.indexOf(plain)]
  if (labelled) return labelled.value
  // 〔2〕〔3〕: where the choices are numbers themselves, 2 is the number and no place in the list.
  if (/^[1-9]$/.test(plain) && !labels.some(label => label !== null && /^\d+$/.test(label)))
    return options[Number(plain) - 1]?.value ?? null
  const worded = options.filter(({ words }) => library.isWord(words, plain))
  return worded.length === 1 ? (worded[0]?.value ?? null) : null
}
