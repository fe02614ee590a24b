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
/** 2025年06月月18日; 6月月底 and 2026年年三十 are words. */
const MONTH_TWICE =
  /(?<=[\d一二三四五六七八九十正冬腊])月月(?=[\d一二三四五六七八九十廿]|初[一二三四五六七八九十]|份|生|的|$)/gu
const YEAR_TWICE =
  /(?<=[\d零〇一二三四五六七八九今去明前后])年年(?=(?:\d{1,2}|[一二三四五六七八九十]{1,2}|闰?[正冬腊]|闰.)月|出?生|的|$)/gu
/** 昨夭, 三夭前: what a scan or a finger makes of 天. 夭折 and 夭了 speak of a child that died. */
const HEAVEN =
  /(?<=[昨今明后前]|周|星期|礼拜)夭(?![折亡逝殇寿夭了])|(?<=[\d一二两三四五六七八九十半几])夭(?=[之以]?[前后内])/gu

/** Figures as they were meant: O typed for 0, l for 1, 曰 for 日 and 夭 for 天, as keyboards and scans have them. */
export function figuresMeant(text: string): string {
  const numbered = text.replace(CIRCLE, '0').replace(WITH_LETTERS, figureMeant)
  return numbered
    .replace(OPEN_SUN, '日')
    .replace(HEAVEN, '天')
    .replace(UNIT_TWICE, '$1')
    .replace(YEAR_TWICE, '年')
    .replace(MONTH_TWICE, '月')
}

/** Who types every zero of a long number as O means it; one among zeros is a slip, and told as one. */
function figureMeant(row: string): string {
  if (row.length < LONG_ROW) return row.replace(/[Oo]/gu, '0')
  return (row.includes('0') ? row : row.replace(/[Oo]/gu, '0')).replace(/[lI|]/gu, '1')
}
