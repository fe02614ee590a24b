import { readIdentityNumber, type IdentityNumberReading } from '../../domain/identityNumber.ts'
import { readPhone, type PhoneReading } from '../../domain/phone.ts'
import type { LocalDate } from '../../domain/world.ts'
import { correctionIn } from './corrections.ts'
import { eitherIn } from './eitherOr.ts'
import { figuresBySound } from './figureSlips.ts'
import { VOCABULARIES, type SpokenKind } from './slipWords.ts'
import { makeSlipFinder, type SlipFinder } from './soundSlips.ts'

/** A reading, and whether characters were put right by their sound for it: then it is shown before it counts. */
export interface Heard<R> {
  reading: R
  guessed: boolean
  /** The words that were read. */
  words: string
}

type Read<R> = (text: string) => R | null
/** What two readings mean that were weighed against each other. */
type Weigh<R> = (first: R, second: R) => R | null

/** Built when the first answer could not be read: nearly all can. */
const finders = new Map<SpokenKind, SlipFinder>()

function finderOf(kind: SpokenKind): SlipFinder {
  const finder = finders.get(kind) ?? makeSlipFinder(VOCABULARIES[kind])
  finders.set(kind, finder)
  return finder
}

/**
 * An answer as it was meant: what was taken back in the same breath is left out (不对，是6号), and where nothing could be
 * read, or something was left over, characters of the wrong look and the right sound are put right. Two values weighed
 * against each other (三月或者四月) compete where `weigh` says how.
 */
export function hearValue<R extends { kind: string }>(
  kind: SpokenKind,
  text: string,
  read: Read<R>,
  weigh: Weigh<R> = () => null,
): Heard<R | null> {
  const weighed = hearEither(kind, text, { read, weigh })
  if (weighed !== null) return weighed
  const correction = correctionIn(text)
  const isCorrected = correction !== null && bySound(kind, correction.before, read).reading !== null
  for (const words of isCorrected ? correction.meant : []) {
    const heard = bySound(kind, words, read)
    if (isSettled(heard.reading)) return heard
  }
  const whole = bySound(kind, text, read)
  return whole.reading === null ? (onlyClause(kind, text, read) ?? whole) : whole
}

/** Who asks or wishes for something tells no value beside it: 帮我登记一下二胎，再看看补贴. */
const WISHES =
  /[吗么呢没谁哪咋怎啥几请帮派给替查问投补办证报领申审批登交等催想要罚]|什么|不能|多少|可以|能不|行不|麻烦|政策|材料|条件/u
const CLAUSE_END = /[,，。;；!！\n]+/u
const MOST_CLAUSES = 6

/** 今天早上五点零六分，六斤八两的胖小子: the one clause that says a value, where the whole says none. */
function onlyClause<R extends { kind: string }>(kind: SpokenKind, text: string, read: Read<R>): Heard<R> | null {
  if (WISHES.test(text)) return null
  const clauses = text.split(CLAUSE_END).filter(clause => clause.trim() !== '')
  if (clauses.length < 2 || clauses.length > MOST_CLAUSES) return null
  const [only, another] = clauses.map(clause => bySound(kind, clause, read)).filter(({ reading }) => reading !== null)
  return only?.reading && another === undefined && isSettled(only.reading) ? { ...only, reading: only.reading } : null
}

/** 3月或者4月: both, when each can be read. */
function hearEither<R extends { kind: string }>(
  kind: SpokenKind,
  text: string,
  { read, weigh }: { read: Read<R>; weigh: Weigh<R> },
): Heard<R> | null {
  const two = eitherIn(text)
  const [first, second] = two ? [hearSettled(kind, two.first, read), heardAmong(kind, two.second, read)[0]] : []
  const reading = first && second ? weigh(first.reading, second.reading) : null
  if (!first || !second || !reading) return null
  return { reading, guessed: first.guessed || second.guessed, words: text }
}

/** The first wording that leaves nothing open, else the first that can be read. */
function hearSettled<R extends { kind: string }>(
  kind: SpokenKind,
  wordings: readonly string[],
  read: Read<R>,
): Heard<R> | undefined {
  const heard = heardAmong(kind, wordings, read)
  return heard.find(({ reading }) => isSettled(reading)) ?? heard[0]
}

