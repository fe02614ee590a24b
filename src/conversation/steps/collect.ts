import { stepTexts } from '../stepText.ts'
import type { Answer, CompiledStep, Move, Walk } from '../machine.ts'
import { showItem, walkValues } from '../showValue.ts'
import type { Choice, InputHint, InputType, Json } from '../types.ts'
import type { Understood } from '../understanding/types.ts'
import { choiceKey, reply, say, text } from '../walk.ts'
import { compiledBase, go, wait } from './base.ts'
import { boundOf, readAnswer, type Question } from './readAnswer.ts'
import type { CollectSource } from './schema.ts'

/** One question of an item; `name` is empty where an item is a single value. */
interface Part extends Question {
  name: string
  type: InputType
  key(part: string): string
}

interface Collect {
  source: CollectSource
  parts: Part[]
  /** Marks the list as complete, so that coming back does not ask again. */
  closed: string
  key(part: string): string
}

export function compileCollect(flow: string, source: CollectSource): CompiledStep {
  const key = stepTexts(flow, source.id)
  const collect: Collect = { source, parts: partsOf(source, key), closed: `${source.slot}Closed`, key }
  const base = compiledBase(source)
  return {
    ...base,
    slot: source.slot,
    fills: [source.slot, collect.closed],
    standsOn: source.count ? [source.count] : [],
    dependsOn: [...base.dependsOn, ...(source.count ? [source.count] : [])],
    waits: true,
    exits: [{ via: 'answered', to: source.next ?? null, label: key('enough') }],
    texts: textsOf(collect),
    put: walk => putQuestion(walk, collect),
    enter: walk => enter(walk, collect),
    answer: (walk, answer) => take(walk, collect, answer),
    accept: (walk, value) => add(walk, collect, value),
    back: walk => takeBack(walk, collect),
    reopen: (walk, why) => reopen(walk, collect, why),
    edit: (walk, what, number) => edit(walk, collect, what, number),
  }
}

function partsOf(source: CollectSource, key: (part: string) => string): Part[] {
  const { type = 'text', sense, min, max } = source
  if (!source.fields) return [{ name: '', type, sense, min, max, key }]
  return source.fields.map(field => ({ ...field, key: part => key(`fields.${field.name}.${part}`) }))
}

function textsOf({ source, parts, key }: Collect): string[] {
  const named = parts.slice(source.fields ? 1 : 0).filter(({ name }) => name !== '')
  const labels = parts.flatMap(part => (part.options ?? []).map(value => part.key(`options.${value}`)))
  return [
    ...['text', 'more', 'help', ...(source.review ? ['label'] : [])].map(key),
    ...named.map(part => part.key('text')),
    ...labels,
  ]
}

function enter(walk: Walk, collect: Collect): Move {
  const { slots } = walk.session
  if (slots[collect.closed] === true && collect.source.slot in slots) return go(collect.source, 'known', false)
  // A full list that is being corrected stays open for 改第N个 and 删除第N个.
  const correcting = walk.session.before !== undefined && itemsOf(walk, collect).length > 0
  if (isFull(walk, collect) && !correcting) return close(walk, collect, false)
  putQuestion(walk, collect)
  return wait
}

function itemsOf({ session }: Walk, { source }: Collect): Json[] {
  const items = session.slots[source.slot]
  return Array.isArray(items) ? items : []
}

/** How long the list can become: the number said before, or the limit. */
function lengthOf({ session }: Walk, { source }: Collect): number {
  const count = source.count ? session.slots[source.count] : null
  return typeof count === 'number' ? Math.min(count, source.atMost) : source.atMost
}

/** With a number said before, that many; else the declared least. */
function leastOf(walk: Walk, collect: Collect): number {
  const { count, atLeast } = collect.source
  return count && typeof walk.session.slots[count] === 'number' ? lengthOf(walk, collect) : atLeast
}

