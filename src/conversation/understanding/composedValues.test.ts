import { describe, expect, it } from 'vitest'
import { buildRegionIndex } from '../../domain/region.ts'
import { addDays } from '../../domain/world.ts'
import { loadCalendars } from '../../runtime/loadRegions.ts'
import { understandLine } from '../../runtime/understandLine.ts'
import { pad, weekdayOf } from './dateReading.ts'

/*
 * Values put together from pieces, each with the value reckoned here from the same pieces: every beginning of a span with
 * every joint and every end, every part of the day with every way to tell the clock. What a hand forgets, a grid does not.
 */

const ear = {
  regions: buildRegionIndex({ rows: [], aliases: [] }),
  calendars: loadCalendars('regions'),
  readIntents: () => [],
}
/** A Sunday, the last day of a month, and the day before a lunar new year. */
const TODAYS = ['2026-11-22', '2026-02-28', '2027-02-05']

/** Every so manyth case is read, others each day: all pieces meet, and the test stays quick. */
const SHARES = 11
const shareOf = <T>(cases: readonly T[], which: number): T[] => cases.filter((_, i) => i % SHARES === which)

type Case = { text: string; want: string }

function misread(kind: string, today: string, cases: readonly Case[]): string[] {
  return cases.flatMap(({ text, want }) => {
    const got = understandLine(kind, text, { ...ear, today })
    return got === want ? [] : [`${today} ${text}: ${got}, not ${want}`]
  })
}

function expectRead(kind: string, table: string): void {
  const cases = table
    .trim()
    .split('\n')
    .map(line => line.trim().split(' '))
    .map(([text = '', want = '']) => ({ text, want }))
  expect(misread(kind, '2026-11-22', cases)).toEqual([])
}

describe('a span from one end to the other', () => {
  const FROM = { day: '2026-03-01', said: ['2026年3月1号', '二零二六年三月一号', '2026-03-01', '2026年3月1日'] }
  const TO = {
    day: '2026-03-15',
    said: ['2026年3月15号', '3月15号', '三月十五号', '15号', '十五号'],
  }
  const JOINED = [
    (a: string, b: string) => `${a}到${b}`,
    (a: string, b: string) => `${a}至${b}`,
    (a: string, b: string) => `${a}~${b}`,
    (a: string, b: string) => `${a} — ${b}`,
    (a: string, b: string) => `从${a}到${b}`,
    (a: string, b: string) => `从${a}起到${b}止`,
    (a: string, b: string) => `${a}起${b}止`,
    (a: string, b: string) => `${a}起，${b}为止`,
    (a: string, b: string) => `${a}开始，${b}结束`,
    (a: string, b: string) => `从${a}开始一直到${b}`,
    (a: string, b: string) => `${a}截止到${b}`,
    (a: string, b: string) => `${a}，一直到${b}`,
    (a: string, b: string) => `${a}和${b}之间`,
    (a: string, b: string) => `俺在医院是${a}到${b}`,
    (a: string, b: string) => `${a}到${b}，咋了`,
    (a: string, b: string) => `反正是${a}到${b}嘞`,
  ]

  it('is read whatever joins them and however short the second end is said', () => {
    const cases = FROM.said.flatMap(a =>
      TO.said.flatMap(b => JOINED.map(join => ({ text: join(a, b), want: `${FROM.day}/${TO.day}` }))),
    )
    expect(TODAYS.flatMap((today, i) => misread('range', today, shareOf(cases, i)))).toEqual([])
  })

  it('lasts as long as was said, its first day counted', () => {
    const lengths: [string, string][] = [
      ['三天', '2026-03-03'],
      ['7天', '2026-03-07'],
      ['一周', '2026-03-07'],
      ['两个星期', '2026-03-14'],
      ['一个月', '2026-03-31'],
      ['三个月', '2026-05-31'],
      ['半年', '2026-08-31'],
      ['一年', '2027-02-28'],
      ['158天', '2026-08-05'],
    ]
    const leads = ['起', '开始', '往后', '起，一共', '算起']
    const cases = FROM.said.flatMap(a =>
      lengths.flatMap(([length, last]) =>
        leads.map(lead => ({ text: `从${a}${lead}${length}`, want: `${FROM.day}/${last}` })),
      ),
    )
    expect(misread('range', '2026-11-22', cases)).toEqual([])
  })

  it('may be told by feasts, lunar days, parts of a month or of a year', () => {
    expectRead(
      'range',
      `今年国庆十月一号到七号 2026-10-01/2026-10-07
      国庆1号到7号 2026-10-01/2026-10-07
      五一5月1号到5号 2027-05-01/2027-05-05
      今年清明四月四号到六号 2026-04-04/2026-04-06
      五一到十一 2027-05-01/2027-10-01
      五一到国庆 2027-05-01/2027-10-01
      除夕到初六 2027-02-05/2027-02-11
      年三十到初六 2027-02-05/2027-02-11
      大年初一到初七 2027-02-06/2027-02-12
      春节初一到初六 2027-02-06/2027-02-11
      腊月二十八到初六 2027-02-04/2027-02-11
      八月初一到月底 2026-09-11/2026-10-09
      九月初一到十五 2026-10-10/2026-10-24
      三月一到三月十五 2027-03-01/2027-03-15
      3月上旬到中旬 2026-03-01/2026-03-20
      3月初到月底 2026-03-01/2026-03-31
      一到三季度 2026-01-01/2026-09-30
      一季度和二季度 2026-01-01/2026-06-30
      23年到25年 2023-01-01/2025-12-31
      2023-2025 2023-01-01/2025-12-31
      2026.3.1-15 2026-03-01/2026-03-15
      3月1-15号 2027-03-01/2027-03-15
      去年11月份到今年现在 2025-11-01/2026-11-22
      3月1号前后三天 2027-02-26/2027-03-04
      去年四季度起到昨天 2025-10-01/2026-11-21
      年初起到上个月 2026-01-01/2026-10-31
      俺三月上旬 2026-03-01/2026-03-10`,
    )
  })

  it('is none where a feast, a length or a day stands alone in other words', () => {
    expectRead(
      'range',
      `申请0到3岁补贴 none
      帮我查下进度,受理号20240017 none
      ￥3600.00 none
      虚岁三十六 none`,
    )
  })
})

