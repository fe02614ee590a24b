import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addWorkingDays } from '../../domain/workingDays.ts'
import { addDays, daysBetween } from '../../domain/world.ts'
import { readMonths } from './ages.ts'
import { readBirthOrder } from './birthOrder.ts'
import { pad } from './dateReading.ts'
import { readGestation, TERM } from './gestation.ts'
import { readMonth } from './months.ts'
import { readRange } from './ranges.ts'
import { readDateTime } from './times.ts'
import { readWorkday } from './workdayWords.ts'
import { readYear } from './years.ts'

/** A Sunday. */
const today = '2026-11-22'
const calendars = [{ year: 2026, daysOff: ['2026-10-01', '2026-10-02'], makeUpDays: ['2026-11-28'], source: 'a test' }]
const anyDay = fc.integer({ min: -20_000, max: 3_000 }).map(n => addDays(today, n))

describe('a pregnancy', () => {
  it('ends 280 days after it began, however far it is said to be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 42 }), fc.integer({ min: 0, max: 6 }), anyDay, (weeks, days, on) => {
        for (const text of [`怀孕${weeks}周${days}天`, `${weeks}+${days}`, `停经${weeks * 7 + days}天`]) {
          const reading = readGestation(text, { today: on })
          expect(reading).toMatchObject({ kind: 'one', value: { days: weeks * 7 + days } })
          if (reading?.kind === 'one') expect(daysBetween(on, reading.value.dueDate)).toBe(TERM - weeks * 7 - days)
        }
      }),
    )
  })

  it('is as old as its last period, which is told again', () => {
    expect(readGestation('末次月经9月1号', { today })).toEqual({
      kind: 'one',
      value: { days: 82, dueDate: '2027-06-08', lastPeriod: '2026-09-01' },
    })
    expect(readGestation('末次月经2月30号', { today })).toEqual({ kind: 'invalid', reason: 'no-such-day' })
  })

  it('counts from the first day of a period, told before or behind it', () => {
    for (const text of ['上个月二号来的例假，是最后一次', '最后一次月经10月2号到10月6号'])
      expect(readGestation(text, { today }), text).toMatchObject({ kind: 'one', value: { lastPeriod: '2026-10-02' } })
  })

  it('said in months is asked on, and none when it is too long or none at all', () => {
    expect(readGestation('怀孕5个月', { today })).toMatchObject({ kind: 'vague' })
    for (const text of ['怀孕60周', '没怀孕', '不知道', '末次月经是明天'])
      expect(readGestation(text, { today })).toBeNull()
  })
})

describe('a year that is read out', () => {
  const spoken = (year: number, digits: string) =>
    Array.from(String(year), digit => digits.charAt(Number(digit))).join('')
  const around = ['$年', '$年的', '$年结的婚', '是$年吧', '我是$年办的酒', '$年，记得清楚', '大概$年', '$年底']

  it('is the same year in figures, numerals and with 幺, in full or in two figures', () => {
    const years = [1949, 1958, 1991, 2001, 2010, 2021].flatMap(year =>
      ['零一二三四五六七八九', '〇幺二三四五六七八九', '0123456789'].map(digits => ({
        year,
        said: spoken(year, digits),
      })),
    )
    for (const { year, said } of years)
      for (const text of around.flatMap(words => [words.replace('$', said), words.replace('$', said.slice(2))]))
        expect(readYear(text, { today, sense: 'past' }), text).toEqual({ kind: 'one', value: year })
  })

  it('is none where years are counted, or the youngest is spoken of', () => {
    for (const text of ['三四年', '三五年', '四五年', '老幺', '幺妹', '幺儿的', '幺三八零零一三八零零零'])
      expect(readYear(text, { today, sense: 'past' }), text).toBeNull()
  })
})

describe('a pregnancy told of another day', () => {
  it('has grown since that day, and its due date stays', () => {
    const weeks = fc.integer({ min: 1, max: 30 })
    fc.assert(
      fc.property(weeks, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 60 }), anyDay, (w, d, ago, on) => {
        const age = w * 7 + d + ago
        const value = { days: age, dueDate: addDays(on, TERM - age), lastPeriod: null }
        for (const text of [
          `${ago}天前是${w}周${d}天`,
          `NT的时候${w}周+${d}，那是${ago}天前`,
          `${addDays(on, -ago).replace(/-(\d+)-(\d+)/u, '年$1月$2号')}建卡时孕${w}周零${d}天`,
        ])
          expect(readGestation(text, { today: on }), text).toEqual({ kind: 'one', value })
      }),
    )
  })

  it.each([
    ['昨天刚满二十周', 141],
    ['明天就满三十周了', 209],
    ['再过三天就满二十周', 137],
    ['差三天二十周', 137],
    ['上周五建卡的时候是12周+1', 94],
    ['周一建卡 12周', 90],
    ['10号建的卡，那会儿13周', 103],
    ['昨天医生说还有三周生', 260],
    ['今天12周', 84],
    ['16周一天', 113],
  ])('%s: %d days today', (text, days) => {
    expect(readGestation(text, { today })).toMatchObject({ kind: 'one', value: { days } })
  })

  it('is asked on when the day was only named roughly', () => {
    for (const text of ['上个月查是12周', '前几天查的 十六周'])
      expect(readGestation(text, { today }), text).toMatchObject({ kind: 'vague' })
  })
})

