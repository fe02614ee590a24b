import { describe, expect, it } from 'vitest'
import { daysInLunarMonth, lunarOf, solarOf, solarTermDay } from '../../domain/lunar.ts'
import { daysInMonth, monthsLater, yearOf } from '../../domain/months.ts'
import { addDays, type LocalDate } from '../../domain/world.ts'
import { pad, weekdayOf } from './dateReading.ts'
import { readDate } from './dates.ts'
import { withoutFillers } from './fillers.ts'

/*
 * Days are said in pieces: a year, a day of it, what is counted from there, and words around. Every year is put together
 * with every day, and every way to count with every count; what they mean is reckoned here, apart from the readers.
 */

/** A Sunday; the year of the horse runs. */
const SUNDAY = '2026-11-22'
/** In the year 2027 already, while the lunar year of 2026 still runs. */
const BEFORE_NEW_YEAR = '2027-01-15'

function heard(text: string, today: LocalDate): string {
  const reading = readDate(withoutFillers(text), { today })
  switch (reading?.kind) {
    case undefined:
      return 'none'
    case 'day':
      return reading.date
    case 'several':
      return reading.days.map(({ date }) => date).join('|')
    case 'vague':
      return `about ${reading.period}`
    case 'invalid':
      return reading.reason
  }
}

interface Case {
  text: string
  today: LocalDate
  means: string
}

/** All at once: a row of thousands of tests would take longer than what they test. */
function expectAll(cases: readonly Case[]): void {
  const missed = cases.filter(({ text, today, means }) => heard(text, today) !== means)
  expect(missed.map(({ text, today, means }) => `${text} (${today}): ${means}, not ${heard(text, today)}`)).toEqual([])
}

const day = (year: number, month: number, date: number) => `${year}-${pad(month)}-${pad(date)}`
const lunar = (year: number, month: number, date: number) => {
  const found = solarOf({ year, month, leap: false, day: date })
  return found.ok ? found.date : found.reason
}
const lastOfLunarYear = (year: number) => lunar(year, 12, daysInLunarMonth(year, 12, false))
const sundayOfMonth = (year: number, month: number, count: number) =>
  addDays(day(year, month, 1), 7 - weekdayOf(day(year, month, 1)) + 7 * (count - 1))

/** Days of a year by the year they lie in, or by the lunar year. */
const DAYS: readonly (readonly [words: string, day: (year: number) => LocalDate])[] = [
  ['3月8号|三月八日|阳历三月八号|公历3月8|妇女节', year => day(year, 3, 8)],
  ['五月二幺号|5月21号|五月二十一日|5月的21号', year => day(year, 5, 21)],
  ['幺二月三十一号|十二月三幺号|12月最后一天|十二月份的最后一天|12月31日', year => day(year, 12, 31)],
  ['幺月幺号|元月一号|1月第一天|一月份的头一天|元旦', year => day(year, 1, 1)],
  ['六月倒数第二天|6月29号|六月二十九号', year => day(year, 6, 29)],
  ['国庆|国庆节|十一国庆|国庆十一', year => day(year, 10, 1)],
  ['国庆第二天|国庆后一天|国庆节次日|国庆的第二天|国庆节过后一天', year => day(year, 10, 2)],
  ['五一前一天|劳动节前一晚|五一劳动节的前一天|五一头天', year => day(year, 4, 30)],
  ['七一建党节|建党节', year => day(year, 7, 1)],
  ['冬至|冬至那天', year => solarTermDay(year, '冬至')],
  ['清明节|清明', year => solarTermDay(year, '清明')],
  ['清明头一天|寒食节|清明前一天', year => addDays(solarTermDay(year, '清明'), -1)],
  ['母亲节|五月第二个星期天|5月的第二个礼拜日', year => sundayOfMonth(year, 5, 2)],
]
const LUNAR_DAYS: readonly (readonly [words: string, day: (year: number) => LocalDate])[] = [
  ['春节|大年初一|正月初一|春节初一|新年初一', year => lunar(year, 1, 1)],
  ['正月十五|元宵节|正月十五闹元宵|正月半|大年十五', year => lunar(year, 1, 15)],
  ['二月二龙抬头|龙抬头|农历二月初二', year => lunar(year, 2, 2)],
  ['端午|五月初五端午|五月端阳|阴历五月初五', year => lunar(year, 5, 5)],
  ['七夕|七月初七七夕|农历是七月初七', year => lunar(year, 7, 7)],
  ['中秋节|八月十五中秋|八月中秋|八月半|八月十五', year => lunar(year, 8, 15)],
  ['中秋前一天|中秋的前一天|八月十五中秋前一天|中秋头一天', year => addDays(lunar(year, 8, 15), -1)],
  ['重阳|九九重阳|九月九重阳|九月初九|农历九月初九', year => lunar(year, 9, 9)],
  ['九月初九第二天|重阳节第二天|重阳后一天', year => addDays(lunar(year, 9, 9), 1)],
  ['冬月十二|冬月里十二|老历十一月十二', year => lunar(year, 11, 12)],
]
/** In these a year in figures is the solar one. */
const YEARS_END: readonly (readonly [words: string, day: (year: number) => LocalDate])[] = [
  ['腊月初八|腊月初八腊八节|农历腊月初八', year => lunar(year, 12, 8)],
  ['除夕|除夕夜|大年三十|年三十儿|大年三十除夕|三十晚上', lastOfLunarYear],
]

