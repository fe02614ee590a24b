import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identityCheckCharacter } from '../../domain/identityNumber.ts'
import { buildRegionIndex } from '../../domain/region.ts'
import { inputTypes } from '../types.ts'
import { makeReadValue } from './readValue.ts'
import type { UnderstandContext } from './types.ts'

const regions = buildRegionIndex({
  rows: [
    ['42', '湖北省'],
    ['4207', '鄂州市'],
    ['420702', '梁子湖区'],
    ['420702104', '沼山镇'],
    ['420702104212', '下柯村'],
    ['420702104213', '夏咀村'],
    ['420702105', '东沟镇'],
    ['420702105201', '东村'],
    ['32', '江苏省'],
    ['3201', '南京市'],
    ['320106', '鼓楼区'],
    ['3203', '徐州市'],
    ['320302', '鼓楼区'],
  ],
  aliases: [],
})
const readValue = makeReadValue({ regions })
const context: UnderstandContext = { today: '2026-11-22' }
const options = [
  { value: 'mother', label: '妈妈', synonyms: ['母亲', '我是孩子妈'] },
  { value: 'father', label: '爸爸', synonyms: ['父亲'] },
  { value: 'proxy', label: '替爸爸妈妈办' },
]
const choice = (text: string) => readValue('choice', text, { ...context, options })
const first17 = '42070219900101000'
const id = first17 + identityCheckCharacter(first17)

describe('an answer about a day', () => {
  it('is shown and confirmed when it was lunar or relative', () => {
    expect(readValue('date', '腊月初八', { ...context, sense: 'dueDate' })).toEqual({
      status: 'ok',
      value: '2027-01-15',
      confirm: true,
      shown: '腊月初八，就是2027年1月15日（星期五）',
    })
    expect(readValue('date', '昨天', context)).toMatchObject({
      value: '2026-11-21',
      confirm: true,
      shown: '昨天，就是2026年11月21日（星期六），农历十月十三',
    })
    expect(readValue('date', '2026年3月5日', context)).toMatchObject({
      value: '2026-03-05',
      confirm: false,
      shown: '2026年3月5日（星期四），农历正月十七',
    })
  })

  it('is refused outside the limits of the question', () => {
    const limits = { ...context, min: '2026-11-01', max: '2026-12-31' }
    expect(readValue('date', '2026-10-31', limits)).toEqual({
      status: 'invalid',
      reason: 'too-early',
      detail: '2026-11-01',
    })
    expect(readValue('date', '2027-01-01', limits)).toEqual({
      status: 'invalid',
      reason: 'too-late',
      detail: '2026-12-31',
    })
    expect(readValue('date', '2026-11-01', limits)).toMatchObject({ status: 'ok' })
  })

  it('is refused, asked back, or asked for more', () => {
    expect(readValue('date', '2月30日', context)).toEqual({ status: 'invalid', reason: 'no-such-day' })
    expect(readValue('date', '15号', context)).toMatchObject({
      status: 'ambiguous',
      options: [{ value: '2026-11-15', label: '2026年11月15日（星期日），农历十月初七' }, {}],
    })
    expect(readValue('date', '明年3月', context)).toEqual({ status: 'approx', detail: '2027-03' })
    expect(readValue('date', '不晓得', context)).toEqual({ status: 'none' })
  })
})

describe('an answer about a person', () => {
  it('gives the name without the sentence around it', () => {
    for (const text of ['张三', '我叫张三', '姓名：张三', '她的名字是张三。', ' 张 三 '])
      expect(readValue('name', text, context)).toEqual({ status: 'ok', value: '张三', confirm: false, shown: '张三' })
    expect(readValue('name', '买买提•艾力', context)).toMatchObject({ value: '买买提·艾力' })
    expect(readValue('name', 'Anna Smith', context)).toMatchObject({ value: 'Anna Smith' })
  })

  it('is shown once more when a character needs an eye', () => {
    expect(readValue('name', '山﨑', context)).toMatchObject({ status: 'ok', value: '山﨑', confirm: true })
  })

  it('is no name when it says that there is none', () => {
    for (const text of ['我不知道', '还没取', '不想说', '什么意思？'])
      expect(readValue('name', text, context)).toEqual({ status: 'invalid', reason: 'not-a-name' })
    expect(readValue('name', '张\u200B三', context)).toEqual({ status: 'invalid', reason: 'character' })
  })

  it('gives the identity number, shown masked', () => {
    expect(readValue('idNumber', `身份证 ${id}`, context)).toEqual({
      status: 'ok',
      value: id,
      confirm: false,
      shown: `4207**********${id.slice(-4)}`,
    })
    expect(readValue('idNumber', id.slice(0, 17), context)).toEqual({ status: 'invalid', reason: 'length' })
    expect(readValue('idNumber', '不想说', context)).toEqual({ status: 'none' })
  })

  it('asks before it counts whenever characters were put right by sound, and never touches a name', () => {
    for (const [type, text, value] of [
      ['date', '名天', '2026-11-23'],
      ['date', '今年腊月出八', '2027-01-15'],
      ['phone', '腰三九零零零零腰二三四', '13900001234'],
      ['number', '两前八百', 2800],
    ] as const)
      expect(readValue(type, text, context), text).toMatchObject({ status: 'ok', value, confirm: true })
    for (const name of ['后添', '周武', '而胎', '久酒', '刘白'])
      expect(readValue('name', name, context)).toMatchObject({ status: 'ok', value: name, confirm: false })
    expect(readValue('text', '大钱天', context)).toMatchObject({ value: '大钱天' })
  })

  it('gives a phone on which the person can be reached', () => {
    expect(readValue('phone', '幺三八 0000 0000', context)).toMatchObject({ status: 'ok', value: '13800000000' })
    expect(readValue('phone', '0711-3250000', context)).toMatchObject({ value: '0711-3250000' })
    expect(readValue('phone', '110', context)).toEqual({ status: 'invalid', reason: 'not-a-phone' })
    expect(readValue('phone', '没有', context)).toEqual({ status: 'none' })
  })
})