describe('a moment', () => {
  it('is read back from figures and from words', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (day, hour, minute) => {
        const value = `${day}T${pad(hour)}:${pad(minute)}+08:00`
        for (const text of [`${day} ${pad(hour)}:${pad(minute)}`, value])
          expect(readDateTime(text, { today })).toEqual({ kind: 'one', value })
        const part = hour < 12 ? '上午' : '下午'
        const spoken = hour === 0 ? '零' : String(hour > 12 ? hour - 12 : hour)
        expect(readDateTime(`${day}${part}${spoken}点${minute}分`, { today })).toEqual({ kind: 'one', value })
      }),
    )
  })

  it('with three o’clock alone may be at night or in the afternoon', () => {
    expect(readDateTime('明天三点', { today })).toMatchObject({ kind: 'several', values: { length: 2 } })
    expect(readDateTime('明天25点', { today })).toBeNull()
  })
})

describe('a span of days', () => {
  it('is read back and never ends before it begins', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(400), (from, length) => {
        const to = addDays(from, length)
        for (const joint of ['到', '至', '~', ' - '])
          expect(readRange(`${from}${joint}${to}`, { today, calendars })).toEqual({ kind: 'one', value: { from, to } })
      }),
    )
  })

  it('is found in a sentence, with the year before it or behind it', () => {
    for (const [text, from, to] of [
      ['把2025年4月中旬收的件拿来', '2025-04-11', '2025-04-20'],
      ['二季度，去年的', '2025-04-01', '2025-06-30'],
      ['下半年，2025年的', '2025-07-01', '2025-12-31'],
      ['最近三个月办的那些', '2026-08-22', '2026-11-22'],
      ['昨天和前天', '2026-11-20', '2026-11-21'],
      ['九月后半个月', '2026-09-16', '2026-09-30'],
      ['国庆那几天', '2026-10-01', '2026-10-04'],
    ] as const)
      expect(readRange(text, { today, calendars }), text).toEqual({ kind: 'one', value: { from, to } })
  })

  it('without a year is the one nearest to today', () => {
    expect(readRange('11月1号到11月15号', { today, calendars })).toMatchObject({ value: { from: '2026-11-01' } })
    expect(readRange('2月1号到2月30号', { today, calendars })).toEqual({ kind: 'invalid', reason: 'no-such-day' })
  })
})

describe('a span of lunar days', () => {
  it('stays in its calendar when only its first day says so', () => {
    for (const [text, from, to] of [
      ['九月初一到九月十五', '2026-10-10', '2026-10-24'],
      ['九月初一到十五', '2026-10-10', '2026-10-24'],
      ['腊月初八到正月十五', '2027-01-15', '2027-02-20'],
      ['九月中旬到十月中旬', '2026-09-11', '2026-10-20'],
    ] as const)
      expect(readRange(text, { today, calendars })).toEqual({ kind: 'one', value: { from, to } })
  })
})

describe('working days in words', () => {
  it('are counted as everywhere in the service', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), days => {
        const { date } = addWorkingDays(calendars, today, days)
        expect(readWorkday(`${days}个工作日后`, { today, calendars })).toEqual({ kind: 'one', value: date })
      }),
    )
    expect(readWorkday('上一个工作日', { today, calendars })).toEqual({ kind: 'one', value: '2026-11-20' })
    expect(readWorkday('11月28日', { today, calendars })).toEqual({ kind: 'one', value: '2026-11-28' })
  })
})

it('the next working day is found in a sentence that names no other day', () => {
  expect(readWorkday('要不我下个工作日来拿证', { today, calendars })).toEqual({ kind: 'one', value: '2026-11-23' })
})

it('the week of a weekday may be said last, and a little is no hour', () => {
  expect(readDateTime('礼拜五上午九点，下礼拜的', { today })).toEqual({ kind: 'one', value: '2026-11-27T09:00+08:00' })
  expect(readDateTime('周一早九点', { today })).toEqual({ kind: 'one', value: '2026-11-23T09:00+08:00' })
  expect(readDateTime('昨天差一点就摔了', { today })).toEqual({ kind: 'vague', about: '2026-11-21' })
})