const eachOf = (days: readonly (readonly [string, (year: number) => LocalDate])[], year: number) =>
  days.flatMap(([words, of]) => {
    const means = of(year)
    return words.split('|').map(word => ({ word, means }))
  })

const FIGURES = ['2025年', '25年', '二零二五年', '二〇二五年', '二零二五年的', '两千零二五年', '公元2025年']
const RELATIVE = (today: LocalDate) =>
  [
    ['今年', 0],
    ['本年', 0],
    ['去年', -1],
    ['头年', -1],
    ['上一年', -1],
    ['前年', -2],
    ['大前年', -3],
    ['明年', 1],
    ['下一年', 1],
    ['后年', 2],
  ].map(([words, away]) => ({ words: String(words), year: yearOf(today) + Number(away) }))
/** By animal and cycle; the year that has begun by the lunar calendar. */
const NAMED = [
  ['马年', 2026],
  ['丙午年', 2026],
  ['丙午马年', 2026],
  ['蛇年', 2025],
  ['乙巳年', 2025],
  ['2025蛇年', 2025],
  ['龙年的', 2024],
  ['兔年', 2023],
] as const

describe.each([SUNDAY, BEFORE_NEW_YEAR])('on %s a day together with a year', today => {
  const figures = today === SUNDAY ? FIGURES.map(words => ({ words, year: 2025 })) : []
  const named = NAMED.map(([words, year]) => ({ words, year }))
  const composed = (years: { words: string; year: number }[], days: typeof DAYS) =>
    years.flatMap(({ words, year }) =>
      eachOf(days, year).map(({ word, means }) => ({ text: words + word, today, means })),
    )

  it('is the day of that year, however both are said', () => {
    const cases = composed([...figures, ...RELATIVE(today), ...named], [...DAYS, ...LUNAR_DAYS])
    expectAll(cases.filter(({ text }) => !isOfRunningYear(text, today)))
  })

  it('at the end of a lunar year belongs to the year that is named by its animal', () => {
    expectAll(composed(named, YEARS_END))
  })
})

/** 去年冬月 in January counts from the lunar year that still runs, which `lunarDates` has cases for. */
function isOfRunningYear(text: string, today: LocalDate): boolean {
  return lunarOf(today)?.year !== yearOf(today) && /冬月|十一月十二/u.test(text)
}

const COUNTS = [
  ['一', 1],
  ['两', 2],
  ['三', 3],
  ['十', 10],
  ['40', 40],
] as const
const UNITS = [
  ['天', 0, 1],
  ['周', 0, 7],
  ['个星期', 0, 7],
  ['个礼拜', 0, 7],
  ['个月', 1, 0],
  ['年', 12, 0],
] as const
const BACK = '$前|$以前|$之前|往回数$|从今天往回数$|往前推$|倒回去$|今天往前数$|打今儿往回数$'.split('|')
const AHEAD = '$后|$以后|$之后|$过后|再过$|往后数$|从今天往后数$|今天起过$|从今天算再过$'.split('|')

const away = (today: LocalDate, months: number, days: number) => addDays(monthsLater(today, months), days)
const spans = COUNTS.flatMap(([count, number]) =>
  UNITS.map(([unit, months, days]) => ({ words: count + unit, months: number * months, days: number * days })),
)

