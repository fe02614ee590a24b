import { addDays } from '../../domain/world.ts'
import { filledUpFrom } from './corrections.ts'
import type { DateContext } from './dateReading.ts'
import { oneOf, type Reading } from './reading.ts'
import { readDateTime } from './times.ts'

export interface TimeSpan {
  from: string
  to: string
}

const HOUR = '\\d{1,2}[:：]\\d{2}|[\\d零一二两三四五六七八九十]{1,3}(?:点|时(?!间|候))'
const JOINT = '(?:到|至|~|～|—+|-+)(?:了)?'
const SPAN = new RegExp(`^(.*(?:${HOUR})[^到至~～—-]*?)${JOINT}(.*(?:${HOUR}).*)$`, 'u')
/** 两到四点: the hour said once belongs to both. */
const ONE_HOUR = new RegExp(
  `(?<![-/.月号日\\d])([\\d一二两三四五六七八九十]{1,3})(?=${JOINT}[\\d一二两三四五六七八九十]{1,3}点)`,
  'u',
)

/** Nobody tells hours in a longer sentence. */
const LONGEST = 60
const NAMES_DAY = /[昨今明后寻听][天日早晚儿]|[日号月]|周|星期|礼拜/u

/** 明天下午两点到四点: a span of hours, its end on the day of its beginning unless it names another. */
export function readTimeSpan(text: string, context: DateContext): Reading<TimeSpan> | null {
  if (text.length > LONGEST) return null
  const [, from = '', to = ''] = SPAN.exec(text) ?? SPAN.exec(text.replace(ONE_HOUR, '$1点')) ?? []
  const end = NAMES_DAY.test(to) ? to : filledUpFrom(from, to)
  const [begins, ends] = [momentsOf(from, context), momentsOf(end, context)]
  if (begins.length === 0 || begins.length !== ends.length) return null
  return oneOf(begins.map((begin, i) => ({ from: begin, to: after(begin, ends[i] ?? begin) })))
}

/** 晚上十点到凌晨两点 ends on the next day. */
function after(begin: string, end: string): string {
  return end > begin ? end : addDays(end.slice(0, 10), 1) + end.slice(10)
}

function momentsOf(words: string, context: DateContext): string[] {
  const reading = words === '' ? null : readDateTime(words, context)
  if (reading?.kind === 'one') return [reading.value]
  return reading?.kind === 'several' ? reading.values : []
}
