import { bare, normalise } from './normalise.ts'
import { NUMERAL, readChinese } from './numerals.ts'
import type { UnderstandContext } from './types.ts'

export type Options = NonNullable<UnderstandContext['options']>
type Option = Options[number]

const ORDINAL = new RegExp(
  `^(?:选|我选|选择|回复|就|要|是)*(?:第)?(\\d{1,2}|${NUMERAL}{1,3})(?:个|项|条|号|种|样|吧|的)*$`,
  'u',
)
const LATIN = /^(?:选|我选|option)?([a-h])$/u
const LAST = /^(?:选|我选|选择)?(?:最后|末尾)(?:一)?(?:个|项|条)?$/u
const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩'
const LEAD = /^(?:我是|我想|我要|我|选择|选|是|就是|就|要|办|the)+/u

/** The options that `text` can mean: by value, label, synonym, number, ordinal, letter; then by part of a label. */
export function matchOptions(text: string, options: Options): Option[] {
  const said = bare(text)
  if (said === '') return []
  // Where the choices are numbers themselves, 2 and 两个 are the number and no place in the list.
  if (options.some(({ label }) => /^\d+$/.test(bare(label)))) return byNumber(said, options)
  const exact = options.filter(option => forms(option).some(form => form === said || form === said.replace(LEAD, '')))
  if (exact.length > 0) return exact
  const position = positionOf(said, options.length)
  if (position !== null) return options.slice(position, position + 1)
  return byPart(said, options)
}

/** 两个 and 3 by the number, 都不是 by its label. */
function byNumber(said: string, options: Options): Option[] {
  const labelled = options.filter(({ label }) => bare(label) === said)
  if (labelled.length > 0) return labelled
  const number = ORDINAL.exec(said)?.[1]
  const value = number === undefined ? null : /^\d+$/.test(number) ? Number(number) : readChinese(number)
  return options.filter(({ label }) => value !== null && bare(label) === String(value))
}

function forms(option: Option): string[] {
  return [option.value, option.label, ...(option.synonyms ?? [])].map(bare).filter(form => form !== '')
}

/** Zero-based; null when no position was named. A position outside is past the end, so nothing is chosen. */
function positionOf(said: string, count: number): number | null {
  const circled = CIRCLED.indexOf(said)
  if (circled >= 0) return circled
  if (LAST.test(said)) return count - 1
  const letter = LATIN.exec(said)?.[1]
  if (letter) return letter.charCodeAt(0) - 'a'.charCodeAt(0)
  const ordinal = ORDINAL.exec(said)?.[1]
  if (!ordinal) return null
  const number = /^\d+$/.test(ordinal) ? Number(ordinal) : readChinese(ordinal)
  // 0 is no position: slice(-1) would take the last.
  return number === null || number < 1 ? null : number - 1
}

/** Words which turn a mention into its opposite: 不是妈妈 must not choose 妈妈. */
const NEGATED = /不|没|无|非|别|未|冇|莫|唔/u

function byPart(said: string, options: Options): Option[] {
  const spoken = namedInside(options, said)
  if (spoken.length > 0) return spoken
  return said.length < 2 ? [] : options.filter(option => bare(option.label).includes(said))
}

/** Options named inside a sentence; a longer name wins over one it contains (孩子的妈妈 over 孩子). */
function namedInside(options: Options, said: string): Option[] {
  const hits = options.flatMap(option => {
    const longest = forms(option)
      .filter(form => form.length >= 2 && said.includes(form) && !negatedBefore(said, form))
      .toSorted((a, b) => b.length - a.length)
      .at(0)
    return longest ? [{ option, length: longest.length, form: longest }] : []
  })
  const outer = hits.filter(
    hit => !hits.some(other => other !== hit && other.form !== hit.form && other.form.includes(hit.form)),
  )
  return outer.map(({ option }) => option)
}

function negatedBefore(said: string, form: string): boolean {
  const at = said.indexOf(form)
  return !NEGATED.test(form) && NEGATED.test(said.slice(Math.max(0, at - 2), at))
}

/** Several options in one answer: 1、3 / 第一个和第三个 / 妈妈和爸爸. Null when a part is not understood. */
export function matchSeveral(text: string, options: Options): Option[] | null {
  const plain = normalise(text)
  if (/^(?:全部|全选|都要|都选|所有|all)$/u.test(bare(text))) return [...options]
  const parts =
    /^[1-9]{2,}$/.test(plain) && Number(plain) > options.length
      ? Array.from(plain)
      : plain.split(/[\s,，、;；和与及跟+/]+/u)
  const matched = parts.filter(part => part !== '').map(part => matchOptions(part, options))
  if (matched.length === 0 || matched.some(found => found.length !== 1)) return null
  return options.filter(option => matched.some(([found]) => found === option))
}
