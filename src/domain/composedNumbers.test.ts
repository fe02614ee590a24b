import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identityCheckCharacter, readIdentityNumber } from './identityNumber.ts'
import { readPhone, readPhones } from './phone.ts'

// Numbers in every form and group, with what people say between and around them. Made up; none belongs to a person.
const SPOKEN = ['零幺二三四五六七八九', '零一二三四五六七八九', '洞幺两三四五六拐八勾', '零壹贰叁肆伍陆柒捌玖']
const BETWEEN = [
  '',
  ' ',
  '-',
  '，',
  '、',
  '…',
  '……',
  '~',
  '，嗯，',
  '呃',
  '啊，',
  '，然后',
  '，再',
  '，后面是',
  '，那个，',
]
const AROUND =
  `X|我的是X|X，你记一下|那个，X|喂，X|你记一下，X|X哈|X嘛|X嘞|张三 X|张三，X|X 张三|X，张三|“X”|我说你记X|X，罗山的|X，对不对`.split(
    '|',
  )

const spoken = (number: string, figures: string) =>
  number.replaceAll('X', '叉').replace(/\d/g, figure => figures.charAt(Number(figure)))
const grouped = (number: string, ...ends: number[]) =>
  ends.map((end, i) => number.slice(ends[i - 1] ?? 0, end)).concat(number.slice(ends.at(-1)))

/** Every way to write a number in groups, in figures and in words. */
function written(groups: readonly string[]): string[] {
  return BETWEEN.flatMap(between => {
    const text = groups.join(between)
    return [text, ...SPOKEN.map(figures => spoken(text, figures))]
  })
}

function around(texts: readonly string[]): string[] {
  return texts.flatMap((text, i) => [text, (AROUND[i % AROUND.length] ?? 'X').replace('X', text)])
}

describe('a phone number', () => {
  const mobiles = ['13800001279', '17300000000', '19911112222']

  it.each(mobiles)('is the same however it is parted and spoken: %s', number => {
    const misses = around(written(grouped(number, 3, 7))).filter(text => {
      const phone = readPhone(text)
      return !phone.ok || phone.number !== number
    })
    expect(misses).toEqual([])
  })

  it.each(['+86', '+86 ', '+86-', '0086', '86 ', '(+86)', '（86）'])('is the same behind %s in a sentence', country => {
    const misses = AROUND.map(said => said.replace('X', `${country}13800001279`)).filter(text => {
      const phone = readPhone(text)
      return !phone.ok || phone.number !== '13800001279'
    })
    expect(misses).toEqual([])
  })

  it.each([
    ['区号0711，电话3861234', '0711-3861234'],
    ['3861234，区号是0711', '0711-3861234'],
    ['零七幺幺杠三八六幺二三四', '0711-3861234'],
    ['0711-3861234，分机号是802', '0711-3861234-802'],
    ['(0371)65551234-802', '0371-65551234-802'],
    ['02161234567，接通后按802', '021-61234567-802'],
    ['0711-3861234，24小时开机', '0711-3861234'],
    ['86-10-62345678', '010-62345678'],
    ['138后面八个零', '13800000000'],
  ])('is put together from what is said: %s', (text, number) => {
    expect(readPhone(text)).toMatchObject({ ok: true, number })
  })

  it.each([
    ['1380000127，打这个', 'length'],
    ['幺三八零零零零幺二七九七，你记一下', 'length'],
    ['12800001279，打这个', 'prefix'],
    ['打+85213800001找我', 'prefix'],
    ['我电话19911a12222', 'character'],
    ['138****1279', 'character'],
  ])('is refused for its fault, not for the words beside it: %s for %s', (text, reason) => {
    expect(readPhone(text)).toEqual({ ok: false, reason })
  })

  it.each([
    '13800001279，第二个15900003321',
    '打13800001279 15900003321都行',
    '13800001279，还有一个，15900003321',
    '幺三八零零零零幺二七九或者幺五九零零零零三三二幺',
  ])('is one of two: %s', text => {
    expect(readPhones(text).map(({ number }) => number)).toEqual(['13800001279', '15900003321'])
  })

  it('is one of two beside a landline', () => {
    expect(readPhones('0711-3861234，13800001279').map(({ number }) => number)).toEqual(['0711-3861234', '13800001279'])
  })
})

