const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  壹: 1,
  幺: 1,
  二: 2,
  贰: 2,
  两: 2,
  三: 3,
  叁: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
}
const UNITS: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 }
const SHORTENED = /[廿卅卌俩仨]/gu
const WRITTEN_OUT: Readonly<Record<string, string>> = { 廿: '二十', 卅: '三十', 卌: '四十', 俩: '两', 仨: '三' }

/** Chinese numerals as a class of a pattern. */
export const NUMERAL = '[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟廿卅卌俩仨]'
const ONLY_NUMERALS = new RegExp(`^${NUMERAL}+$`, 'u')

/** Arabic or Chinese whole number; null when it is neither. */
export function figure(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : readChinese(text)
}

/** 五 after the point: the digits 0–9, not 十. */
export function digitOf(character: string): number | undefined {
  return DIGITS[character]
}

/** 十, 百, 千, 万, 亿 as a number, 1 for anything else. */
export function magnitude(unit: string | undefined): number {
  if (unit === '亿') return 1e8
  return unit === '万' ? 1e4 : ((unit === undefined ? undefined : UNITS[unit]) ?? 1)
}

/** 一百二十三, 三千六 (3600), 两千零五, 一二三 (digit by digit), 十五, 廿三, 一亿零三万. */
export function readChinese(text: string): number | null {
  if (!ONLY_NUMERALS.test(text)) return null
  const core = text.replace(SHORTENED, c => WRITTEN_OUT[c] ?? c)
  const large = /^(.*)([亿万])(.*)$/u.exec(core)
  if (!large) return readSmall(core)
  const [, high = '', unit = '', low = ''] = large
  // The last 亿 or 万 splits: 三亿五千万二百.
  const size = magnitude(unit)
  // 万八 is how the south says 一万八.
  const above = high === '' && low !== '' ? 1 : readChinese(high)
  const below = belowLarge(low, size)
  if (above === null || below === null) return null
  return unit === '万' && above >= 1e8 ? above - (above % 1e8) + (above % 1e8) * 1e4 + below : above * size + below
}

/** A lone digit behind 亿 or 万 counts in tenths of it: 三万五 is 35000. */
function belowLarge(low: string, size: number): number | null {
  if (low === '') return 0
  const lone = DIGITS[low]
  return lone !== undefined && lone !== 0 ? lone * (size / 10) : readSmall(low.replace(/^[零〇]/u, ''))
}

function readSmall(core: string): number | null {
  if (core === '') return null
  if (!/[十百千拾佰仟]/u.test(core)) return Number(Array.from(core, c => DIGITS[c] ?? '').join(''))
  let total = 0
  let digit: number | null = null
  let lastUnit = 10_000
  let zero = false
  for (const c of core) {
    const unit = UNITS[c]
    if (unit === undefined) {
      if (digit !== null && digit !== 0) return null
      digit = DIGITS[c] ?? null
      if (digit === 0) zero = true
      continue
    }
    if (unit >= lastUnit || (digit === null && total > 0)) return null
    total += (digit === null || digit === 0 ? 1 : digit) * unit
    lastUnit = unit
    digit = null
    zero = false
  }
  // 三千六 is 3600, 三千零六 is 3006; after 十 a digit is a digit.
  return digit === null ? total : total + digit * (zero || lastUnit === 10 ? 1 : lastUnit / 10)
}
