import { stepTexts } from '../stepText.ts'
import type { Answer, CompiledStep, Exit, Move, Walk } from '../machine.ts'
import { plainValue } from '../plainText.ts'
import { readIdentityNumber } from '../../domain/identityNumber.ts'
import { dropDependents } from '../scope.ts'
import { offered } from '../packLists.ts'
import { showDay, walkValues } from '../showValue.ts'
import type { Choice, InputHint, Json, Language } from '../types.ts'
import type { Understood } from '../understanding/types.ts'
import { choiceKey, named, reply, say, text } from '../walk.ts'
import { compiledBase, go, wait } from './base.ts'
import { boundOf, readAnswer } from './readAnswer.ts'
import { asMonth, beyond, completed, missingOf, showPeriod } from './partOfDay.ts'
import { isUnusual } from './doubt.ts'
import { readPlainId, readPlainMobile } from './plainNumber.ts'
import type { AskSource } from './schema.ts'

type Heard = Extract<Understood, { status: 'ok' }>

/** A question with what can be told of it once. */
interface Ask {
  source: AskSource
  key: (part: string) => string
  text: string
  example: string
  /** Every way to answer by a button that the flow itself names: its value, and the key of its label. */
  buttons: readonly { value: string; label: string }[]
  /** Hints that are the same at every turn: flow and texts belong to one library, which never changes. */
  hints: Map<Language, InputHint>
}

export function compileAsk(flow: string, source: AskSource): CompiledStep {
  const key = stepTexts(flow, source.id)
  const base = compiledBase(source)
  const ask: Ask = {
    source,
    key,
    text: key('text'),
    example: key('example'),
    buttons: buttonsOf(source, key),
    hints: new Map(),
  }
  return {
    ...base,
    slot: source.slot,
    fills: source.nameSlot ? [source.slot, source.nameSlot] : [source.slot],
    standsOn: source.dependsOn,
    dependsOn: [...base.dependsOn, ...source.dependsOn],
    waits: true,
    exits: exitsOf(source, key),
    texts: ['text', 'help', ...(source.review ? ['label'] : []), ...(source.expects ? ['doubt'] : [])].map(key),
    put: walk => putQuestion(walk, ask),
    enter: walk => {
      if (isKnown(walk, source)) return passKnown(walk, source)
      putQuestion(walk, ask)
      return wait
    },
    answer: (walk, answer) => take(walk, ask, answer),
    read: (walk, answer) => read(walk, ask, answer),
    accept: (walk, value, shown) =>
      source.type === 'region' ? acceptPlace(walk, ask, value) : accept(walk, source, value, shown),
  }
}

/** What the first words told is an answer like any other: 上一步 comes back to it. */
function passKnown({ session }: Walk, source: AskSource): Move {
  const told = source.opening && !session.stack && !session.path.includes(source.id)
  return told ? go(source, viaOf(source, session.slots[source.slot] ?? null), true) : go(source, 'known', false)
}

/** What the first words named does not hold where it is not offered. */
function isKnown(walk: Walk, source: AskSource): boolean {
  const { slots } = walk.session
  if (!(source.slot in slots)) return false
  if (!source.opening || !source.optionsFrom) return true
  const [{ options }] = offered(walk, source, part => part)
  if (options?.some(option => option === slots[source.slot])) return true
  delete slots[source.slot]
  return false
}

function exitsOf(source: AskSource, key: (part: string) => string): Exit[] {
  const to = source.next ?? null
  const skipped: Exit[] = source.optional ? [{ via: 'skipped', to, label: key('skip') }] : []
  const listed: Exit[] = source.optionsFrom ? [{ via: 'listed', to }] : []
  if (source.options) {
    const named = source.options.map(value => ({ via: String(value), to, label: key(`options.${value}`) }))
    return [...listed, ...named, ...skipped]
  }
  if (source.optionsFrom) return [...listed, ...skipped]
  const yesNo = [
    { via: 'true', to, label: 'common.yes' },
    { via: 'false', to, label: 'common.no' },
  ]
  return [...(source.type === 'yesNo' ? yesNo : [{ via: 'answered', to }]), ...skipped]
}

