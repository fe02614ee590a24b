import { addDays, type LocalDate } from '../../domain/world.ts'
import { dayAway } from './dateReading.ts'
import { figure, NUMERAL } from './numerals.ts'

/** a span that is told by one of its ends and how long it lasts: 3月1号起三个月, 3月1号前后三天. */
export interface Lasting {
  end: string
  /** What the words between say of the end. */
  side: 'from' | 'after' | 'before' | 'around'
  months: number
  days: number
}

const LASTING = new RegExp(
  `^(?<end>.{2,14}?)(?:(?<from>(?:算|计)?起(?:算|计)?|开始(?:算|计)?|往后数?|算(?=[\\d一二两三四五六七八九十半]))|(?<around>前后)|(?<after>[之以]?后)|(?<before>[之以往]?前))(?:的|算|连续|总共|一共|共|整整|满|休|放|请|住|[,，])*` +
    `(?<number>\\d{1,3}|${NUMERAL}{1,4}|半)个?(?<unit>天|日|周|星期|礼拜|月|季度|年)(?:[之以]?内|的?假|时间|整)?$`,
  'u',
)
const HALF_MONTH = 15

/** Null when no end with a length is told. */
export function lastingIn(plain: string): Lasting | null {
  const { end = '', number = '', unit = '', from, around, after } = LASTING.exec(plain)?.groups ?? {}
  const length = end === '' ? null : lengthOf(number, unit)
  if (length === null) return null
  const side = from !== undefined ? 'from' : around !== undefined ? 'around' : after !== undefined ? 'after' : 'before'
  return { end, side, ...length }
}

function lengthOf(number: string, unit: string): { months: number; days: number } | null {
  const half = number === '半'
  if (half && unit === '月') return { months: 0, days: HALF_MONTH }
  if (half) return unit === '年' ? { months: 6, days: 0 } : null
  const count = figure(number) ?? 0
  if (count < 1) return null
  if (/[天日]/u.test(unit)) return { months: 0, days: count }
  if (/[周星礼]/u.test(unit)) return { months: 0, days: 7 * count }
  return { months: count * (unit === '年' ? 12 : unit === '季度' ? 3 : 1), days: 0 }
}

/** Both ends count: three months from the first of March end on the last of May. */
export function spanLasting(
  { side, months, days }: Lasting,
  end: { from: LocalDate; to: LocalDate },
): { from: LocalDate; to: LocalDate } | null {
  const [back, ahead] = [dayAway(end.from, { months: -months, days: -days }), dayAway(end.to, { months, days })]
  if (back === null || ahead === null) return null
  switch (side) {
    case 'from': {
      const last = dayAway(end.from, { months, days })
      return last === null ? null : { from: end.from, to: addDays(last, -1) }
    }
    case 'after':
      return { from: addDays(end.to, 1), to: ahead }
    case 'before':
      return { from: back, to: addDays(end.from, -1) }
    case 'around':
      return { from: back, to: ahead }
  }
}