describe('a moment of a day', () => {
  const DAYS = (today: string): [string, string][] => [
    ['', today],
    ['今儿', today],
    ['明天', addDays(today, 1)],
    ['明儿个', addDays(today, 1)],
    ['后天', addDays(today, 2)],
    ['昨天', addDays(today, -1)],
    ['三天后', addDays(today, 3)],
    ['三天前', addDays(today, -3)],
    ['下周三', addDays(today, 10 - weekdayOf(today))],
    ['2026年3月5号', '2026-03-05'],
    ['2026年腊月初八', '2027-01-15'],
    ['2026年正月十六', '2026-03-04'],
  ]
  /** How the part of the day is said, the hour that is said in it, and the hour that is meant. */
  const PARTS: [string, number, number][] = [
    ...'上午 前晌 头晌 上半天'.split(' ').map((part): [string, number, number] => [part, 9, 9]),
    ...'早上 清早 一大早 清晨 天刚亮 天不亮'.split(' ').map((part): [string, number, number] => [part, 6, 6]),
    ...'中午 晌午 晌午头 大中午'.split(' ').map((part): [string, number, number] => [part, 1, 13]),
    ...'下午 后晌 过晌 后半晌 下半天 午后'.split(' ').map((part): [string, number, number] => [part, 3, 15]),
    ...'傍晚 擦黑 傍黑儿 天擦黑 黄昏 快黑的时候'.split(' ').map((part): [string, number, number] => [part, 6, 18]),
    ...'晚上 夜里 黑里 晚夕 晚黑'.split(' ').map((part): [string, number, number] => [part, 8, 20]),
    ...'凌晨 半夜 下半夜'.split(' ').map((part): [string, number, number] => [part, 2, 2]),
    ['', 9, 9],
  ]
  const SAID = ['', '一', '两', '三', '四', '五', '六', '七', '八', '九']
  const CLOCKS = (hour: number): [string, number][] => {
    const said = SAID[hour] ?? ''
    return [
      [`${said}点`, 0],
      [`${said}点半`, 30],
      [`${said}点一刻`, 15],
      [`${said}点过一刻`, 15],
      [`${said}点过五分`, 5],
      [`${said}点零五`, 5],
      [`${said}点二十五分`, 25],
      [`差十分${said}点`, -10],
      [`差五分钟${said}点`, -5],
      [`差十分钟到${said}点`, -10],
      [`${said}点差一刻`, -15],
      [`${said}点欠五分`, -5],
      [`${hour}点30分`, 30],
      [` ${hour}:05`, 5],
    ]
  }

  it('is read for every part of the day and every way to tell the clock', () => {
    for (const [i, today] of TODAYS.entries()) {
      const cases = DAYS(today).flatMap(([day, date]) =>
        PARTS.flatMap(([part, hour, meant]) =>
          CLOCKS(hour).map(([clock, minutes]) => {
            const at = meant * 60 + minutes
            return {
              text: day + part + clock,
              want: `${date}T${pad(Math.floor(at / 60))}:${pad(at % 60)}+08:00`,
            }
          }),
        ),
      )
      expect(misread('datetime', today, shareOf(cases, i))).toEqual([])
    }
  })

  it('of midnight belongs to the day that begins, and today has none before it', () => {
    expectRead(
      'datetime',
      `明天差五分零点 2026-11-22T23:55+08:00
      今晨五点 2026-11-22T05:00+08:00
      今晚零点 2026-11-23T00:00+08:00
      今晚十二点 2026-11-23T00:00+08:00`,
    )
  })
})

