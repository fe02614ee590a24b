import type { Json } from './types.ts'
import { holdsOneOf, unitsThat } from './understanding/codeUnits.ts'

/** Longest text that is searched for words and commands; a longer one is an answer or nothing. */
export const LONGEST_COMMAND = 40

/** Beyond this nobody says a word that we look for; keeps a pasted book from costing more than a sentence. */
const LONGEST_SEARCHED = 2000

/**
 * One spelling for comparing what people type: full-width becomes half-width, lower case, no spaces,
 * no punctuation at either end, 1 for the key 1️⃣. Of long texts only the beginning. Not for storing.
 */
export function plainText(text: string): string {
  if (text.length <= LONGEST_SEARCHED && (!holdsOther(text) || isPlain(text))) return text
  const plain = text
    .slice(0, LONGEST_SEARCHED)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\uFE0F\u20E3]+/gu, '')
  return withoutMarksBehind(plain.replace(/^[\p{P}\p{S}]+/u, ''))
}

const FIRST_HAN = 0x4e00
const LAST_HAN = 0x9fff

/**
 * Nothing to change: only small letters, figures and the common Han characters, of which each has one spelling, and
 * between them the marks of a keyboard, as in 2026-05-01 and 08:30.
 */
function isPlain(text: string): boolean {
  let marked = false
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (isPlainUnit(unit)) continue
    if (at === 0 || !isKeyboardMark(unit)) return false
    marked = true
  }
  return !marked || isPlainUnit(text.charCodeAt(text.length - 1))
}

function isPlainUnit(unit: number): boolean {
  return (unit >= FIRST_HAN && unit <= LAST_HAN) || (unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x7a)
}

/** Most texts are told at the one look that all take at them. */
const holdsOther = holdsOneOf(unitsThat(unit => !isPlainUnit(unit)))

/** ASCII that is seen and no letter or figure. */
function isKeyboardMark(unit: number): boolean {
  return unit > 0x20 && unit < 0x7f && !(unit >= 0x41 && unit <= 0x5a)
}

const MARK = /[\p{P}\p{S}]/u

// By hand from the end: as a pattern it would try every run of marks in the middle, in time that grows with its square.
function withoutMarksBehind(text: string): string {
  let end = text.length
  while (end > 0) {
    const last = text.codePointAt(end - 2) ?? 0
    const size = end > 1 && last > 0xffff ? 2 : 1
    if (!MARK.test(text.slice(end - size, end))) break
    end -= size
  }
  return end === text.length ? text : text.slice(0, end)
}

/** A single value as text; lists, objects and nothing become the empty text. */
export function plainValue(value: Json | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value)
}
