import { normalise } from './normalise.ts'

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
const FORMAL = /[廿卅卌俩仨]/gu
const WRITTEN_OUT: Readonly<Record<string, string>> = { 廿: '二十', 卅: '三十', 卌: '四十', 俩: '两个', 仨: '三个' }

/** Chinese numerals as a class of a pattern. */
export const NUMERAL = '[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟廿卅卌俩仨]'

const NONE =
  /^(?:没有?|无|零个?|一个(?:都|也)没有?|没有?(?:孩子|小孩|娃|过)|还?没(?:有|生)过?|莫得|冇得?|冇有|没得|none|no|zero)$/u
const UNIT_BEHIND = /(?:个|名|位|胎|孩|口|人|岁|次|份|张|本|元|块|块钱|页|天|周|月|年|孩子|小孩|娃|子女)+$/u
const LEAD_BEFORE = /^(?:有|共|一共|总共|大概|大约|差不多|我家|我|家里|生了|生过|已经|就|约)+/u

const ENGLISH = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** Reads a Chinese or Arabic number: 3, 1.2万, 三千六, 一百八, 壹万贰仟, 俩, 九成五, 百分之九十五, 三个, 没有. Null when it is none. */
export function readNumber(text: string): number | null {
  const plain = normalise(text).replace(/[\s,。!]/gu, '')
  if (plain === '') return null
  if (NONE.test(plain)) return 0
  const english = ENGLISH.indexOf(plain)
  if (english >= 0) return english
  const core = plain
    .replace(LEAD_BEFORE, '')
    .replace(FORMAL, c => WRITTEN_OUT[c] ?? c)
    .replace(UNIT_BEHIND, '')
  return readRatio(core) ?? readPlain(core)
}

/** 95%, 百分之九十五, 九成五, 一半: as a fraction of 1. */
function readRatio(core: string): number | null {
  const percent = /^(?:百分之(.+)|(.+)%)$/u.exec(core)
  if (percent) return scaled(readPlain(percent[1] ?? percent[2] ?? ''), 100)
  const tenths = /^(.)成(.?)$/u.exec(core)
  if (!tenths) return core === '一半' ? 0.5 : null
  const whole = readPlain(tenths[1] ?? '')
  const rest = tenths[2] === '' ? 0 : tenths[2] === '半' ? 5 : readPlain(tenths[2] ?? '')
  return whole === null || rest === null ? null : scaled(whole * 10 + rest, 100)
}

function scaled(value: number | null, by: number): number | null {
  return value === null ? null : Math.round((value / by) * 1e6) / 1e6
}

function readPlain(core: string): number | null {
  const arabic = /^(-?\d{1,15}(?:\.\d{1,6})?)(十|百|千|万|亿)?$/u.exec(core)
  if (arabic) return Math.round(Number(arabic[1]) * magnitude(arabic[2]) * 1e6) / 1e6
  const half = /^(.+)[个]?半$/u.exec(core)
  if (half) return plusHalf(half[1] ?? '')
  const point = /^([^点]+)点([^点]+)$/u.exec(core)
  if (point) return withDecimals(point[1] ?? '', point[2] ?? '')
  return readChinese(core)
}

function magnitude(unit: string | undefined): number {
  return unit === '亿' ? 1e8 : unit === '万' ? 1e4 : ((unit && UNITS[unit]) ?? 1) || 1
}

function plusHalf(whole: string): number | null {
  const value = readChinese(whole.replace(/个$/u, ''))
  return value === null ? null : value + 0.5
}

function withDecimals(whole: string, decimals: string): number | null {
  const value = readChinese(whole)
  const digits = Array.from(decimals, c => DIGITS[c])
  return value === null || digits.includes(undefined) ? null : Number(`${value}.${digits.join('')}`)
}

/** 一百二十三, 三千六 (3600), 两千零五, 一二三 (digit by digit), 十五, 一亿零三万. */
export function readChinese(text: string): number | null {
  const core = text.replace(FORMAL, c => WRITTEN_OUT[c] ?? c)
  if (core === '' || !new RegExp(`^${NUMERAL}+$`, 'u').test(core)) return null
  const large = /^(.*)([亿万])(.*)$/u.exec(core)
  if (!large) return readSmall(core)
  const [, high = '', unit = '', low = ''] = large
  // The last 亿 or 万 splits: 三亿五千万二百. A lone digit behind it counts in thousands: 三万五 is 35000.
  const size = unit === '亿' ? 1e8 : 1e4
  const above = readChinese(high)
  const below =
    low === ''
      ? 0
      : DIGITS[low] !== undefined && low !== '零'
        ? DIGITS[low] * (size / 10)
        : readSmall(low.replace(/^[零〇]/u, ''))
  if (above === null || below === null) return null
  return unit === '万' && above >= 1e8 ? above - (above % 1e8) + (above % 1e8) * 1e4 + below : above * size + below
}

function readSmall(core: string): number | null {
  if (!/[十百千拾佰仟]/u.test(core))
    return Number(Array.from(core, c => DIGITS[c] ?? '').join('')) || (/^[零〇]+$/u.test(core) ? 0 : null)
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