/** Those of the wordings that name one value, or several that compete. */
function heardAmong<R extends { kind: string }>(
  kind: SpokenKind,
  wordings: readonly string[],
  read: Read<R>,
): Heard<R>[] {
  return wordings.flatMap(words => {
    const { reading, guessed } = bySound(kind, words, read)
    return reading && (isSettled(reading) || reading.kind === 'several') ? [{ reading, guessed, words }] : []
  })
}

function isSettled(reading: { kind: string } | null): boolean {
  return reading?.kind === 'one' || reading?.kind === 'day'
}

/**
 * 六是八岁, said 六十八: between two figures with what they count behind them. 老二是三岁 is told of the second child, and
 * 二是三个 is the second of several points.
 */
const TEN_HEARD =
  /(?<=(?<![老第初周期拜大小月百千])[二三四五六七八九])(?<!(?:^|[\s,，。；;、])[二三四])是(?=[一二三四五六七八九](?:岁|块|元|斤|亩|户|口|个|天|次|人))/u

/** The same with 十 where it was heard as 是; null where it was not. */
function withTen<R extends { kind: string }>(words: string, read: Read<R>): Heard<R> | null {
  const meant = words.replace(TEN_HEARD, '十')
  const reading = meant === words ? null : read(meant)
  return reading !== null && isSettled(reading) ? { reading, guessed: true, words: meant } : null
}

function bySound<R extends { kind: string }>(kind: SpokenKind, words: string, read: Read<R>): Heard<R | null> {
  const counted = withTen(words, read)
  if (counted !== null) return counted
  const first = read(words)
  const plain = { reading: first, guessed: false, words }
  if (first?.kind === 'invalid') return plain
  const finder = finderOf(kind)
  const only = onlyReading(finder.repaired(words), read)
  if (only !== null) {
    // 明天三点伴 is half past three, at night or in the afternoon: competing as what was read without it did.
    const speaks = isSettled(only.reading) || (first?.kind === 'several' && only.reading.kind === 'several')
    return first === null || (speaks && valueOf(only.reading) !== valueOf(first)) ? only : plain
  }
  if (isSettled(first)) return plain
  const inside = onlyReading(finder.inSentence(words), read)
  return inside !== null && isSettled(inside.reading) ? inside : plain
}

/** What the repaired texts say when they all say the same. */
function onlyReading<R extends { kind: string }>(texts: readonly string[], read: Read<R>): Heard<R> | null {
  const found = texts.flatMap(words => {
    const reading = read(words)
    return reading && reading.kind !== 'invalid' ? [{ reading, guessed: true, words }] : []
  })
  const [only, ...others] = found
  return only === undefined || others.some(other => valueOf(other.reading) !== valueOf(only.reading)) ? null : only
}

/** Two readings are the same when they name the same value, in whatever words. */
function valueOf(reading: { kind: string }): string {
  return JSON.stringify({ ...reading, spoken: null })
}

/** A phone; by sound only one of a person, never an emergency or service line. */
export function hearPhone(text: string): Heard<PhoneReading> {
  return hearFigures(text, readPhone, ({ kind, number }) => (kind === 'mobile' || kind === 'landline' ? number : null))
}

/** An identity number; what was put right by sound has passed its check character. */
export function hearIdentityNumber(text: string, today: LocalDate): Heard<IdentityNumberReading> {
  return hearFigures(
    text,
    words => readIdentityNumber(words, today),
    ({ id }) => id,
  )
}

type Checked = { ok: boolean }

function hearFigures<R extends Checked>(
  text: string,
  read: (text: string) => R,
  valueOf: (reading: Extract<R, { ok: true }>) => string | null,
): Heard<R> {
  const isRead = (reading: R): reading is Extract<R, { ok: true }> => reading.ok
  for (const words of correctionIn(text)?.meant ?? []) {
    const reading = read(words)
    if (reading.ok) return { reading, guessed: false, words }
  }
  const plain = { reading: read(text), guessed: false, words: text }
  const repaired = plain.reading.ok ? [] : figuresBySound(text)
  if (repaired.length === 0) return plain
  const found = new Map(
    repaired.flatMap(words => {
      const reading = read(words)
      const value = isRead(reading) ? valueOf(reading) : null
      return value === null ? [] : [[value, { reading, guessed: true, words }] as const]
    }),
  )
  const [only, ...others] = found.values()
  return only && others.length === 0 ? only : plain
}
