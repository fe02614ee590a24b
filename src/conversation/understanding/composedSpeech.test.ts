import { expect, it } from 'vitest'
import { addDays } from '../../domain/world.ts'
import { readMonths } from './ages.ts'
import { readGestation, TERM } from './gestation.ts'
import { hearValue } from './heardValue.ts'
import { readMonth } from './months.ts'
import { readAmount } from './numbers.ts'
import { readRange } from './ranges.ts'

/*
 * How villagers put deeds, spans, sums and what is left of a pregnancy, and what a voice writes for units, composed and
 * reckoned apart from the readers.
 */

/** A Sunday in the year of the horse. */
const today = '2026-11-22'

type Case = readonly [text: string, means: unknown]

function expectAll(cases: readonly Case[], read: (text: string) => unknown): void {
  const missed = cases.filter(([text, means]) => JSON.stringify(read(text)) !== JSON.stringify(means))
  expect(missed.map(([text, means]) => [text, 'means', means, 'not', read(text)])).toEqual([])
}

it('a month stands before what was done in it', () => {
  const months = [
    ['今年三月', '2026-03'],
    ['去年八月份', '2025-08'],
    ['上个月', '2026-10'],
    ['二零二四年七月', '2024-07'],
    ['五月', '2026-05'],
    ['三个月前', '2026-08'],
  ] as const
  const deeds = ['上的户口', '上的学', '上的班', '上的环', '下的葬', '结的婚', '办的酒', '出的院', '上的保险', '流的产']
  const cases = months.flatMap(([said, month]) =>
    deeds.flatMap(deed => ['', '娃是', '俺是'].map(before => [`${before}${said}${deed}`, month] as const)),
  )
  expectAll(cases, text => {
    const reading = readMonth(text, { today })
    return reading?.kind === 'one' ? reading.value : null
  })
})

const span = (text: string) => {
  const reading = readRange(text, { today, calendars: [] })
  return reading?.kind === 'one' ? `${reading.value.from}/${reading.value.to}` : null
}

it('a span goes from feast, term or month to another or to this day, whatever stands behind it', () => {
  const firsts = [
    ['元旦', '2026-01-01'],
    ['清明', '2026-04-05'],
    ['五一', '2026-05-01'],
    ['立春', '2026-02-04'],
    ['三月', '2026-03-01'],
  ] as const
  const lasts = [
    ['六一', '2026-06-01'],
    ['端午', '2026-06-19'],
    ['立秋', '2026-08-07'],
    ['中秋', '2026-09-25'],
    ['六月底', '2026-06-30'],
  ] as const
  const behind = ['', '这段', '那阵子', '这段时间', '的都要', '的单子全拿来', '中间']
  const between = firsts.flatMap(([first, from]) =>
    lasts.flatMap(([last, to]) => behind.map(words => [`今年${first}到${last}${words}`, `${from}/${to}`] as const)),
  )
  const untilNow = firsts.flatMap(([first, from]) =>
    ['现在', '今儿个', '今天', '眼下', '眼目下', '如今'].flatMap(now =>
      ['', '的都要', '的', '办的都算上'].map(words => [`从${first}到${now}${words}`, `${from}/${today}`] as const),
    ),
  )
  expectAll([...between, ...untilNow], span)
})

it('a span lies around the new year that is told with it', () => {
  const cases = ['，就今年过年那阵', '就今年过年那阵子', '，今年过年的时候', '，是今年春节那几天'].flatMap(told => [
    [`腊月二十三到正月十五${told}`, '2026-02-10/2026-03-03'] as const,
    [`年三十到初六${told}`, '2026-02-16/2026-02-22'] as const,
    [`腊月二十三到正月十五${told.replace('今', '去')}`, '2025-01-22/2025-02-12'] as const,
  ])
  expectAll(cases, span)
  expectAll(
    [
      ['去年冬至到今年立春', '2025-12-21/2026-02-04'],
      ['国庆以来', '2026-10-01/2026-11-22'],
      ['九月份以来办的', '2026-09-01/2026-11-22'],
      ['今年开年以来', '2026-01-01/2026-11-22'],
      ['今年芒种到夏至这半个月', '2026-06-05/2026-06-21'],
      ['八一到十一这俩月', '2026-08-01/2026-10-01'],
      ['夏至到立秋', '2026-06-21/2026-08-07'],
      ['五一到五四就今年的', '2026-05-01/2026-05-04'],
    ],
    span,
  )
})