function isFull(walk: Walk, collect: Collect): boolean {
  return itemsOf(walk, collect).length >= lengthOf(walk, collect)
}

/** The question that is open: a part of the item which is being given. */
function openPart({ session }: Walk, { parts }: Collect): Part | undefined {
  return parts.find(({ name }) => !(name in (session.item?.given ?? {})))
}

function putQuestion(walk: Walk, collect: Collect): void {
  const { turn } = walk
  const { source, key, parts } = collect
  const part = openPart(walk, collect)
  if (!part) return
  const choices = choicesOf(walk, collect, part)
  const first = part === parts[0]
  const input: InputHint = {
    slot: source.slot,
    type: part.type,
    required: false,
    sensitive: source.sensitive,
    ...boundsOf(walk, part),
  }
  reply(turn, {
    kind: choices.length > 0 ? 'choices' : 'text',
    text: text(
      turn,
      first ? key(openingOf(walk, collect)) : part.key('text'),
      walkValues(walk, placeOf(walk, collect)),
    ),
    ...(choices.length > 0 ? { choices } : {}),
    input,
  })
}

function boundsOf({ turn }: Walk, { min, max }: Part): Pick<InputHint, 'min' | 'max'> {
  const { today } = turn.context
  return {
    ...(min === undefined ? {} : { min: boundOf(min, today) }),
    ...(max === undefined ? {} : { max: boundOf(max, today) }),
  }
}

function openingOf(walk: Walk, collect: Collect): 'text' | 'more' {
  return itemsOf(walk, collect).length > 0 || walk.session.item ? 'more' : 'text'
}

/** What texts of a list may name: `number` of the item in question, `length` of the list, `items` so far, as lines. */
function placeOf(walk: Walk, collect: Collect): Record<string, Json> {
  const items = itemsOf(walk, collect)
  const number = (walk.session.item?.at ?? items.length) + 1
  const lines = items.map((item, n) => `${n + 1}. ${showItem(walk, collect.key, item)}`)
  return { number, length: lengthOf(walk, collect), items: lines.join('\n') }
}

function choicesOf(walk: Walk, collect: Collect, part: Part): Choice[] {
  const { session, turn } = walk
  const choice = (value: string, label: string): Choice => ({
    key: choiceKey(session, value),
    label: text(turn, label),
  })
  const answers = part.options?.map(value => choice(String(value), part.key(`options.${value}`))) ?? []
  if (part.type === 'yesNo') answers.push(choice('true', 'common.yes'), choice('false', 'common.no'))
  return mayStop(walk, collect) ? [...answers, choice('enough', collect.key('enough'))] : answers
}

/** Between two items, once there are enough. */
function mayStop(walk: Walk, collect: Collect): boolean {
  return !walk.session.item && itemsOf(walk, collect).length >= leastOf(walk, collect)
}

function take(walk: Walk, collect: Collect, answer: Answer): Move {
  const items = itemsOf(walk, collect)
  if (isEnough(walk, collect, answer)) {
    if (mayStop(walk, collect)) return close(walk, collect, true)
    if (!walk.session.item)
      return { move: 'refuse', reason: 'tooFew', detail: String(leastOf(walk, collect) - items.length) }
  }
  if (!walk.session.item && isFull(walk, collect))
    return { move: 'refuse', reason: 'tooMany', detail: String(items.length) }
  const part = openPart(walk, collect)
  if (!part) throw new Error(`${walk.flow.name}: ${collect.source.id} has no open question`)
  return takeHeard(walk, collect, readAnswer(walk, part, part.key, answer), answer.kind === 'media')
}