describe('years, months, ages and births', () => {
  it('know the animal, the cycle and the nominal age of every year', () => {
    const animals = '鼠牛虎兔龙蛇马羊猴鸡狗猪'
    fc.assert(
      fc.property(fc.integer({ min: 1967, max: 2026 }), year => {
        const animal = animals.charAt((year - 4) % 12)
        const cycle =
          '甲乙丙丁戊己庚辛壬癸'.charAt((year - 4) % 10) + '子丑寅卯辰巳午未申酉戌亥'.charAt((year - 4) % 12)
        for (const text of [`${year}年属${animal}`, `${cycle}年`, `虚岁${2026 - year + 1}`])
          expect(readYear(text, { today })).toEqual({ kind: 'one', value: year })
      }),
    )
    expect(readYear('三十岁', { today })).toEqual({ kind: 'several', values: [1995, 1996] })
  })

  it('ask when nominal age and animal do not agree, and name the ten years of 八几年', () => {
    expect(readYear('属狗的，虚岁七十三', { today })).toEqual({ kind: 'several', values: [1954, 1958] })
    for (const [text, about] of [
      ['八几年', '1980/1989'],
      ['一九九几年', '1990/1999'],
      ['二零一几年', '2010/2019'],
    ] as const)
      expect(readYear(text, { today })).toEqual({ kind: 'vague', about })
    expect(readYear('十几年前', { today })?.kind).not.toBe('vague')
  })

  it('count an age in months', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 17 }), fc.integer({ min: 1, max: 11 }), (years, months) => {
        for (const text of [`${years}岁${months}个月`, `${years * 12 + months}个月大`])
          expect(readMonths(text, { today })).toEqual({ kind: 'one', value: years * 12 + months })
        expect(readMonths(`${years}岁半`, { today })).toEqual({ kind: 'one', value: years * 12 + 6 })
      }),
    )
  })

  it('count an age or a time inside a sentence as alone', () => {
    const carriers = [
      (said: string) => `我跟他过日子过了${said}了`,
      (said: string) => `小家伙满${said}了，会叫人了`,
      (said: string) => `在工地上干了${said}才回来`,
    ]
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 11 }), (years, months) => {
        for (const carrier of carriers) {
          expect(readMonths(carrier(`${years}年零${months}个月`), { today })).toEqual({
            kind: 'one',
            value: years * 12 + months,
          })
          expect(readMonths(`${carrier(`${years}年`)}，是不是能领`, { today })).toBeNull()
        }
      }),
    )
    for (const text of ['奖金一个月十块', '一年来两回', '每个月都领', '头一年最难', '娃三岁了，搬来五年了'])
      expect(readMonths(text, { today }), text).toBeNull()
    expect(readMonths('出了月子，满月，一个月', { today })).toEqual({ kind: 'one', value: 1 })
    expect(readMonths('学手艺学了十来年', { today })).toEqual({ kind: 'vague', about: '120' })
  })

  it('know the year of birth beside other ages, and the animal beside an age that is not reached', () => {
    for (const [text, year] of [
      ['我九三年生，弟弟小我四岁', 1993],
      ['属鼠，今年正好三十', 1996],
      ['娃属龙，还不满三岁', 2024],
      ['属兔，快四十了', 1987],
    ] as const)
      expect(readYear(text, { today }), text).toEqual({ kind: 'one', value: year })
  })

  it('take away what is short of a full year', () => {
    for (const [text, months] of [
      ['两岁差一个月', 23],
      ['三岁差俩月', 34],
      ['差俩月满三岁', 34],
      ['两岁还差半个月', 23.5],
    ] as const)
      expect(readMonths(text, { today })).toEqual({ kind: 'one', value: months })
    for (const text of ['我虚岁都六十六了', '今年六十六了虚岁'])
      expect(readYear(text, { today })).toEqual({ kind: 'one', value: 1961 })
  })

  it('name the month of a day, and both that a lunar one lies in', () => {
    fc.assert(
      fc.property(anyDay, day => {
        expect(readMonth(day, { today })).toEqual({ kind: 'one', value: day.slice(0, 7) })
      }),
    )
    expect(readMonth('腊月', { today })).toEqual({ kind: 'several', values: ['2027-01', '2027-02'] })
  })

  it('name the month of a part of a year', () => {
    for (const [text, month] of [
      ['今年二季度第二个月', '2026-05'],
      ['去年下半年最后一个月', '2025-12'],
      ['前个月', '2026-09'],
      ['9月的报表', '2026-09'],
    ] as const)
      expect(readMonth(text, { today }), text).toEqual({ kind: 'one', value: month })
  })

  it('tell the place of a child from those before it', () => {
    for (const [text, place] of [
      ['第二个', 2],
      ['老三', 3],
      ['已经有一个了', 2],
      ['没生过', 1],
      ['前两个都是男娃', 3],
    ] as const)
      expect(readBirthOrder(text)).toEqual({ kind: 'one', value: place })
    expect(readBirthOrder('老幺')).toMatchObject({ kind: 'vague' })
    expect(readBirthOrder('龙凤胎，老二老三')).toEqual({ kind: 'several', values: [2, 3] })
  })
})