describe('an identity number', () => {
  const [woman, permit] = ['41152119850612002', '81000019790304004'].map(
    first17 => first17 + identityCheckCharacter(first17),
  )

  it.each([woman ?? '', permit ?? ''])('is the same however it is parted and spoken: %s', id => {
    const texts = around([...written(grouped(id, 6, 14)), ...written(grouped(id, 3, 6, 9, 12, 15))])
    const misses = texts.filter(text => {
      const reading = readIdentityNumber(text, '2026-11-22')
      return !reading.ok || reading.id !== id
    })
    expect(misses).toEqual([])
  })

  it.each(['打叉', '……X', '，末尾是个叉', '最后一位X', 'X叉', '，艾克斯'])('ends in X as it is said: %s', x => {
    expect(readIdentityNumber(`41152119850612002${x}`, '2026-11-22')).toMatchObject({ ok: true, id: woman })
  })

  it.each([
    ['张三，420702199002300016', 'birthdate'],
    ['ID 990702199001010018', 'area'],
    ['420702，嗯，20270101，0012', 'future-birth'],
    ['42070219900101001，1990年的', 'length'],
    ['张三 420702199001010015', 'checksum'],
  ])('is refused for its fault, not for the words beside it: %s for %s', (text, reason) => {
    expect(readIdentityNumber(text, '2026-11-22')).toEqual({ ok: false, reason })
  })
})

describe('a phone number told by how often its figures come', () => {
  const NUMERALS = '零一二三四五六七八九'
  const ONE_WORD: Readonly<Record<number, readonly string[]>> = { 2: ['俩', '双', '两个'], 3: ['仨', '三个'] }
  const mobile = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 5 })), { minLength: 8, maxLength: 8 })
    .map(runs => `139${runs.map(([figure, times]) => String(figure).repeat(times)).join('')}`.slice(0, 11))

  /** 仨6, 一个8, 四个零: each run of a figure by its count or as it is. */
  function told(run: string, way: number, inWords: boolean): string {
    const figure = inWords ? NUMERALS.charAt(Number(run.charAt(0))) : run.charAt(0)
    const counted = ONE_WORD[run.length] ?? [`${NUMERALS.charAt(run.length)}个`, `${run.length}个`]
    return way === 0 ? figure.repeat(run.length) : `${counted[way % counted.length] ?? ''}${figure}`
  }

  it('is that number', () => {
    const ways = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(mobile, ways, fc.boolean(), fc.constantFrom(' ', '，'), (number, way, inWords, between) => {
        const runs = number.slice(3).match(/(\d)\1*/g) ?? []
        const text = `139${between}${runs.map((run, i) => told(run, way[i] ?? 0, inWords)).join(between)}`
        expect(readPhone(text), text).toEqual({ ok: true, kind: 'mobile', number })
      }),
    )
  })

  it.each(['三个娃', '两个八岁的', '第三个六岁', '俩六岁的', '仨娃八岁', '双十一', '一个月'])('is none: %s', text => {
    expect(readPhone(text).ok).toBe(false)
  })
})

describe('a short number', () => {
  const LINES = ['110', '119', '120', '122', '12345', '12356', '12320', '12338', '12393']

  it('is heard with every character that voices write for 幺', () => {
    for (const number of LINES)
      for (const one of '妖腰么夭吆邀') {
        const text = spoken(number, '零幺二三四五六七八九').replaceAll('幺', one)
        const kind = number.length === 3 ? 'emergency' : 'hotline'
        expect(readPhone(text), text).toEqual({ ok: true, kind, number })
        expect(readPhone(`打${text}`), text).toEqual({ ok: true, kind, number })
      }
  })

  it.each(['腰疼', '妖怪', '腰二三', '么事', '夭折', '腰一二三四五六七八九'])('is none: %s', text => {
    expect(readPhone(text).ok).toBe(false)
  })
})