function buttonsOf(source: AskSource, key: (part: string) => string): Ask['buttons'] {
  const options = source.options?.map(value => ({ value: String(value), label: key(`options.${value}`) })) ?? []
  const yesNo = [
    { value: 'true', label: 'common.yes' },
    { value: 'false', label: 'common.no' },
  ]
  const answers = source.type === 'yesNo' ? yesNo : options
  return source.optional ? [...answers, { value: 'skip', label: key('skip') }] : answers
}

function putQuestion(walk: Walk, ask: Ask): void {
  const { partly } = walk.session
  if (partly !== undefined) return putRest(walk, ask, partly)
  const said = text(walk.turn, ask.text, walkValues(walk))
  const input = hintOf(walk, ask)
  const choices = choicesOf(walk, ask)
  if (choices.length === 0) return reply(walk.turn, { kind: 'text', text: said, input })
  reply(walk.turn, { kind: 'choices', text: said, choices, input })
}

/** Asks for what is missing to a day. Without buttons: where they are numbered lines, 1 would be one of them and no day. */
function putRest(walk: Walk, ask: Ask, partly: string): void {
  const known = showPeriod(walk.turn.conversation.language, partly)
  const said = text(walk.turn, 'common.dayFurther', named({ known, missing: missingOf(partly, ask.source.precision) }))
  reply(walk.turn, { kind: 'text', text: said, input: hintOf(walk, ask) })
}

function choicesOf(walk: Walk, ask: Ask): Choice[] {
  const { session, turn } = walk
  const buttons = ask.source.optionsFrom ? buttonsOf(...offered(walk, ask.source, ask.key)) : ask.buttons
  return buttons.map(({ value, label }) => ({ key: choiceKey(session, value), label: text(turn, label) }))
}

/** Made once where nothing in it can change: without bounds, which may move with the day, and names in the example. */
function hintOf(walk: Walk, ask: Ask): InputHint {
  const { language } = walk.turn.conversation
  const known = ask.hints.get(language)
  if (known) return known
  const hint = makeHint(walk, ask)
  const { texts } = walk.turn.library
  const fixedExample = hint.example === undefined || texts.plain(language, ask.example) !== null
  const bound = hint.min !== undefined || hint.max !== undefined
  if (fixedExample && !bound) ask.hints.set(language, Object.freeze(hint))
  return hint
}

function makeHint(walk: Walk, { source, example }: Ask): InputHint {
  const { slot, optional, sensitive } = source
  // A picker of days would ask for more than is wanted.
  const type = source.precision === 'month' ? 'text' : source.type
  const hint: InputHint = { slot, type, required: !optional, sensitive }
  if (walk.turn.library.texts.has('zh-CN', example)) hint.example = text(walk.turn, example, walkValues(walk))
  return source.min === undefined && source.max === undefined ? hint : Object.assign(hint, boundsOf(walk, source))
}

function boundsOf({ turn }: Walk, { min, max }: AskSource): Pick<InputHint, 'min' | 'max'> {
  const { today } = turn.context
  const bounds: Pick<InputHint, 'min' | 'max'> = {}
  if (min !== undefined) bounds.min = boundOf(min, today)
  if (max !== undefined) bounds.max = boundOf(max, today)
  return bounds
}

function take(walk: Walk, ask: Ask, answer: Answer): Move {
  const { source } = ask
  if (source.optional && isSkip(walk, ask, answer)) return accept(walk, source, null, '')
  if (source.maxLength && isLonger(answer, source.maxLength)) {
    return { move: 'refuse', reason: 'tooLong', detail: String(source.maxLength) }
  }
  if (source.type === 'text' && isNumberOfLater(walk, answer))
    return { move: 'refuse', reason: 'asked-later', detail: '' }
  if (source.type === 'phone' && hasNoPhone(walk, answer)) return { move: 'refuse', reason: 'no-phone', detail: '' }
  const heard = read(walk, ask, answer)
  if ((heard.status === 'none' || heard.status === 'invalid') && isUnsure(walk, answer))
    return { move: 'refuse', reason: 'not-known', detail: '' }
  if (heard.status === 'none' && source.type === 'region' && namesPlace(answer))
    return { move: 'refuse', reason: 'no-such-region', detail: '' }
  // A bare number can mean a place in the list or points: shown before it counts.
  const unsure =
    source.rating && heard.status === 'ok' && answer.kind === 'text' && /\d/u.test(answer.text.normalize('NFKC'))
  return takeHeard(walk, ask, unsure ? { ...heard, confirm: true } : heard, answer.kind === 'media')
}

