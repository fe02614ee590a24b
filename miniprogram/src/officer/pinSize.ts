import type { PinSizes } from './villageMap.ts'

/** How the words of a pin are set; the page gives the same numbers to its style. */
export interface PinType {
  /** Pixels; the words of 320 px screens stand three pins abreast, in large type two. */
  font: number
  line: number
  padding: number
  border: number
  width: number
  /** Smallest touch area, for a thumb and for a hand that trembles (`App.vue`). */
  touch: number
}

export const NORMAL_TYPE: PinType = { font: 16, line: 22, padding: 6, border: 2, width: 96, touch: 48 }
export const LARGE_TYPE: PinType = { font: 22, line: 30, padding: 6, border: 2, width: 126, touch: 60 }

const FIRST_SQUARE_SIGN = 0x2e80

/** Widths in em: a Chinese sign is square, a rare one too; spaces, letters and figures, bold, are narrower than this. */
function widthOf(sign: string): number {
  if (sign === ' ') return 0.3
  return (sign.codePointAt(0) ?? 0) >= FIRST_SQUARE_SIGN ? 1 : 0.62
}
const emsOf = (word: string): number => Array.from(word).reduce((sum, sign) => sum + widthOf(sign), 0)

/** Chinese breaks anywhere, a foreign word and a number only at their ends, or when alone too long. */
const words = (text: string): string[] =>
  text.match(/[\ud800-\udbff][\udc00-\udfff]|[\u2e80-\uffff]|[^\s\u2e80-\uffff]+|\s+/g) ?? []

/** Lines that a text takes in a column of so many em. */
export function linesOf(text: string, ems: number): number {
  let [lines, used] = [1, 0]
  for (const word of words(text)) {
    const long = emsOf(word)
    if (used + long <= ems) used += long
    else if (word.trim() === '') used = ems
    else {
      lines += used > 0 ? Math.max(1, Math.ceil(long / ems)) : Math.ceil(long / ems) - 1
      used = long % ems
    }
  }
  return lines
}

/** Sizes of pins for the map; `pins`: the lines of each. */
export function pinSizes(pins: readonly (readonly string[])[], type: PinType): PinSizes {
  const around = 2 * (type.padding + type.border)
  const ems = (type.width - around) / type.font
  const height = (texts: readonly string[]) =>
    around + type.line * texts.reduce((sum, text) => sum + linesOf(text, ems), 0)
  return { width: type.width, heights: pins.map(texts => Math.max(type.touch, height(texts))) }
}
