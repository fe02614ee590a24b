import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identityCheckCharacter } from '../../domain/identityNumber.ts'
import { readMonths } from './ages.ts'
import { readBirthOrder } from './birthOrder.ts'
import { correctionIn } from './corrections.ts'
import { readDate } from './dates.ts'
import { hearIdentityNumber, hearPhone, hearValue } from './heardValue.ts'
import { readAmount } from './numbers.ts'
import { readDateTime } from './times.ts'
import { readWorkday } from './workdayWords.ts'
import { readYear } from './years.ts'

const today = '2026-11-21'
const date = (text: string) => hearValue('date', text, words => readDate(words, { today }))
const number = (text: string) => hearValue('number', text, readAmount)

describe('a slip of a voice', () => {
  it.each([
    ['大钱天', '2026-11-18'],
    ['名天', '2026-11-22'],
    ['后添', '2026-11-23'],
    ['下州五', '2026-11-27'],
    ['夏周一', '2026-11-23'],
    ['浓历二零二五年八月初三', '2025-09-24'],
    ['今年腊月出八', '2027-01-15'],
    ['今年整月初五', '2026-02-21'],
    ['今年端舞节', '2026-06-19'],
    ['取年三月五号', '2025-03-05'],
  ])('is put right by its sound, and said to be: %s is %s', (text, day) => {
    expect(date(text)).toMatchObject({ reading: { kind: 'day', date: day }, guessed: true })
  })

  it('is put right in numbers, ages, births, hours and years', () => {
    expect(number('两前八百').reading).toEqual({ kind: 'one', value: 2800 })
    expect(number('三千六白').reading).toEqual({ kind: 'one', value: 3600 })
    const months = hearValue('months', '一年另四个月', words => readMonths(words, { today }))
    expect(months.reading).toEqual({ kind: 'one', value: 16 })
    expect(hearValue('birth_order', '而胎', readBirthOrder).reading).toEqual({ kind: 'one', value: 2 })
    const hour = hearValue('datetime', '明天上午酒店半', words => readDateTime(words, { today }))
    expect(hour.reading).toEqual({ kind: 'one', value: '2026-11-22T09:30+08:00' })
    const year = hearValue('year', '嘘岁三十一', words => readYear(words, { today }))
    expect(year.reading).toEqual({ kind: 'one', value: 1996 })
  })

  it('is put right inside a sentence when it is the only one of a longer word', () => {
    const words = fc.constantFrom(['工作日', '公作日'], ['工作日', '工坐日'], ['个工作日内', '个工做日内'])
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 60 }), ([right, wrong], days) => {
        const read = (said: string) => readWorkday(said, { today, calendars: [] })
        const sentence = (word: string) => `窗口讲${days}个${word.replace(/^个/u, '')}出结果呐`
        const heard = hearValue('workday', sentence(wrong), read)
        expect(heard).toMatchObject({ reading: read(sentence(right)), guessed: true })
      }),
    )
    for (const [text, day] of [
      ['大后田我去趟镇里', '2026-11-24'],
      ['后田下午交', '2026-11-23'],
      ['尚个月二十号', '2026-10-20'],
      ['去年十越八号', '2025-10-08'],
      ['2026年5月吧号', '2026-05-08'],
      ['二零二五年谷语', '2025-04-20'],
    ] as const)
      expect(date(text), text).toMatchObject({ reading: { kind: 'day', date: day }, guessed: true })
    for (const [text, value] of [
      ['六百吧十块', 680],
      ['两千溜', 2600],
      ['四十酒', 49],
      ['思十二', 42],
      ['三万吴千', 35_000],
      ['百分之就十', 0.9],
    ] as const)
      expect(number(text), text).toMatchObject({ reading: { kind: 'one', value }, guessed: true })
    expect(hearValue('birth_order', '这是第儿胎', readBirthOrder).reading).toEqual({ kind: 'one', value: 2 })
    expect(hearPhone('一三九灵灵灵灵一二三吧').reading).toMatchObject({ number: '13900001238' })
    expect(hearPhone('一三九灵灵灵灵一二吧').reading.ok).toBe(false)
    expect(hearPhone('一三九灵灵灵灵一二三四').reading).toMatchObject({ number: '13900001234' })
  })

  it.each(['三千六是一次给', '本月无意外', '我住前田村', '第死胎'])('is none in %s', text => {
    expect(number(text).guessed || date(text).guessed, text).toBe(false)
    expect(hearValue('birth_order', text, readBirthOrder).guessed, text).toBe(false)
  })

  it('in a phone gives one of a person, in an identity number one that passes its check', () => {
    expect(hearPhone('腰三九零零零零腰二三四')).toMatchObject({ reading: { number: '13900001234' }, guessed: true })
    expect(hearPhone('幺三久零零零零八八九九')).toMatchObject({ reading: { number: '13900008899' }, guessed: true })
    // Short numbers only where voices are known to write 幺 so, and nothing else is said.
    expect(hearPhone('腰腰零')).toMatchObject({ guessed: false, reading: { kind: 'emergency', number: '110' } })
    for (const text of ['姚姚零', '她腰一百二', '腰二零五']) expect(hearPhone(text).reading.ok, text).toBe(false)
    const first = '42070219900101001'
    const spoken = (figures: string) =>
      Array.from(figures, figure => '零一二三四五六七八九'.charAt(Number(figure))).join('')
    const check = identityCheckCharacter(first)
    const said = `${spoken(first).replace('九九', '久酒')}${check === 'X' ? '叉' : spoken(check)}`
    expect(hearIdentityNumber(said, today)).toMatchObject({ reading: { ok: true, id: first + check }, guessed: true })
    expect(hearIdentityNumber(said.replace('七', '以'), today).guessed).toBe(false)
  })

  it('is not looked for in a good answer', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('2026年3月5日', '三月五号', '腊月初八', '下周三', '昨天', '十五号', '三月'),
        fc.constantFrom('', '生的', '吧'),
        (text, after) => {
          expect(date(text + after).guessed).toBe(false)
        },
      ),
    )
  })

  it.each([
    '没有 不知道 到时候 以后再说 什么时候 好的 医院 意思 有事 是的 一起 而已 二舅 三姨 一晚五十块 两碗饭 三室两厅',
    '春杰 周武 琪月 刘日和 李清明 思月 王九思 杨柳青 石桥村 下洲 明田村 五里亭 九江 八里桥 十堰 四会 万州 千阳',
    '死胎 老师好 酒店 下午酒店 误点 快了 出院 正在办 历史 号码 天气 大叔 小学 出席 整月 晚点到 金毅日 前面 后来 年轻',
  ])('is none of %s', texts => {
    for (const text of texts.split(' ')) {
      expect(date(text).guessed, text).toBe(false)
      expect(number(text).guessed, text).toBe(false)
      expect(hearPhone(text).guessed, text).toBe(false)
      expect(hearValue('birth_order', text, readBirthOrder).guessed, text).toBe(false)
      expect(hearValue('datetime', text, words => readDateTime(words, { today })).guessed, text).toBe(false)
    }
  })
})