/** 清水镇, qingshui zhen: heard well, and nowhere in the lists. */
const PLACE = /(?:省|市|区|县|旗|镇|乡|街道|村|社区|屯|寨)$|(?:zhen|xiang|cun|xian|shi|qu|sheng)$/iu

function namesPlace(answer: Answer): boolean {
  return answer.kind === 'text' && PLACE.test(answer.text.trim())
}

/** 不知道: no bad word is said of it, but it counts, so that an officer is asked in after three. */
function isUnsure({ turn: { library } }: Walk, answer: Answer): boolean {
  return answer.kind === 'text' && library.isWord('words.unsure', library.plain(answer.text))
}

/** Whom nobody can call is told whose number helps; it counts as a bad answer, so that an officer is asked in after three. */
function hasNoPhone({ turn: { library } }: Walk, answer: Answer): boolean {
  return answer.kind === 'text' && library.isPhrase('noPhone', library.plain(answer.text))
}

/** No number that is asked for is shorter. */
const MOBILE_LENGTH = 11

/** An identity number where 您是他的什么人 is asked: kept as a relation it would stand in the case, and still be asked for. */
function isNumberOfLater({ flow, session, turn }: Walk, answer: Answer): boolean {
  if (answer.kind !== 'text' || answer.text.length < MOBILE_LENGTH) return false
  const said = answer.text.trim().toUpperCase()
  const type = readPlainMobile(said) ? 'phone' : readPlainId(said, turn.context.today) ? 'idNumber' : null
  if (type === null) return false
  const at = flow.steps.findIndex(({ id }) => id === session.step)
  return flow.steps.slice(at + 1).some(({ source }) => source.kind === 'ask' && source.type === type)
}

function isLonger(answer: Answer, length: number): boolean {
  return answer.kind === 'text' && answer.text.length > length && answer.text.trim().length > length
}

function read(walk: Walk, ask: Ask, answer: Answer): Understood {
  return ask.source.type === 'date' ? readDated(walk, ask, answer) : readOffered(walk, ask, answer)
}

function readOffered(walk: Walk, { source, key }: Ask, answer: Answer): Understood {
  const [question, nameOf] = offered(walk, source, key)
  return readAnswer(walk, question, nameOf, answer)
}

/** A day, also in two answers: 2027年3月, then 15号. A side question in between leaves the first part as it was. */
function readDated(walk: Walk, { source, key }: Ask, answer: Answer): Understood {
  const { partly } = walk.session
  const whole = partly !== undefined && answer.kind === 'text' ? completed(partly, answer.text) : null
  const joined: Understood =
    whole === null ? { status: 'none' } : readAnswer(walk, source, key, { kind: 'text', text: whole })
  const heard = joined.status === 'none' ? readAnswer(walk, source, key, answer) : joined
  if (source.precision === 'day') return heard
  const { language } = walk.turn.conversation
  const month = asMonth(language, heard)
  return (month.status === 'ok' ? beyond(plainValue(month.value), boundsOf(walk, source)) : null) ?? month
}

