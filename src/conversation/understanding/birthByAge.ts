import { monthsLater } from '../../domain/months.ts'
import { readMonths } from './ages.ts'
import { dayAway, plainDay, type DateContext, type DateReading } from './dateReading.ts'
import { readDate } from './dates.ts'
import { NUMERAL } from './numerals.ts'
import { simplified } from './wording.ts'

const FULL = '(?:就|才|刚刚?|刚好|正好|都|该|要|也|整)*'
/** 明天满周岁, 再过三天我孙子就满两岁了: a day and the age that is full on it. 满月酒 is a feast. */
const FULL_ON_DAY = new RegExp(
  `^(.{2,20}?)${FULL}(满月(?!酒|席|宴|饭)|[满过]周岁(?!酒|席|宴)|满(?:\\d{1,2}|${NUMERAL}{1,3})(?:周?岁|个月))`,
  'u',
)
/** Whoever asks or tells when it was born. */
const ASKED_FOR_BIRTH = /生日|出生|哪天生|几号生|几时生|啥时候生|么时候生|什么时候生/u

/**
 * The day of a birth told by the day on which an age is full, where the birth is asked for: 娃明天满周岁，你给我算他哪天生的.
 * Null where nothing is told so.
 */
export function birthByAge(text: string, context: DateContext): DateReading | null {
  const plain = simplified(text).replace(/\s/gu, '')
  if (context.sense !== 'birthDate' && !ASKED_FOR_BIRTH.test(plain)) return null
  const [, before = '', age = ''] = FULL_ON_DAY.exec(plain) ?? []
  const [day, months] = age === '' ? [null, null] : [dayIn(before, context), readMonths(age, context)]
  if (day === null || months?.kind !== 'one' || !Number.isInteger(months.value)) return null
  const birth = monthsLater(day, -months.value)
  return birth <= context.today ? plainDay(birth, before + age) : null
}

/** Who it is told of: 俺孙子, 我家娃. */
const WHO = /[我俺咱他她]们?家?的?|[大二三小]?(?:孙[子女]|外孙女?|娃儿?|孩子?|宝宝|闺女|女儿|儿子|妮|小子|伢)/gu

function dayIn(words: string, { today }: DateContext): string | null {
  const told = words.replace(WHO, '').replace(/^[,，、]+|[,，、是]+$/gu, '')
  const reading = told === '' ? null : readDate(told, { today })
  return reading?.kind === 'day' && dayAway(reading.date, {}) !== null ? reading.date : null
}
