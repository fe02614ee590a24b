import { solarOf } from '../../domain/lunar.ts'
import type { LocalDate } from '../../domain/world.ts'
import { NUMERAL } from './numerals.ts'
import { fullYear } from './solarDates.ts'
import type { DateContext } from './dateReading.ts'

/** 从元旦到今儿, 打国庆到眼目下: as far as today. */
export const UNTIL_NOW =
  /^(?:今年的?)?(?:现在|现如今|现今|今天|今日|今儿个?|今个儿?|今朝|目前|今|当前|为止|眼目?下|眼目?前|如今|当下|这会儿?|这阵子?)(?:为止)?$/u

const FEAST =
  '元旦|春节|过年|元宵|清明|端[午阳]|中秋|重阳|国庆|劳动|儿童|妇女|建[党军]|教师|除夕|小年|腊八|七夕|[五六七八十]一|三八|五四'
const TERM = '立[春夏秋冬]|雨水|惊蛰|春分|谷雨|小满|芒种|夏至|[小大]暑|处暑|白露|秋分|寒露|霜降|[小大]雪|冬至|[小大]寒'
const NOW = '现在|现如今|今天|今儿个?|眼目?下|如今|这会儿?'
const YEAR = '(?:[今去明前]年的?)?'
/** The last day of a span that is a feast, a term of the year, a month or today. */
const LAST = `(?:${YEAR}(?:(?:${FEAST})节?|${TERM}|(?:\\d{1,2}|[正冬腊]|${NUMERAL}{1,2})月(?:份|[底末初])?)|[正冬腊]月(?:初|廿)?${NUMERAL}{1,3}|${NOW})`
/** What may be said behind it: 这段, 的都要, 中间办的. 国庆前 and 国庆假期 are other ends. */
const BEHIND =
  '(?:的?(?:这|那)(?:一)?(?:段|阵|会儿?|些|几|期间|半个?月|[两俩三仨]个?月)|的?(?:都|全|统|通通|单子|材料|件|表|账|数|那些|这些|所有)|(?:之|中)?间|里头|办|收|报|登|领|交|做|发|查|在|的[^日号月]{0,6}(?:都|全))'
const LAST_AND_WORDS = new RegExp(`^(${LAST})${BEHIND}[^\\d前后起?？吗]{0,12}$`, 'u')

/** 9号在住院: the second day, and what was done until then. 9号之前 and 9号上午 are other ends. */
const DAY_AND_DOING = new RegExp(
  `^((?:(?:\\d{1,2}|${NUMERAL}{1,3})月)?(?:\\d{1,2}|${NUMERAL}{1,3})[日号]|(?:周|星期|礼拜)[一二三四五六日天])(?![上中下早晚夜凌傍之以]|左右)[^\\d前后内起月号年?？吗]{1,12}$`,
  'u',
)

/** The last day or month of a span without what is said behind it: 六一这段 is 六一. */
export function lastOfSpan(behind: string): string {
  return DAY_AND_DOING.exec(behind)?.[1] ?? LAST_AND_WORDS.exec(behind)?.[1] ?? behind
}

const SINCE = new RegExp(
  `^(${YEAR}(?:(?:${FEAST})节?|${TERM}|(?:\\d{1,2}|[正冬腊]|${NUMERAL}{1,2})月份?|开年|年初))(?:之|以)来`,
  'u',
)

/** 国庆以来 goes as far as today. */
export function untilNow(words: string): string {
  return words.replace(SINCE, '$1到现在')
}

const AT_NEW_YEAR =
  /^(.{2,14}?[到至~-].{1,10}?)[,，、\s]*(?:也?就是?|是)?(?:说的?)?([今去前明])年(?:过年|春节)(?:的?(?:那|这)(?:一)?(?:阵子?|会儿?|段|几天|时候|些天).{0,4}|的?时候|期间|的)?$/u

/** 腊月二十三到正月十五，就今年过年那阵: the span, and the new year around which it lies; null where none was named. */
export function aroundNewYear(words: string, context: DateContext): { span: string; newYear: LocalDate } | null {
  const [, span = '', year = ''] = AT_NEW_YEAR.exec(words) ?? []
  const first = span === '' ? null : solarOf({ year: fullYear(year, context), month: 1, leap: false, day: 1 })
  return first?.ok ? { span, newYear: first.date } : null
}