function takeHeard(walk: Walk, ask: Ask, heard: Understood, media: boolean): Move {
  switch (heard.status) {
    case 'ok':
      return takeUnderstood(walk, ask, heard)
    case 'ambiguous':
      // wuhan and 武汉: which place the choices lie in is shown, as it would be if it were the answer.
      if (heard.within !== undefined) say(walk.turn, 'common.regionWithin', named({ shown: heard.within }))
      return { move: 'confirm', confirming: { kind: 'options', options: heard.options } }
    case 'invalid':
      return { move: 'refuse', reason: heard.reason, detail: heard.detail ?? '' }
    case 'approx':
      return heard.within
        ? askFurther(walk, ask, heard.within, heard.detail)
        : (askRest(walk, ask, heard.detail) ?? { move: 'refuse', reason: 'approx', detail: heard.detail })
    case 'none':
      return { move: 'refuse', reason: media ? 'media' : 'unreadable', detail: '' }
  }
}

function takeUnderstood(walk: Walk, { source, key }: Ask, { value, shown, confirm }: Heard): Move {
  if (isUnusual(walk, source, value))
    return { move: 'confirm', confirming: { kind: 'value', value, shown, doubt: key('doubt') } }
  return confirm ? { move: 'confirm', confirming: { kind: 'value', value, shown } } : accept(walk, source, value, shown)
}

function isSkip({ turn, session }: Walk, { source, key, buttons }: Ask, answer: Answer): boolean {
  if (answer.kind === 'pressed') return answer.value === 'skip'
  if (answer.kind !== 'text') return false
  const said = turn.library.plain(answer.text)
  // The button stands last, and where buttons cannot be shown it is a numbered line. A figure may be the answer to a figure.
  const figure = source.type === 'number' || session.partly !== undefined
  if (!figure && !source.optionsFrom && said === String(buttons.length)) return true
  if (turn.library.isWord('words.unsure', said) && source.type !== 'choice') return true
  return said === turn.library.plain(text(turn, key('skip'))) || turn.library.isWord('words.skip', said)
}

/** A place that is right but too wide: the next answer is searched below it. */
function askFurther(walk: Walk, ask: Ask, within: string, shown: string): Move {
  walk.session.within = within
  const further = text(walk.turn, 'common.regionFurther', name => (name === 'shown' ? shown : null))
  reply(walk.turn, { kind: 'text', text: further, input: hintOf(walk, ask) })
  return { move: 'more' }
}

/** A day of which only year or month was said: that is kept, and only the rest is asked. Null: said no more than before. */
function askRest(walk: Walk, ask: Ask, period: string): Move | null {
  const { session } = walk
  const known = ask.source.type === 'date' && missingOf(period, ask.source.precision) !== null
  if (!known || period === session.partly) return null
  session.partly = period
  putQuestion(walk, ask)
  return { move: 'more' }
}

/** A place chosen from several may still be too wide, so its code is read once more. */
function acceptPlace(walk: Walk, ask: Ask, code: Json): Move {
  delete walk.session.within
  const heard = walk.turn.library.readValue('region', plainValue(code), { today: walk.turn.context.today })
  return takeHeard(walk, ask, heard, false)
}

/** A value that counts: everything that stood on another one goes. */
function accept(walk: Walk, source: AskSource, value: Json, shown: string): Move {
  const { session } = walk
  // Deleting what is not there costs as much as all the rest of this function.
  if (session.within !== undefined) delete session.within
  session.slots[source.slot] = value
  if (source.nameSlot) session.slots[source.nameSlot] = shown
  if (session.before && source.slot in session.before && session.before[source.slot] !== value) {
    dropDependents(walk, source.slot)
  }
  if (source.echo && value !== null) echo(walk, source, value, shown)
  return go(source, viaOf(source, value), true)
}

/** Says what was understood; of an identity number also what it tells, so that a slip is seen. */
function echo({ turn }: Walk, source: AskSource, value: Json, shown: string): void {
  const id = source.type === 'idNumber' ? readIdentityNumber(plainValue(value), turn.context.today) : null
  if (!id?.ok) return say(turn, 'common.noted', named({ shown }))
  say(turn, 'common.notedId', named({ shown, birth: showDay(turn.conversation.language, id.birth), sex: id.sex }))
}

function viaOf(source: AskSource, value: Json): string {
  if (value === null) return 'skipped'
  if (source.optionsFrom && !source.options?.some(option => option === value)) return 'listed'
  return source.options || source.type === 'yesNo' ? plainValue(value) : 'answered'
}