describe('a correction in one breath', () => {
  it.each([
    ['2026年3月5号 不对不对 是3月6号', '2026-03-06'],
    ['12月5号，不对，是15号', '2026-12-15'],
    ['2025年3月5号，不对，是2026年', '2026-03-05'],
    ['去年腊月初八，不对，初九', '2026-01-27'],
    ['农历三月初五，说错了，是初六', '2027-04-12'],
    ['下周三，不对，是周四', '2026-11-26'],
    ['下周三，不对，是3月5号', '2027-03-05'],
    ['明天，哦不，后天', '2026-11-23'],
    ['不是3月5号，是6号', '2027-03-06'],
    ['3月5号，不是3月6号', '2027-03-05'],
    ['十来天前 不对 是十一天前', '2026-11-10'],
    ['3月5号对不对', '2027-03-05'],
  ])('takes what it leaves out from what it corrects: %s is %s', (text, day) => {
    expect(date(text)).toMatchObject({ reading: { kind: 'day', date: day } })
  })

  it('is heard in every kind alike', () => {
    expect(number('三个，不对，是四个').reading).toEqual({ kind: 'one', value: 4 })
    const year = hearValue('year', '七几年不记得 哦 是七六年', words => readYear(words, { today }))
    expect(year.reading).toEqual({ kind: 'one', value: 1976 })
    expect(hearPhone('13900001234，不对，最后四位是5678').reading).toMatchObject({ number: '13900005678' })
    expect(hearPhone('13900001234，说错了，13900009999').reading).toMatchObject({ number: '13900009999' })
    const hour = hearValue('datetime', '明天上午九点，不对，十点', words => readDateTime(words, { today }))
    expect(hour.reading).toEqual({ kind: 'one', value: '2026-11-22T10:00+08:00' })
  })

  it('is none where nothing was taken back', () => {
    for (const text of ['格式不对，第三遍了', '是不是3月5号', '没有错', '3月5号', ''])
      expect(correctionIn(text), text).toBeNull()
  })

  it('never throws', () => {
    const piece = fc.constantFrom(
      '不对',
      '不是',
      '是',
      '说错了',
      '3月',
      '5号',
      '，',
      '到',
      '尾号',
      '八',
      '农历',
      '\ud800',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), parts => {
        date(parts.join(''))
        hearPhone(parts.join(''))
      }),
    )
  })
})