it('what is left until the birth tells its day', () => {
  const left = [
    ['六个星期', 42],
    ['二十天', 20],
    ['3周', 21],
    ['两个礼拜', 14],
    ['六周零三天', 45],
  ] as const
  const said = [
    '离预产期还有#',
    '离预产期还有整整#',
    '还差#就生',
    '还有#到日子',
    '还剩#到预产期',
    '还得#才生',
    '就剩#就到预产期了',
  ]
  const cases = left.flatMap(([words, days]) => said.map(text => [text.replace('#', words), days] as const))
  expectAll(
    cases.map(([text, days]) => [text, { days: TERM - days, dueDate: addDays(today, days), lastPeriod: null }]),
    text => {
      const reading = readGestation(text, { today })
      return reading?.kind === 'one' ? reading.value : null
    },
  )
  const rough = [
    '还有一个半月到日子',
    '离预产期还有两个多月',
    '离预产期不到三周',
    '离预产期还有十来天',
    '还有个把月到日子',
    '再有四五天就生了',
  ]
  for (const text of rough) expect(readGestation(text, { today })?.kind, text).toBe('vague')
  expect(readGestation('离足月还有两周', { today })).toBeNull()
})

it('a slip of the voice stands beside figures of either kind', () => {
  const weeks = ['州', '洲', '粥', '舟'].flatMap(slip => [
    [`25${slip}4天`, 179] as const,
    [`怀孕十二${slip}`, 84] as const,
    [`有28${slip}了`, 196] as const,
    [`20${slip}`, 140] as const,
  ])
  expectAll(weeks, text => {
    const { reading } = hearValue('gestation', text, words => readGestation(words, { today }))
    return reading?.kind === 'one' ? reading.value.days : null
  })
  const spans = [
    ['三各月', 3],
    ['18各月', 18],
    ['两碎', 24],
    ['2碎半', 30],
    ['六个越', 6],
  ] as const
  expectAll(spans, text => {
    const { reading } = hearValue('months', text, words => readMonths(words, { today }))
    return reading?.kind === 'one' ? reading.value : null
  })
  const numbers = [
    ['五快钱', 5],
    ['50快钱', 50],
    ['两前三', 2300],
    ['三各孩子', 3],
    ['3各', 3],
    ['五扣人', 5],
  ] as const
  expectAll(numbers, text => {
    const { reading } = hearValue('number', text, readAmount)
    return reading?.kind === 'one' ? reading.value : null
  })
})

const amount = (text: string) => {
  const reading = readAmount(text)
  return reading?.kind === 'one' ? reading.value : (reading?.kind ?? null)
}

it('a total counts behind its parts, when it is one of them', () => {
  const words = ['总共', '一共', '拢共', '合计', '加起来', '共']
  const cases = words.flatMap(total => [
    [`屋里两个老的三个小的${total}五口人`, 5] as const,
    [`大的两个小的一个${total}三个`, 3] as const,
    [`老人两个，大人两个，娃两个，${total}六口`, 6] as const,
    [`头一回三百，第二回两百，${total}五百`, 500] as const,
    [`两个孩子，${total}三百块`, null] as const,
  ])
  expectAll(cases, amount)
})

it('an amount is rough by many words before and behind it', () => {
  const before = ['约摸', '约莫', '大约摸', '差不离', '大概其', '少说也有', '顶多', '不下'].map(word => `${word}八百`)
  const behind = ['上下', '左右', '来往', '出头', '开外', '挂零', '冒头', '朝上', '挨边', '有余', '的样子'].flatMap(
    word => [`八百${word}`, `三十岁${word}`],
  )
  expectAll(
    [...before, ...behind].map(text => [text, 'vague']),
    amount,
  )
  expect([amount('三块六毛五'), amount('满打满算三百')]).toEqual([3.65, 300])
})
