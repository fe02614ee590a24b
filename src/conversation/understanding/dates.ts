import type { DateContext, DateReading } from './dateReading.ts'
import { dayOf, invalid, plainDay } from './dateReading.ts'
import { readFestival } from './festivals.ts'
import { readLunarDate } from './lunarDates.ts'
import { normalise } from './normalise.ts'
import { readRelativeDate } from './relativeDates.ts'
import { dayWithoutYear, readSolarDate } from './solarDates.ts'

const LEAD =
  /^(?:我们|我的|我|她|他|孩子|宝宝|小孩|小宝|娃儿?|伢|的|预产期|预产|出生日期|出生|生日|日期|日子|时间|是|在|为|于|大概|大约|约|应该|可能|就|医生说|[:：,，])+/u
const TAIL = /(?:左右|前后|那天|当天|出生的?|生的?|的|吧|啊|呀|呢|了|[。.,，!！])+$/u
const WEEKDAY_BEHIND = /(?<=[日号\d])[(（,，]?(?:周|星期|礼拜)[一二三四五六日天][)）]?$/u
const HOUR_BEHIND =
  /(?<=[日号天])(?:早上|上午|中午|下午|晚上|夜里|凌晨|半夜)?(?:[零一二两三四五六七八九十\d]{1,3}点(?:[半多钟]|[一二三四五六七八九十\d]{1,3}分?)?)?$/u
const DUE = /预产|要生|快生/u
const BORN = /出生|生的|生日|生了|生于/u
const ENGLISH_MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * Reads one day: figures, Chinese numerals, lunar, festival, relative, English. Without a year the sense decides:
 * a due date is the next occurrence, a birth the latest past one. Null when no date was said. Never throws.
 */
export function readDate(text: string, context: DateContext): DateReading | null {
  const plain = normalise(text)
  const sense = context.sense ?? (DUE.test(plain) ? 'dueDate' : BORN.test(plain) ? 'birthDate' : undefined)
  const asked = { today: context.today, sense }
  const core = unified(plain)
    .replace(/[\s"“”]/gu, '')
    .replace(LEAD, '')
    .replace(TAIL, '')
    .replace(WEEKDAY_BEHIND, '')
    .replace(HOUR_BEHIND, '')
  const reading = readCore(core, asked) ?? readEnglish(plain, asked)
  const tooLate = sense === 'birthDate' && reading?.kind === 'day' && reading.date > context.today
  return tooLate ? invalid('future-birth') : reading
}

/** Spaces and 、 between figures separate them; 元月 and 年初三 get their plain names. */
function unified(plain: string): string {
  return plain
    .replace(/(?<=\d)\s*[、 ]\s*(?=\d)/gu, '-')
    .replace(/元月/u, '1月')
    .replace(/(?:大年|年)初(?=[二三四五六七八九十])/u, '正月初')
}

function readCore(core: string, context: DateContext): DateReading | null {
  return (
    readFestival(core, context) ??
    readRelativeDate(core, context) ??
    readSolarDate(core, context) ??
    readLunarDate(core, context)
  )
}

/** March 5, 2026 and 5 March 2026, with or without the year. */
function readEnglish(text: string, context: DateContext): DateReading | null {
  const american = /^(?:on )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/u.exec(text)
  const british = /^(?:on )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,9})\.?(?:,? (\d{4}))?$/u.exec(text)
  const [name, day, year] = american ? american.slice(1) : british ? [british[2], british[1], british[3]] : []
  const month = ENGLISH_MONTHS.indexOf(name?.slice(0, 3) ?? '') + 1
  if (month === 0) return null
  if (year === undefined) return dayWithoutYear(month, Number(day), context)
  const date = dayOf(Number(year), month, Number(day))
  return date ? plainDay(date) : invalid('no-such-day')
}
