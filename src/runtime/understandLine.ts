import { readMonths } from '../conversation/understanding/ages.ts'
import { readBirthOrder } from '../conversation/understanding/birthOrder.ts'
import { eitherDay } from '../conversation/understanding/dateReading.ts'
import { birthByAge } from '../conversation/understanding/birthByAge.ts'
import { readDate } from '../conversation/understanding/dates.ts'
import { decide } from '../conversation/understanding/decide.ts'
import { withoutFillers } from '../conversation/understanding/fillers.ts'
import { readGestation, showGestation } from '../conversation/understanding/gestation.ts'
import { hearIdentityNumber, hearPhone, hearValue } from '../conversation/understanding/heardValue.ts'
import { readMonth } from '../conversation/understanding/months.ts'
import { readAmount } from '../conversation/understanding/numbers.ts'
import { readRange } from '../conversation/understanding/ranges.ts'
import { eitherOf, type Reading } from '../conversation/understanding/reading.ts'
import { searchRegion } from '../conversation/understanding/regionSearch.ts'
import { readTimeSpan } from '../conversation/understanding/timeSpans.ts'
import { readDateTime } from '../conversation/understanding/times.ts'
import type { SpokenKind } from '../conversation/understanding/slipWords.ts'
import type { ReadIntents, RefusalReason } from '../conversation/understanding/types.ts'
import { readWorkday } from '../conversation/understanding/workdayWords.ts'
import { readYear } from '../conversation/understanding/years.ts'
import { readYesNo } from '../conversation/understanding/yesNo.ts'
import { readPersonName } from '../domain/personName.ts'
import { readPhones } from '../domain/phone.ts'
import { levelOf, type RegionIndex } from '../domain/region.ts'
import type { WorkCalendar } from '../domain/workingDays.ts'
import type { LocalDate } from '../domain/world.ts'

export interface Ear {
  regions: RegionIndex
  calendars: readonly WorkCalendar[]
  readIntents: ReadIntents
  today: LocalDate
}
type Kind = (text: string, ear: Ear) => string

/** Read as said: here every word counts. */
const wordings: Readonly<Record<string, Kind>> = {
  intent: (text, { readIntents }) => intentValue(readIntents(text)),
  name: text => nameValue(text),
  yesNo: text => yesNoValue(text),
}
/** Read without the words that carry no value. */
const values: Readonly<Record<string, Kind>> = {
  date: (text, { today }) => dateValue(text, today),
  month: spoken('month', readMonth),
  year: spoken('year', readYear),
  range: spoken('range', (words, ear) => readTimeSpan(words, ear) ?? readRange(words, ear), showSpan),
  datetime: spoken('datetime', readDateTime),
  workday: spoken('workday', readWorkday),
  gestation: spoken('gestation', readGestation, showGestation),
  number: spoken('number', readAmount),
  months: spoken('months', readMonths),
  birth_order: spoken('birth_order', readBirthOrder),
  phone: text => phoneValue(text),
  id: (text, { today }) => identityValue(text, today),
  region: (text, { regions }) => regionValue(text, regions),
}

/** One line of `npm run understand`: the value that was heard, or `none` for a kind that is not read yet. */
export function understandLine(kind: string, text: string, ear: Ear): string {
  if (Object.hasOwn(wordings, kind)) return wordings[kind]?.(text, ear) ?? 'none'
  return Object.hasOwn(values, kind) ? (values[kind]?.(withoutFillers(text), ear) ?? 'none') : 'none'
}

function intentValue(heard: ReturnType<ReadIntents>): string {
  const decision = decide(heard)
  switch (decision.kind) {
    case 'asked':
      return decision.intents.join('+')
    case 'unsure':
      return ambiguous(decision.between)
    case 'nothing':
      return 'other'
  }
}

function dateValue(text: string, today: LocalDate): string {
  const { reading } = hearValue(
    'date',
    text,
    words => birthByAge(words, { today }) ?? readDate(words, { today }),
    eitherDay,
  )
  switch (reading?.kind) {
    case undefined:
      return 'none'
    case 'day':
      return reading.date
    case 'several':
      return ambiguous(reading.days.map(({ date }) => date).toSorted())
    case 'vague':
      return `approx:${reading.period}`
    case 'invalid':
      return invalid(reading.reason)
  }
}

function showSpan({ from, to }: { from: string; to: string }): string {
  return `${from}/${to}`
}

/** A kind whose words may slip or be taken back. */
function spoken<T>(
  kind: SpokenKind,
  read: (words: string, ear: Ear) => Reading<T> | null,
  show?: (value: T) => string,
): Kind {
  return (text, ear) => shown(hearValue(kind, text, words => read(words, ear), eitherOf).reading, show)
}

/** A reading as the contract writes it. */
function shown<T>(reading: Reading<T> | null, show: (value: T) => string = String): string {
  switch (reading?.kind) {
    case undefined:
      return 'none'
    case 'one':
      return show(reading.value)
    case 'several':
      return ambiguous(reading.values.map(show))
    case 'vague':
      return `approx:${reading.about}`
    case 'invalid':
      return invalid(reading.reason)
  }
}

/** Four figures, written or spoken; fewer are no attempt at a number. */
const FIGURES = /[\d０-９]|[零〇一二三四五六七八九幺洞两拐勾]{4}|^[a-z]{6,}$/iu

function phoneValue(text: string): string {
  const { reading: phone, words } = hearPhone(text)
  const phones = readPhones(words).map(({ kind, number }) => `${kind}:${number}`)
  if (phones.length > 1) return ambiguous(phones)
  if (phone.ok) return `${phone.kind}:${phone.number}`
  return FIGURES.test(text) ? invalid(phone.reason) : 'none'
}

function identityValue(text: string, today: LocalDate): string {
  const { reading: id } = hearIdentityNumber(text, today)
  if (!id.ok) return FIGURES.test(text) ? invalid(id.reason) : 'none'
  const type = id.residencePermit ? ';type=residence-permit' : ''
  return `valid;birth=${id.birth};sex=${id.sex};area=${id.area};id=${id.id}${type}`
}

function regionValue(text: string, regions: RegionIndex): string {
  const found = searchRegion(regions, text)
  if (found.kind === 'none') return 'none'
  if (found.kind === 'several') return ambiguous(found.codes.toSorted())
  const level = levelOf(found.code)
  return level === 'province' || level === 'city' || found.kind === 'near' ? `approx:${found.code}` : found.code
}

function nameValue(text: string): string {
  const name = readPersonName(text)
  if (name.ok) return name.name
  return name.reason === 'empty' ? 'none' : `invalid:${name.reason}`
}

function yesNoValue(text: string): string {
  const yes = readYesNo(text)
  return yes === null ? 'none' : yes ? 'yes' : 'no'
}

function ambiguous(values: string[]): string {
  return `ambiguous:${values.join('|')}`
}

function invalid(reason: RefusalReason): string {
  return `invalid:${reason}`
}