describe.each([SUNDAY, '2026-03-31', '2026-12-28'])('counted from %s', today => {
  it('a day lies so many days, weeks, months or years back or ahead', () => {
    expectAll(
      spans.flatMap(({ words, months, days }) => [
        ...BACK.map(said => ({ text: said.replace('$', words), today, means: away(today, -months, -days) })),
        // 过两天 is some day soon.
        ...AHEAD.filter(said => !said.endsWith('过$') || words !== '两天').map(said => ({
          text: said.replace('$', words),
          today,
          means: away(today, months, days),
        })),
      ]),
    )
  })

  it('a weekday lies in the week so many weeks away', () => {
    const monday = addDays(today, 1 - weekdayOf(today))
    const inWeek = (weeks: number, weekday: number) => addDays(monday, 7 * weeks + weekday - 1)
    const weekdays = [
      ['周三', 3],
      ['星期六', 6],
      ['礼拜天', 7],
    ] as const
    const steps = '上上上个 -3|上上 -2|大上 -2|上 -1|上一个 -1|前一个 -1|这个 0|本 0|下 1|下一个 1|下下个 2'.split('|')
    expectAll(
      weekdays.flatMap(([weekday, number]) => [
        ...['三周以后的', '三个星期后的', '再过三周的'].map(said => ({
          text: said + weekday,
          today,
          means: inWeek(3, number),
        })),
        ...['两个礼拜前的', '两周以前的'].map(said => ({ text: said + weekday, today, means: inWeek(-2, number) })),
        ...steps.flatMap(step => {
          const [said = '', weeks = ''] = step.split(' ')
          return ['', '天还没亮', '一大早', '天擦黑', '后半夜', '早起', '日头落山'].map(part => ({
            text: said + weekday + part,
            today,
            means: inWeek(Number(weeks), number),
          }))
        }),
      ]),
    )
  })

  it('a day of a month lies in the month so many months away', () => {
    const steps =
      '上上上个月 -3|上上个月 -2|上个月 -1|上一个月 -1|这个月 0|本月 0|下个月 1|下一个月 1|下下个月 2'.split('|')
    expectAll(
      steps.flatMap(step => {
        const [said = '', months = ''] = step.split(' ')
        const month = monthsLater(`${today.slice(0, 8)}01`, Number(months))
        const last = daysInMonth(yearOf(month), Number(month.slice(5, 7)))
        const onDay = (words: string, date: number) => ({
          text: said + words,
          today,
          means: month.slice(0, 8) + pad(date),
        })
        return [
          ...['6号', '六号', '的六号', '六日', '六号天没亮'].map(words => onDay(words, 6)),
          ...['底', '最后一天', '的最后一天', '底最后一天', '末'].map(words => onDay(words, last)),
          ...['第一天', '头一天', '头一号', '一号'].map(words => onDay(words, 1)),
          onDay('倒数第二天', last - 1),
        ]
      }),
    )
  })
})

describe('what is said around a day', () => {
  const days = [
    ['马年正月初一', '2026-02-17'],
    ['去年九九重阳', '2025-10-29'],
    ['二零二五年幺二月三十一号', '2025-12-31'],
    ['2024年腊月初七第二天', '2025-01-07'],
    ['去年十一月最后一个礼拜三', '2025-11-26'],
    ['上个星期三', '2026-11-11'],
    ['一百天以前', '2026-08-14'],
    ['三周前的礼拜二', '2026-10-27'],
    ['去年今天', '2025-11-22'],
  ] as const
  const around =
    '$的|是$吧|$生的|俺娃$出生的嘞|好像是$|$，咋了|$天还没亮|$，天还没亮|$一大早|$早起|$后半夜|$，下着大雪|他说是$|生在$|我屋里头$生的|$夜里头生的|$鸡叫的时候|记得那天是$|$，月亮圆得很|户口本上写的$'

  it('leaves the day as it is', () => {
    expectAll(
      days.flatMap(([words, means]) =>
        around.split('|').map(said => ({ text: said.replace('$', words), today: SUNDAY, means })),
      ),
    )
  })
})

it.each([
  ['这个星期三天还没亮的时候', '2026-11-18'],
  ['从今天往回数一百天', '2026-08-14'],
  ['三周以后的礼拜天', '2026-12-13'],
  ['馬年正月初一一大早', '2026-02-17'],
  ['蛇年的除夕夜', '2026-02-16'],
  ['二零二五年幺二月三十一号，跨年那晚', '2025-12-31'],
  ['礼拜天还没亮', '2026-11-22'],
  ['去年小年', '2026-02-10|2026-02-11'],
  ['一年零三个月前', '2025-08-22'],
  ['两个月后的6号', '2027-01-06'],
  ['上周的今天', '2026-11-15'],
  ['龙年腊月二十九，88年那回', '1989-02-05'],
  ['身份证上是1999年10月17，其实是九九重阳', '1999-10-17'],
  ['去年阳历六月十五', '2025-06-15'],
  ['羊年正月初一', '2027-02-06'],
  ['鼠年闰四月初三', '2020-05-25'],
  ['2月第五个星期一', 'no-such-day'],
  ['清明天没亮生的', '2026-04-05'],
  ['乞巧节领的证', '2026-08-19'],
])('%s is %s', (text, means) => {
  expectAll([{ text, today: SUNDAY, means }])
})

it.each([
  '三天',
  '往前三天',
  '倒了三天霉',
  '第二天',
  '头一天',
  '最后一个星期天',
  '三周的礼拜天',
  '两个月的6号',
  '三个星期三',
  '天还没亮',
  '月亮圆',
  '下着大雪',
  '老幺三个月了',
  '幺三八零零一三八零零零',
  '头年没办成',
  '羊肉',
  '属马的',
  '他姓马',
  '三十个晚上',
  '年夜饭',
])('%s names no day', text => {
  expect(heard(text, SUNDAY)).toBe('none')
})

it('a day beside one without a year is past when a birth is', () => {
  expectAll([
    { text: '腊月初八第二天生的', today: BEFORE_NEW_YEAR, means: '2026-01-27' },
    { text: '预产期腊月初八前一天', today: BEFORE_NEW_YEAR, means: '2028-01-03' },
    { text: '去年12月31号后一天', today: '2027-01-01', means: '2027-01-01' },
  ])
})

it('tomorrow is not taken for the break of day', () => {
  expect(heard('今天杀鸡,来不及,明天交材料', SUNDAY)).toBe('2026-11-22|2026-11-23')
})
