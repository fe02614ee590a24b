import type { Answer, Turn, Walk } from '../machine.ts'
import { addDays, type LocalDate } from '../../domain/world.ts'
import { looksLikeName } from '../../domain/surnames.ts'
import { pickDirectly } from '../pickOption.ts'
import { plainValue } from '../plainText.ts'
import { madeOnce } from '../stepText.ts'
import type { InputType, Json } from '../types.ts'
import { showBothCalendars } from '../understanding/showDay.ts'
import type { Understood, UnderstandContext } from '../understanding/types.ts'
import { text } from '../walk.ts'
import { readPlainDay } from './plainDay.ts'
import { readPlainId, readPlainMobile } from './plainNumber.ts'

/** The fields of a question that decide how an answer is read. */
export interface Question {
  type: InputType
  options?: (string | number)[] | undefined
  sense?: 'dueDate' | 'birthDate' | undefined
  min?: number | string | undefined
  max?: number | string | undefined
  /** Whether what was understood is said, or kept beside the value. */
  echo?: boolean | undefined
  nameSlot?: string | undefined
  /** Words by which a flow is begun name an option of this question. */
  opening?: boolean | undefined
}

const none: Understood = { status: 'none' }

/** 我叫李小红，身份证4207… answers another question, although 身份证 is a choice here. */
const HOLDS_NUMBER = /\d{7,}/u

/** `today-21d` as a day; numbers and plain days as they are. */
export function boundOf(bound: number | string, today: LocalDate): number | string {
  if (typeof bound !== 'string' || !bound.startsWith('today')) return bound
  const days = bound.slice('today'.length).replace('d', '')
  return days === '' ? today : addDays(today, Number(days))
}

/** Reads a pressed button, a typed text or a photo as an answer to this question. */
export function readAnswer(walk: Walk, question: Question, key: (part: string) => string, answer: Answer): Understood {
  if (answer.kind === 'media') return readMedia(question, answer)
  if (answer.kind === 'pressed') return readPressed(walk, question, key, answer.value)
  const direct = pickAnswer(walk, question, key, answer.text)
  if (direct !== null) return readPressed(walk, question, key, direct)
  const context = contextOf(walk, question, key)
  const heard =
    readPlainly(walk, question, answer.text, context) ??
    walk.turn.library.readValue(question.type, answer.text, context)
  if (question.type === 'name') return doubted(walk, answer.text, heard)
  if (question.type === 'choice' && heard.status === 'ok' && HOLDS_NUMBER.test(answer.text)) return none
  if (heard.status === 'ok' && question.options) return { ...heard, value: ownValue(question, heard.value) }
  return heard.status === 'none' && question.opening ? readAsOpening(walk, question, key, answer.text) : heard
}

/** Parts of the keys of an option, each put together once. */
const labelPart = madeOnce(value => `options.${value}`)
const wordsPart = {
  synonyms: madeOnce(value => `synonyms.${value}`),
  opening: madeOnce(value => `opening.${value}`),
}

/** What people answer to other questions, or press on other screens. */
const OTHER_BUTTONS = ['words.yes', 'words.no', 'words.skip', 'words.enough']

const NO_NAME: Understood = { status: 'invalid', reason: 'not-a-name' }
/** 位数不对 would send somebody looking for the missing figures of his phone. */
const PHONE: Understood = { status: 'invalid', reason: 'is-phone' }

/** Nearly anything may be a name: 提交 and 跳过 are none, and 等一下 is shown before it counts. */
function doubted({ turn: { library } }: Walk, said: string, heard: Understood): Understood {
  // 位数不对 is said of figures.
  if (heard.status === 'invalid' && heard.reason === 'length') return NO_NAME
  if (heard.status !== 'ok' || looksLikeName(plainValue(heard.value))) return heard
  const plain = library.plain(said)
  if (OTHER_BUTTONS.some(words => library.isWord(words, plain))) return NO_NAME
  return { ...heard, confirm: true }
}

