import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysInLunarMonth, solarOf, solarTermDay } from '../../domain/lunar.ts'
import { dogDaysOf, nineDaysOf } from '../../domain/seasonDays.ts'
import { addDays, daysBetween, type LocalDate } from '../../domain/world.ts'
import { pad } from './dateReading.ts'
import { readDate } from './dates.ts'
import { withoutFillers } from './fillers.ts'
import { readGestation, TERM } from './gestation.ts'
import { readRange } from './ranges.ts'
import { readDateTime } from './times.ts'
import { readYear } from './years.ts'

/*
 * What villagers say of births, of the days of heat and cold, of the parts of the day and of the clock, composed and
 * reckoned apart from the readers.
 */

/** A Sunday in the year of the horse. */
const today = '2026-11-22'

function heard(text: string): string {
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

function expectAll(cases: readonly (readonly [text: string, means: string])[], read: (text: string) => string): void {
  const missed = cases.filter(([text, means]) => read(text) !== means)
  expect(missed.map(([text, means]) => `${text}: ${means}, not ${read(text)}`)).toEqual([])
}

const lunar = (year: number, month: number, day: number): LocalDate => {
  const found = solarOf({ year, month, leap: false, day })
  return found.ok ? found.date : found.reason
}

describe('a day on which something was done', () => {
  /** Without a year and sense the next one of each would be meant, or the one of this year. */
  const DAYS = [
    ['腊月初八', lunar(2025, 12, 8)],
    ['腊八', lunar(2025, 12, 8)],
    ['腊八那天', lunar(2025, 12, 8)],
    ['正月初三', lunar(2026, 1, 3)],
    ['冬月二十', lunar(2025, 11, 20)],
    ['立冬那天', solarTermDay(2026, '立冬')],
    ['冬至', solarTermDay(2025, '冬至')],
    ['入伏那天', dogDaysOf(2026).first],
    ['八月节', lunar(2026, 8, 15)],
    ['三月八号', '2026-03-08'],
    ['12月3号', '2025-12-03'],
    ['除夕夜', lunar(2025, 12, daysInLunarMonth(2025, 12, false))],
  ] as const
  const BIRTHS =
    '$添的娃|$添了个孙子|俺家$添的丁|$得的孙女|$得了个大胖小子|$养下的|$剖腹产的|$喜得千金|$抱的孙子|$坐的月子|$降生|$分娩的|$落的地|$添的|$得的'
  const DEEDS =
    '$成的亲|$娶的媳妇|$嫁过来的|$过的门|$扯的证|$办的酒|$拜的堂|$摆的席|$定的亲|$走的|$下葬的|$去世的|$上的环|$流的产|$做的手术|$出的院|$落的户|$打的疫苗|$签的字|$交的表'

  it('is the latest one, whatever was done', () => {
    expectAll(
      DAYS.flatMap(([day, means]) =>
        [...BIRTHS.split('|'), ...DEEDS.split('|')].map(said => [said.replace('$', day), means] as const),
      ),
      heard,
    )
  })

  it('is the next one where it is still to be done', () => {
    const ahead = lunar(2026, 12, 8)
    const said = '$要添孙子了|预产期赶在$|$该生了|$要临盆|$快添丁了|估摸$生|$'
    expectAll(
      said.split('|').map(words => [words.replace('$', '腊八'), ahead] as const),
      heard,
    )
  })

  it('is the next one, too, where only the words sound like a birth', () => {
    for (const words of ['给您添了不少麻烦，12月5号来', '12月5号去，添乱了', '我得了个空，12月5号来'])
      expect(heard(words), words).toBe('2026-12-05')
  })

  it('is none where only the words sound like it', () => {
    for (const text of ['添麻烦了', '添乱', '得空再去', '得了吧', '一九分成', '数数', '三个九', '没了'])
      expect(heard(text), text).toBe('none')
  })
})

describe('the days of heat and cold', () => {
  const years = fc.integer({ min: 1950, max: 2090 })

  it('begin and end by the almanac in every year', () => {
    fc.assert(
      fc.property(years, year => {
        const { first, middle, last, over } = dogDaysOf(year)
        const cases: [string, LocalDate][] = [
          ...['入伏', '进伏', '数伏那天', '头伏', '初伏第一天', '头伏头一天'].map(said => [said, first] as const),
          ...['中伏', '二伏那天', '中伏第一天'].map(said => [said, middle] as const),
          ...['末伏', '末伏头一天'].map(said => [said, last] as const),
          ['出伏', over],
          ['初伏第三天', addDays(first, 2)],
          ['入伏前一天', addDays(first, -1)],
          ['入九', nineDaysOf(year, 1)],
          ['出九那天', nineDaysOf(year - 1, 10)],
        ].map(([said = '', means = '']) => [`${year}年${said}`, means])
        expectAll(cases, heard)
      }),
      { numRuns: 40 },
    )
  })

  it('are spans when none of their days is named', () => {
    expectAll(
      [
        ['今年三伏天', 'about 2026-07-15/2026-08-23'],
        ['三伏天生的', 'about 2026-07-15/2026-08-23'],
        ['明年三伏天', 'about 2027-07-20/2027-08-18'],
        ['今年初伏里', 'about 2026-07-15/2026-07-24'],
        ['三九天生的', 'about 2026-01-08/2026-01-16'],
        ['2026年三九', 'about 2026-01-08/2026-01-16'],
        ['去年数九寒天', 'about 2025-12-21/2026-03-11'],
        ['预产期三九天', 'about 2027-01-09/2027-01-17'],
      ],
      heard,
    )
    expectAll(
      [
        ['三九第三天生的', '2026-01-10'],
        ['去年三九最后一天', '2026-01-16'],
        ['冬节生的', '2025-12-21'],
        ['数九那天生的', '2025-12-21'],
      ],
      heard,
    )
  })
})

describe('a year of the cycle', () => {
  it('is the one that the nominal age agrees with', () => {
    for (const [name, born] of [
      ['丁未年', 1967],
      ['羊年', 1967],
      ['乙未年', 1955],
      ['羊年', 1955],
      ['甲子年', 1984],
      ['鼠年', 1984],
    ] as const) {
      const age = 2026 - born + 1
      for (const said of [`虚岁${age}`, `今年虚岁${age}了`, `今年${age}虚岁`])
        expect(heard(`${name}三月初六生的，${said}`), name + said).toBe(lunar(born, 3, 6))
    }
    expect(heard('丁未年三月初六，今年虚岁六十')).toBe('1967-04-15')
  })

  it.each([
    ['一九八几年那个甲子年', 1984],
    ['六几年那个丁未年', 1967],
    ['六几年那个丙午年', 1966],
    ['六十年代的丁未年', 1967],
    ['上一个丙午年', 1966],
    ['上个马年', 2014],
    ['上一个龙年', 2024],
    ['下一个马年', 2038],
  ])('%s is %i', (text, value) => {
    expect(readYear(text, { today })).toEqual({ kind: 'one', value })
  })

  it('none of the ten has another name', () => {
    expect(readYear('九几年那个甲子年', { today })).toMatchObject({ kind: 'vague' })
  })
})

it('a whole lunar month lies in the year that is named', () => {
  const monthOf = (year: number, month: number) => ({
    kind: 'one',
    value: { from: lunar(year, month, 1), to: lunar(year, month, daysInLunarMonth(year, month, false)) },
  })
  for (const [text, year, month] of [
    ['马年整个正月', 2026, 1],
    ['今年整个正月', 2026, 1],
    ['马年正月一整月', 2026, 1],
    ['猴年的腊月', 2016, 12],
    ['猴年整个腊月', 2016, 12],
    ['去年整个腊月', 2025, 12],
    ['蛇年腊月间', 2025, 12],
  ] as const)
    expect(readRange(text, { today, calendars: [] }), text).toEqual(monthOf(year, month))
  expect(readRange('今年七八九月', { today, calendars: [] })).toMatchObject({
    value: { from: '2026-07-01', to: '2026-09-30' },
  })
})

describe('a moment in the words of the place', () => {
  const DAYS = [
    ['今', 0],
    ['明', 1],
  ] as const
  const PARTS = [
    [20, '八点', '$黑儿|$黑|$儿黑|$黑了|$晚黑|$晚夕|$天黑家|$儿黑里|$儿夜里|$晚|$夜|$天夜黑'],
    [18, '六点', '$儿傍黑|$天擦黑|$天煞黑|$天一擦黑|$儿麻黑|$天断黑|$天夜快|$儿傍黑天|$天黑影|$天落黑'],
    [15, '三点', '$儿后晌|$天过晌|$日下昼|$儿晌后|$天晌午过后|$儿歇晌后|$天吃了晌午饭|$天午饭后|$天下晡|$天偏晌'],
    [12, '十二点', '$儿晌午|$天晌午头|$儿大晌午|$天当午'],
    [9, '九点', '$早起|$儿早起|$天一清早|$日天光|$晨|$儿前晌|$天头晌|$日上昼|$天侵早'],
    [4, '四点', '$天天麻麻亮|$天鸡叫|$天五更|$儿打鸣|$儿麻亮|$早麻麻亮|$天后半夜'],
  ] as const

  it('is the hour of that part of the day', () => {
    expectAll(
      DAYS.flatMap(([day, away]) =>
        PARTS.flatMap(([hour, clock, said]) =>
          said
            .split('|')
            .map(part => [part.replace('$', day) + clock, `${addDays(today, away)}T${pad(hour)}:00+08:00`] as const),
        ),
      ),
      moment,
    )
    expectAll(
      ['夜儿黑八点', '昨黑儿八点', '夜来黑八点', '尋晚八點', '噚晚八點', '琴晚八點'].map(
        text => [text, '2026-11-21T20:00+08:00'] as const,
      ),
      moment,
    )
  })

  it('is told by the figures of the dial in Cantonese', () => {
    const dial = fc.record({
      hour: fc.integer({ min: 1, max: 11 }),
      figure: fc.integer({ min: 1, max: 11 }),
      way: fc.constantFrom('踏', '搭', '個字'),
    })
    const numerals = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一']
    fc.assert(
      fc.property(dial, ({ hour, figure, way }) => {
        const minutes = way === '個字' ? `${numerals[figure]}個字` : `${way}${numerals[figure]}`
        const text = `聽日上晝${hour === 2 ? '兩' : numerals[hour]}點${minutes}`
        expect(moment(text), text).toBe(`2026-11-23T${pad(hour)}:${pad(5 * figure)}+08:00`)
      }),
    )
    expectAll(
      [
        ['聽日下晝兩點踏三', '2026-11-23T14:15+08:00'],
        ['聽日下晝三點踏正', '2026-11-23T15:00+08:00'],
        ['聽日下晝踏正三點', '2026-11-23T15:00+08:00'],
        ['聽日下晝兩點踏半', '2026-11-23T14:30+08:00'],
        ['聽朝九點三個骨', '2026-11-23T09:45+08:00'],
        ['聽朝九點個骨', '2026-11-23T09:15+08:00'],
        ['聽朝六點', '2026-11-23T06:00+08:00'],
      ],
      moment,
    )
  })
})

function moment(text: string): string {
  const reading = readDateTime(text, { today })
  return reading?.kind === 'one' ? reading.value : JSON.stringify(reading)
}

it('a last period may be told by a feast, before or behind it', () => {
  const FEASTS = [
    ['中秋节', '2026-09-25'],
    ['国庆', '2026-10-01'],
    ['国庆节次日', '2026-10-02'],
    ['端午', '2026-06-19'],
    ['清明', '2026-04-05'],
    ['七夕', '2026-08-19'],
    ['重阳', '2026-10-18'],
    ['立秋', '2026-08-07'],
    ['入伏那天', '2026-07-15'],
    ['昨儿', '2026-11-21'],
    ['两周前', '2026-11-08'],
  ] as const
  for (const [feast, lastPeriod] of FEASTS)
    for (const said of ['末次月经$', '末次月经是$', '例假是$来的', '最后一次来身上是$', '$来的例假，最后一次'])
      expect(readGestation(said.replace('$', feast), { today }), feast + said).toEqual({
        kind: 'one',
        value: { days: daysBetween(lastPeriod, today), dueDate: addDays(lastPeriod, TERM), lastPeriod },
      })
})
