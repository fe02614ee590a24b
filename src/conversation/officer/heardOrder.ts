import { readNumber } from '../understanding/numbers.ts'
import type { Texts } from '../texts.ts'

/** What officers say in chat, in the order in which it is looked for: 不接3 before 接3, 三号办了吗 before 三号办了. */
export const orderNames = [
  'tasks',
  'more',
  'report',
  'guide',
  'standIn',
  'show',
  'release',
  'leaseAll',
  'closeAll',
  'pauseAll',
  'urgeAll',
  'lease',
  'pause',
  'resume',
  'urge',
  'transfer',
  'decline',
  'agree',
  'ground',
  'script',
  'close',
  'attach',
  'detach',
] as const
export type OrderName = (typeof orderNames)[number]

/** An order as it was understood. Which task a number means is not known here. */
export interface Order {
  name: OrderName
  /** Number in the list last shown; `that`: the task named last; null: none was said. */
  number: number | 'that' | null
  /** Several numbers that were said, for what may be done with several. */
  numbers?: number[]
  /** To whom, in a transfer; empty: not said. */
  who: string
  /** What was done, why it waits, why not: as typed. */
  said: string
}

/**
 * The order a text is, if the whole text is one; null for anything else. Pure, and total: nothing typed makes it fail.
 * `toWhom`: he was asked to whom, and a name alone is an answer.
 */
export type HearOrder = (typed: string, toWhom?: 'toWhom') => Order | null

/** Longer texts are no orders: what was done is told in a sentence or two. */
const LONGEST_ORDER = 400

/** These only tell; the others do something, and a question never does. */
const telling = new Set<OrderName>(['tasks', 'more', 'report', 'guide', 'standIn', 'show', 'ground', 'script'])

interface Pattern {
  name: OrderName
  /** What must stand in the text, in small letters and without spaces: looking for it is far quicker than the expression. */
  fixed: string[]
  expression: RegExp
}

/** Compiles the templates of `orders.yaml` in all languages, once. */
export function compileOrders(texts: Texts): HearOrder {
  const parts = partsOf(texts)
  const patternsOf = (name: OrderName, key: string) =>
    texts.words(key).map((template): Pattern => {
      return { name, fixed: fixedOf(template), expression: expressionOf(template, parts) }
    })
  const patterns = orderNames.flatMap(name => patternsOf(name, `orders.${name}`))
  // 给老王 before 老王, so that 给 is no part of the name.
  const answers = patternsOf('transfer', 'orders.whom').toSorted((a, b) => fixedLength(b) - fixedLength(a))
  const courtesy = new RegExp(`^(?:${parts.before})[ ,]*`, 'iu')
  const asking = new RegExp(`(?:\\?|${parts.asking})[!. ]*$`, 'iu')
  return (typed, toWhom) => {
    if (typed.length > LONGEST_ORDER) return null
    const said = tidy(typed)
    const known = toWhom ? answers : patterns
    return hear(known, said, asking) ?? hear(known, withoutCourtesy(said, courtesy), asking)
  }
}

const fixedLength = ({ fixed }: Pattern): number => fixed.join('').length

function hear(patterns: Pattern[], said: string, asking: RegExp): Order | null {
  const isQuestion = asking.test(said)
  const compact = said.toLowerCase().replaceAll(' ', '')
  for (const { name, fixed, expression } of patterns) {
    if ((isQuestion && !telling.has(name)) || !fixed.every(part => compact.includes(part))) continue
    const match = expression.exec(said)
    if (!match) continue
    const groups = match.groups ?? {}
    const number = numberOf(groups)
    if (number === undefined) continue
    const order = {
      name,
      number,
      who: groups['who'] ?? '',
      said: (groups['said'] ?? '').replace(leadingMarks, '').trim(),
    }
    return groups['several'] === undefined ? order : { ...order, numbers: numbersOf(groups['several']) }
  }
  return null
}

/** Undefined: it looked like a number and is none. */
function numberOf({ digits, that }: Record<string, string | undefined>): Order['number'] | undefined {
  if (that !== undefined) return 'that'
  if (digits === undefined) return null
  const number = readNumber(digits)
  return number !== null && Number.isInteger(number) && number > 0 ? number : undefined
}