/** 我怀孕了 names the mother to whoever begins with it, and no less to whoever is asked. */
function readAsOpening(walk: Walk, question: Question, key: (part: string) => string, said: string): Understood {
  if (question.type !== 'choice' || !question.options) return none
  const { today } = walk.turn.context
  const options = question.options.map(value => optionOf(walk, key, value, 'opening'))
  const heard = walk.turn.library.readValue('choice', said, { today, options })
  return heard.status === 'ok' ? { ...heard, value: ownValue(question, heard.value) } : heard
}

/** What is written the way forms want it needs no reader of everything that people say. */
function readPlainly(walk: Walk, question: Question, said: string, context: UnderstandContext): Understood | null {
  const { type } = question
  if (type === 'date') return readPlainDay(said, context, showOf(walk, question))
  if (type === 'idNumber') return readPlainMobile(said) ? PHONE : readPlainId(said, context.today)
  return type === 'phone' ? readPlainMobile(said) : null
}

/** Both calendars are worked out only where somebody will see them. */
function showOf({ turn }: Walk, { echo, nameSlot }: Question): (date: LocalDate) => string {
  const shows = echo === true || nameSlot !== undefined
  return date => (shows ? showBothCalendars(turn.conversation.language, date) : '')
}

/** The button a text names outright; the reader is for everything said in other words. */
function pickAnswer({ turn }: Walk, question: Question, key: (part: string) => string, said: string): string | null {
  if (question.type === 'yesNo') return pickYesNo(turn, said)
  if (question.type !== 'choice' || !question.options) return null
  const options = question.options.map(value => ({
    value: String(value),
    label: key(labelPart(String(value))),
    words: key(wordsPart.synonyms(String(value))),
  }))
  return pickDirectly(turn, turn.library.plain(said), options)
}

/** 是 or 不是 as they stand on the buttons, which most people type. */
function pickYesNo({ library, conversation }: Turn, said: string): string | null {
  const plain = library.plain(said)
  if (plain === library.texts.plain(conversation.language, 'common.yes')) return 'true'
  return plain === library.texts.plain(conversation.language, 'common.no') ? 'false' : null
}

function readMedia(question: Question, answer: Extract<Answer, { kind: 'media' }>): Understood {
  if (question.type !== 'photo' || answer.mediaType !== 'image') return none
  return { status: 'ok', value: answer.mediaId, confirm: false, shown: '' }
}

function readPressed(walk: Walk, question: Question, key: (part: string) => string, pressed: string): Understood {
  if (question.type === 'yesNo') {
    if (pressed !== 'true' && pressed !== 'false') return none
    return {
      status: 'ok',
      value: pressed === 'true',
      confirm: false,
      shown: text(walk.turn, pressed === 'true' ? 'common.yes' : 'common.no'),
    }
  }
  const option = question.options?.find(value => String(value) === pressed)
  if (option === undefined) return none
  return { status: 'ok', value: option, confirm: false, shown: text(walk.turn, key(labelPart(pressed))) }
}

// Options travel as text through the reader; a number in the flow is a number in the slot.
function ownValue(question: Question, value: Json): Json {
  return question.options?.find(option => optionName(option) === value) ?? value
}

// A typed 5 means the fifth choice on the screen, never the option whose value is 5.
function optionName(option: string | number): string {
  return typeof option === 'number' ? `value-${option}` : option
}

// Field by field: spreading what is mostly absent would cost more than reading a short answer.
function contextOf(walk: Walk, question: Question, key: (part: string) => string): UnderstandContext {
  const { turn, session } = walk
  const { today } = turn.context
  const { sense, min, max, options } = question
  const context: UnderstandContext = { today, language: turn.conversation.language }
  if (sense) context.sense = sense
  if (min !== undefined) context.min = boundOf(min, today)
  if (max !== undefined) context.max = boundOf(max, today)
  if (session.within) context.within = session.within
  if (options) context.options = options.map(value => optionOf(walk, key, value, 'synonyms'))
  return context
}

function optionOf(
  { turn }: Walk,
  key: (part: string) => string,
  value: string | number,
  words: 'synonyms' | 'opening',
) {
  const named = String(value)
  const synonyms = turn.library.texts.words(key(wordsPart[words](named)))
  return { value: optionName(value), label: text(turn, key(labelPart(named))), synonyms }
}