describe('an answer about a place', () => {
  it('is the village where villages are known, and the county elsewhere', () => {
    expect(readValue('region', '沼山下柯', context)).toEqual({
      status: 'ok',
      value: '420702104212',
      confirm: false,
      shown: '湖北省鄂州市梁子湖区沼山镇下柯村',
    })
    expect(readValue('region', '南京鼓楼', context)).toMatchObject({ status: 'ok', value: '320106' })
  })

  it('is asked on when only the town was named, with its villages as choices', () => {
    expect(readValue('region', '沼山镇', context)).toEqual({
      status: 'ambiguous',
      options: [
        { value: '420702104212', label: '下柯村' },
        { value: '420702104213', label: '夏咀村' },
      ],
      within: '湖北省鄂州市梁子湖区沼山镇',
    })
  })

  it('is asked back with full paths when several places carry the name', () => {
    expect(readValue('region', '鼓楼区', context)).toEqual({
      status: 'ambiguous',
      options: [
        { value: '320106', label: '江苏省南京市鼓楼区' },
        { value: '320302', label: '江苏省徐州市鼓楼区' },
      ],
    })
    expect(readValue('region', '鼓楼区', { ...context, within: '3203' })).toMatchObject({ value: '320302' })
  })

  it('is asked for more when there are too many places below', () => {
    const rows = Array.from({ length: 21 }, (_, i) => [`4207021042${String(i).padStart(2, '0')}`, `甲${i}村`] as const)
    const many = makeReadValue({
      regions: buildRegionIndex({ rows: [['42', '湖北省'], ['420702104', '沼山镇'], ...rows], aliases: [] }),
    })
    expect(many('region', '沼山', context)).toEqual({ status: 'approx', detail: '湖北省沼山镇', within: '420702104' })
  })
})

describe('a choice', () => {
  it.each([
    '1',
    '１',
    '一',
    '①',
    '第一个',
    '选1',
    '妈妈',
    '我是妈妈',
    '母亲',
    '我是孩子妈',
    'mother',
    'A',
    '1.',
    '妈妈。',
    '回复1',
    '第1项',
  ])('is the first by %s', text => {
    expect(choice(text)).toEqual({ status: 'ok', value: 'mother', confirm: false, shown: '妈妈' })
  })

  it('is the longer name when one contains the other', () => {
    expect(choice('替爸爸妈妈办')).toMatchObject({ value: 'proxy' })
    expect(choice('最后一个')).toMatchObject({ value: 'proxy' })
  })

  it('is asked back when two are named, none when denied or unknown, refused when the number is too high', () => {
    expect(choice('妈妈或者爸爸')).toMatchObject({
      status: 'ambiguous',
      options: [{ value: 'mother' }, { value: 'father' }],
    })
    expect(choice('不是妈妈')).toEqual({ status: 'none' })
    expect(choice('今天天气好')).toEqual({ status: 'none' })
    expect(choice('4')).toEqual({ status: 'invalid', reason: 'not-an-option' })
    expect(choice('0')).toEqual({ status: 'invalid', reason: 'not-an-option' })
  })

  it('may be several where several are allowed', () => {
    const several = (text: string) => readValue('multiChoice', text, { ...context, options })
    for (const text of ['1、3', '1 3', '13', '第一个和第三个', '妈妈，替爸爸妈妈办'])
      expect(several(text)).toMatchObject({ value: ['mother', 'proxy'] })
    expect(several('全部')).toMatchObject({ value: ['mother', 'father', 'proxy'], shown: '妈妈、爸爸、替爸爸妈妈办' })
    expect(several('1、9')).toEqual({ status: 'none' })
  })
})

