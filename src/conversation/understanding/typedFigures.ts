/** A figure with O among it. An X may close an identity number; other letters beside it make a word. */
const WITH_LETTERS = /(?<![A-Za-z])[\dOolI|]*\d[\dOolI|]*(?![A-WYZa-wyz])/gu
/** 5l is an amount of oil; in longer rows, such as those of phones, l is a one. */
const LONG_ROW = 6
/** 2〇26 */
const CIRCLE = /(?<=\d)[〇○](?=[\d〇○块元月日号年点]|$)/gu
/** 1曰, 工作曰, 生曰; 5月曰 is a slip of another kind. */
const OPEN_SUN = /(?<=[\d零一二三四五六七八九十初廿作今明昨后前生次周期拜当])曰/gu
/** 3号号, 50块块: the word behind a figure typed twice. 2026年年底 is not. */
const UNIT_TWICE = /(?<=[\d零一二两三四五六七八九十百千万])([号日块元岁])\1/gu

/** Figures as they were meant: O typed for 0, l for 1 and 曰 for 日, as keyboards and scans have them. */
export function figuresMeant(text: string): string {
  const numbered = text.replace(CIRCLE, '0').replace(WITH_LETTERS, figureMeant)
  return numbered.replace(OPEN_SUN, '日').replace(UNIT_TWICE, '$1')
}

/** Who types every zero of a long number as O means it; one among zeros is a slip, and told as one. */
function figureMeant(row: string): string {
  if (row.length < LONG_ROW) return row.replace(/[Oo]/gu, '0')
  return (row.includes('0') ? row : row.replace(/[Oo]/gu, '0')).replace(/[lI|]/gu, '1')
}