/** What is no number is none of the list either. */
function numbersOf(several: string): number[] {
  const words = several.match(new RegExp(DIGITS, 'gu')) ?? []
  const numbers = words.flatMap(word => numberOf({ digits: word }) ?? []).filter(number => typeof number === 'number')
  return [...new Set(numbers)]
}

/** One spelling of what was typed, with its words as they are: they go into the log of the task. */
function tidy(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[。．]/gu, '.')
    .replace(/、/gu, ',')
    .replace(/\s+/gu, ' ')
    .replace(/^[\p{P} ]+/u, '')
    .trim()
}

/** People say 请, 那就, 麻烦您 one after another; more than this nobody does. */
const MOST_COURTESIES = 3

function withoutCourtesy(said: string, courtesy: RegExp): string {
  let rest = said
  for (let n = 0; n < MOST_COURTESIES; n++) rest = rest.replace(courtesy, '')
  return rest
}

/** More numbers in one breath are a list of something else. */
const MOST_SEVERAL = 30

interface Parts {
  before: string
  after: string
  asking: string
  number: string
  several: string
  /** A further number where what was done could stand: several were meant, and nothing is done with the first alone. */
  another: string
  who: string
}

const SEPARATOR = '[ ,:;.!\\-]'
const leadingMarks = new RegExp(`^${SEPARATOR}+`, 'u')
const DIGITS = '\\d{1,3}|[零一二两三四五六七八九十百]{1,4}'
/** Between numbers something must stand, 号 at least: 12 is never one and two. */
const AND = '(?: ?(?:[,和跟与及]|and) ?| )'

function partsOf(texts: Texts): Parts {
  const anyOf = (name: string) => alternatives(texts.words(`orders.${name}`))
  const ordinal = `(?:(?:${anyOf('ordinal')}) ?)?`
  const counter = `(?: ?(?:${anyOf('counter')}))?`
  const digits = `(?<digits>${DIGITS})`
  const one = `${ordinal}(?:${DIGITS})${counter}`
  const apart = `${one}(?:(?:${AND}|(?<=${anyOf('counter')}))${one}){1,${MOST_SEVERAL}}`
  return {
    before: anyOf('before'),
    after: `(?: ?(?:${anyOf('after')})){0,2}`,
    asking: anyOf('asking'),
    number: `(?:${ordinal}${digits}${counter}|(?<that>${anyOf('that')}))`,
    several: `(?<several>${apart})`,
    another: `${AND}${one}(?: ?(?:${anyOf('jointly')})|${SEPARATOR}|$)`,
    who: `(?<who>[^ ,:;.!?\\d]{1,16}?(?: [a-z]{1,16})?)(?: ?(?:${anyOf('doer')}))?`,
  }
}

/** Longest first, so that 号任务 is not read as 号. Nothing at all where a language has no such words. */
function alternatives(words: string[]): string {
  const sorted = words.toSorted((one, other) => other.length - one.length)
  return sorted.length === 0 ? '(?!)' : sorted.map(spelled).join('|')
}

function fixedOf(template: string): string[] {
  return template
    .split(/\{\w+\}/)
    .map(part => part.toLowerCase().replaceAll(' ', ''))
    .filter(part => part !== '')
}

const BEHIND = /\{rest\}$|\{then\}$/

function expressionOf(template: string, { number, several, another, who, after }: Parts): RegExp {
  const body = template
    .replace(BEHIND, '')
    .split(/(\{\w+\})/)
    .map(part => ({ '{n}': number, '{ns}': several, '{who}': who })[part] ?? spelled(part))
    .filter(part => part !== '')
    .join(' ?')
  const said = `(?<said>.{1,${LONGEST_ORDER}})`
  const behind = template.endsWith('{rest}')
    ? `(?!${another})(?:${SEPARATOR}*(?!\\d)${said})?`
    : template.endsWith('{then}')
      ? `${after}(?:${SEPARATOR}+${said})?`
      : after
  return new RegExp(`^${body}${behind}[ ,.!~?]*$`, 'iu')
}

/** A word as it may be typed: spaces in it do not matter. */
function spelled(word: string): string {
  return Array.from(word.replace(/\s+/gu, ''), character => character.replace(/[.*+?^${}()|[\]\\]/u, '\\$&')).join(' ?')
}