describe('a yes or no', () => {
  it.each([
    '是',
    '是的',
    '对',
    '嗯',
    '好',
    '好的呀',
    '要得',
    '中',
    '行',
    '没错',
    '是的，我结婚了',
    '对对对！',
    'Yes',
    'ok',
    '系',
    '可以啊',
    '有',
  ])('is yes: %s', text => {
    expect(readValue('yesNo', text, context)).toMatchObject({ status: 'ok', value: true })
  })
  it.each([
    '不',
    '不是',
    '没有',
    '冇',
    '不中',
    '莫得',
    '不对',
    '没',
    'no',
    '不要',
    '唔系',
    '不是的，还没结婚',
    '错了',
    '否',
    '不同意',
  ])('is no: %s', text => {
    expect(readValue('yesNo', text, context)).toMatchObject({ status: 'ok', value: false })
  })
  it.each(['是不是', '要不要交钱？', '也许', '什么', '可以吗', '不知道'])('is neither: %s', text => {
    expect(readValue('confirm', text, context)).toEqual({ status: 'none' })
  })
})

it('reads counts with their limits', () => {
  expect(readValue('number', '俩', context)).toMatchObject({ status: 'ok', value: 2 })
  expect(readValue('number', '一个都没有', context)).toMatchObject({ value: 0 })
  expect(readValue('number', '99', { ...context, max: 20 })).toEqual({
    status: 'invalid',
    reason: 'out-of-range',
    detail: '20',
  })
  expect(readValue('number', '2a3', context)).toEqual({ status: 'invalid', reason: 'not-a-number' })
})

it('takes a count that is only about right, shows it first, and asks back which of two is meant', () => {
  expect(readValue('number', '大概五十个', context)).toEqual({ status: 'ok', value: 50, confirm: true, shown: '50' })
  expect(readValue('number', '三个或者五个', context)).toMatchObject({
    status: 'ambiguous',
    options: [{ value: 3 }, { value: 5 }],
  })
  expect(readValue('date', '2025年8月15，记不清是阳历还是农历了', context)).toMatchObject({
    status: 'ambiguous',
    options: [{ value: '2025-08-15' }, { value: '2025-10-06' }],
  })
})

it('hears a year where a year is asked for, and shows what was not given in figures', () => {
  const asked = { ...context, min: 1979, max: 2100 }
  expect(readValue('number', '2015年', asked)).toMatchObject({ status: 'ok', value: 2015, confirm: false })
  expect(readValue('number', '去年', asked)).toMatchObject({ value: 2025, confirm: true, shown: '2025' })
  expect(readValue('number', '九八年', asked)).toMatchObject({ value: 1998 })
  expect(readValue('number', '1960年', asked)).toMatchObject({ reason: 'out-of-range', detail: '1979' })
  expect(readValue('number', '记不得了', asked)).toEqual({ status: 'none' })
})

it('takes a number for itself where the choices are numbers, not for a place in the list', () => {
  const options = ['2', '3', '都不是'].map((label, n) => ({ value: String(n + 1), label }))
  const picked = (said: string) => readValue('choice', said, { ...context, options })
  expect(picked('2')).toMatchObject({ value: '1', shown: '2' })
  expect(picked('两个')).toMatchObject({ value: '1' })
  expect(picked('三')).toMatchObject({ value: '2' })
  expect(picked('都不是')).toMatchObject({ value: '3' })
  expect(picked('1').status).not.toBe('ok')
})

it('takes free text as it is, without controls and direction marks', () => {
  expect(readValue('text', ' 门口有棵树\n第二家 ', context)).toMatchObject({ value: '门口有棵树\n第二家' })
  for (const bad of ['a\u0000b', 'a\u202Eb', 'a\ud800'])
    expect(readValue('text', bad, context)).toEqual({ status: 'invalid', reason: 'character' })
})

it('never throws and always answers, whatever the type, the text and the time it takes', () => {
  const piece = fc.constantFrom(
    '沼山',
    '15',
    '号',
    '月',
    '不',
    '是',
    '妈妈',
    '初',
    '闰',
    '十',
    '1',
    'X',
    '，',
    '😀',
    '\u202E',
    '·',
    ' ',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.array(piece, { maxLength: 30 }).map(parts => parts.join('')),
  )
  fc.assert(
    fc.property(fc.constantFrom(...inputTypes), text, (type, said) => {
      expect(readValue(type, said, { ...context, options }).status).toBeTypeOf('string')
    }),
    { numRuns: 500 },
  )
  // Work of this process, not the time on the clock, in which others may run; about 5 ms are needed.
  for (const unit of ['1', '一', '是', '初十', '沼山', '. ', '不是']) {
    const start = process.cpuUsage()
    for (const type of inputTypes) readValue(type, unit.repeat(50_000), { ...context, options })
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(200)
  }
})

it('keeps free text as it was written, in one form, whatever it is made of', () => {
  const unit = fc.constantFrom(...'09az是一龥號 :。Aé𠮷', 'e\u0301')
  fc.assert(
    fc.property(fc.string({ unit, minLength: 1, maxLength: 8 }), text => {
      fc.pre(text.trim() !== '')
      const value = text.trim().normalize('NFC')
      expect(readValue('text', text, context)).toEqual({ status: 'ok', value, shown: value, confirm: false })
    }),
  )
})
