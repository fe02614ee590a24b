import { readDate } from '../conversation/understanding/dates.ts'
import { readNumber } from '../conversation/understanding/numbers.ts'
import type { ReadIntents, RefusalReason } from '../conversation/understanding/types.ts'
import { readIdentityNumber } from '../domain/identityNumber.ts'
import { readPhone } from '../domain/phone.ts'
import { findRegion, levelOf, type RegionIndex } from '../domain/region.ts'
import type { LocalDate } from '../domain/world.ts'

export interface Ear {
  regions: RegionIndex
  readIntents: ReadIntents
  today: LocalDate
}
type Kind = (text: string, ear: Ear) => string

/** Below this the best intent is not sure and is asked about, together with the next one. */
const SURE = 0.6
/** Below this nothing was understood. */
const PERHAPS = 0.3

const kinds: Readonly<Record<string, Kind>> = {
  intent: (text, { readIntents }) => intentValue(readIntents(text)),
  date: (text, { today }) => dateValue(text, today),
  month: (text, { today }) => periodValue(text, today, /^\d{4}-\d{2}$/),
  year: (text, { today }) => periodValue(text, today, /^\d{4}$/),
  number: text => String(readNumber(text) ?? 'none'),
  phone: text => phoneValue(text),
  id: (text, { today }) => identityValue(text, today),
  region: (text, { regions }) => regionValue(text, regions),
}

/** One line of `npm run understand`: the value that was heard, or `none` for a kind that is not read yet. */
export function understandLine(kind: string, text: string, ear: Ear): string {
  const read = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  return read ? read(text, ear) : 'none'
}

function intentValue(heard: ReturnType<ReadIntents>): string {
  const sure = heard.filter(({ score }) => score >= SURE).map(({ intent }) => intent)
  if (sure.length > 0) return sure.join('+')
  const [best, next] = heard
  if (!best || best.score < PERHAPS) return 'other'
  if (best.intent === 'other' || !next || next.intent === 'other') return best.intent
  return `ambiguous:${best.intent}|${next.intent}`
}

function dateValue(text: string, today: LocalDate): string {
  const reading = readDate(text, { today })
  switch (reading?.kind) {
    case undefined:
      return 'none'
    case 'day':
      return reading.date
    case 'several':
      return ambiguous(reading.days.map(({ date }) => date))
    case 'vague':
      return `approx:${reading.period}`
    case 'invalid':
      return invalid(reading.reason)
  }
}

/** Months and years are what a date reader calls vague. */
function periodValue(text: string, today: LocalDate, form: RegExp): string {
  const reading = readDate(text, { today })
  if (reading?.kind === 'invalid') return invalid(reading.reason)
  return reading?.kind === 'vague' && form.test(reading.period) ? reading.period : 'none'
}

function phoneValue(text: string): string {
  const phone = readPhone(text)
  if (phone.ok) return `${phone.kind}:${phone.number}`
  return /\d/u.test(text) ? invalid(phone.reason) : 'none'
}

function identityValue(text: string, today: LocalDate): string {
  const id = readIdentityNumber(text, today)
  if (!id.ok) return invalid(id.reason)
  const type = id.residencePermit ? ';type=residence-permit' : ''
  return `valid;birth=${id.birth};sex=${id.sex};area=${id.area};id=${id.id}${type}`
}

function regionValue(text: string, regions: RegionIndex): string {
  const found = findRegion(regions, text)
  if (found.kind === 'none') return 'none'
  if (found.kind === 'several') return ambiguous(found.codes)
  const level = levelOf(found.code)
  return level === 'province' || level === 'city' ? `approx:${found.code}` : found.code
}

function ambiguous(values: string[]): string {
  return `ambiguous:${values.join('|')}`
}

function invalid(reason: RefusalReason): string {
  return `invalid:${reason}`
}