describe('a term in working days', () => {
  it('goes back from the day it is told before, and weighs two lengths', () => {
    expectRead(
      'workday',
      `11月25日前三个工作日 2026-11-20
      11月25号往前三个工作日 2026-11-20
      三五个工作日 ambiguous:2026-11-25|2026-11-27
      周三后两个工作日 2026-11-27
      周一提交，五个工作日 2026-11-23
      一个月内 2026-12-22
      三个工作天 2026-11-25`,
    )
  })
})

describe('a pregnancy', () => {
  it('is told by what is left, what is over, or two neighbouring weeks', () => {
    expectRead(
      'gestation',
      `差十天到预产期 ga=38w4d;edd=2026-12-02
      过了预产期三天 ga=40w3d;edd=2026-11-19
      超预产期三天 ga=40w3d;edd=2026-11-19
      再有半个月生 ga=37w6d;edd=2026-12-07
      十二三周 ambiguous:ga=12w0d;edd=2027-06-06|ga=13w0d;edd=2027-05-30
      二十五加五 ga=25w5d;edd=2027-03-02
      80天没来 ga=11w3d;edd=2027-06-10
      身上九月一号来的 ga=11w5d;edd=2027-06-08;lmp=2026-09-01
      受孕日10月1号 ga=9w3d;edd=2027-06-24`,
    )
  })
})

describe('an amount', () => {
  it('keeps its unit and its size in every numeral', () => {
    expectRead(
      'number',
      `五百一个月 500
      三千六一年 3600
      一百二十一天 121
      一点二万 12000
      一个亿 100000000
      五分钱 0.05
      一米六五 1.65
      1米65 1.65
      五十不到 approx:50
      几千几百块 approx:1000
      几千几百块零几毛 approx:1000
      百十块 approx:100
      小一万 approx:10000
      一大半 approx:0.5
      两打 24
      三千六，咋了 3600`,
    )
  })
})

describe('the age of a child', () => {
  it('reached on a day that is named has grown since', () => {
    expectRead(
      'months',
      `昨天刚满月 1
      今天满月 1
      前天满的月 1
      昨天刚满周岁 12
      昨天刚满两岁 24
      10月22号刚满六个月 7
      到昨天刚好三个月 3
      今天正好六个月 6
      上个月满的周岁 approx:13
      明天满月 0
      我妈说刚满月 1`,
    )
  })

  it('is told from a birthday on, or by what is missing to one', () => {
    expectRead(
      'months',
      `周岁零三个月 15
      过了周岁三个月 15
      一岁过三个月 15
      周岁半 18
      一点五岁 18
      差一个月满周岁 11
      再过一个月满周岁 11
      满月零五天 1
      快满月了 approx:1
      一岁左右 approx:12
      月龄6 6
      半岁，咋了 6`,
    )
  })
})

describe('the place of a child', () => {
  it('comes behind all who are told to be before it', () => {
    expectRead(
      'birth_order',
      `上面有一个哥哥一个姐姐 3
      上面有个哥哥还有个姐姐 3
      上头一个哥一个姐 3
      上面一儿一女 3
      已有一儿一女 3
      上面有哥哥姐姐各一个 3
      前头生了两个 3
      前面俩都是闺女 3
      有俩娃了 3
      有两个姐姐 3
      有一个儿子了 2
      家里有个大的 2
      没有哥哥姐姐 1
      上面没人 1
      就一个 1
      双胞胎，上面还有一个姐姐 ambiguous:2|3`,
    )
  })

  it('is not told by a birth, a number or a question', () => {
    expectRead(
      'birth_order',
      `刚生了个女儿 none
      生了个男孩 none
      倒数第二 none
      各有一个孩子 none
      前头是43120219830707003 none`,
    )
  })
})