function takeHeard(walk: Walk, collect: Collect, heard: Understood, media: boolean): Move {
  switch (heard.status) {
    case 'ok':
      return heard.confirm
        ? { move: 'confirm', confirming: { kind: 'value', value: heard.value, shown: heard.shown } }
        : add(walk, collect, heard.value)
    case 'ambiguous':
      return { move: 'confirm', confirming: { kind: 'options', options: heard.options } }
    case 'invalid':
      return { move: 'refuse', reason: heard.reason, detail: heard.detail ?? '' }
    case 'approx':
      return { move: 'refuse', reason: 'approx', detail: heard.detail }
    case 'none':
      return { move: 'refuse', reason: media ? 'media' : 'unreadable', detail: '' }
  }
}

function isEnough(walk: Walk, collect: Collect, answer: Answer): boolean {
  const { turn } = walk
  if (answer.kind === 'pressed') return answer.value === 'enough'
  if (answer.kind !== 'text') return false
  const said = turn.library.plain(answer.text)
  if (said === numberOfEnough(walk, collect)) return true
  return said === turn.library.plain(text(turn, collect.key('enough'))) || turn.library.isWord('words.enough', said)
}

/** The button stands last, and where buttons cannot be shown it is a numbered line. A figure may be the answer to a figure. */
function numberOfEnough(walk: Walk, collect: Collect): string | null {
  const part = openPart(walk, collect)
  if (!part || part.type === 'number' || !mayStop(walk, collect)) return null
  return String(choicesOf(walk, collect, part).length)
}

/** A value that counts: the next part of the item, or the next item. */
function add(walk: Walk, collect: Collect, value: Json): Move {
  const { session } = walk
  const part = openPart(walk, collect)
  if (!part) throw new Error(`${walk.flow.name}: ${collect.source.id} has no open question`)
  const items = itemsOf(walk, collect)
  const { at, given } = session.item ?? { at: items.length, given: {} }
  session.item = { at, given: { ...given, [part.name]: value } }
  session.visit += 1
  session.tries = 0
  if (!openPart(walk, collect)) {
    const item = collect.source.fields ? session.item.given : value
    session.slots[collect.source.slot] = items.toSpliced(at, 1, item)
    delete session.item
    if (isFull(walk, collect)) return close(walk, collect, true)
  }
  putQuestion(walk, collect)
  return { move: 'more' }
}

function close(walk: Walk, collect: Collect, answered: boolean): Move {
  const { slots } = walk.session
  slots[collect.source.slot] = itemsOf(walk, collect)
  slots[collect.closed] = true
  if (answered) say(walk.turn, 'common.collected', name => (name === 'count' ? itemsOf(walk, collect).length : null))
  return go(collect.source, 'answered', answered)
}

/** The last value given here, part by part, item by item. */
function takeBack(walk: Walk, collect: Collect): boolean {
  const { session } = walk
  const items = itemsOf(walk, collect)
  if (session.item) {
    const given = Object.entries(session.item.given)
    if (given.length > 1) session.item = { ...session.item, given: Object.fromEntries(given.slice(0, -1)) }
    else delete session.item
  } else if (items.length > 0 && !session.before) session.slots[collect.source.slot] = items.slice(0, -1)
  else return false
  session.visit += 1
  putQuestion(walk, collect)
  return true
}

// A full list has no place for more: the last item is asked again. A list is corrected item by item.
function reopen(walk: Walk, collect: Collect, why: 'back' | 'correct'): void {
  const { slots } = walk.session
  delete slots[collect.closed]
  const items = itemsOf(walk, collect)
  if (why === 'back' && isFull(walk, collect)) slots[collect.source.slot] = items.slice(0, -1)
}

function edit(walk: Walk, collect: Collect, what: 'change' | 'remove', number: number): Move | null {
  const { session } = walk
  const items = itemsOf(walk, collect)
  if (number < 1 || number > items.length) return null
  session.visit += 1
  if (what === 'change') session.item = { at: number - 1, given: {} }
  else {
    delete session.item
    session.slots[collect.source.slot] = items.toSpliced(number - 1, 1)
    say(walk.turn, 'common.removed', name => (name === 'number' ? number : null))
  }
  putQuestion(walk, collect)
  return { move: 'more' }
}
