import { ASKS } from './numberInSentence.ts'
import { NUMERAL, readChinese } from './numerals.ts'

/** Before the last of these stand the parts, behind it what they come to. */
const TOTAL =
  /^(.*(?:\d|[一二两三四五六七八九十百千万俩仨]).*?)(?:总共|一共|拢共|满共|共计|合计|总计|统共|通共|拢总|合起来|加起来|拢起来|满打满算|一总|共总|(?<![总一拢满公])共(?=[有是\d一二两三四五六七八九十]))(?:就是|是|有|就|也就|才|得|花了?)*(.{1,12})$/u
/** Parts that are called by their turn: 头一回三百. */
const TURN = /(?<!前)头一[回次趟]|第.[回次趟]/gu
const PART = new RegExp(
  `(\\d{1,7}|${NUMERAL}+)(个|口|人|名|位|男|女|儿|块|元|圆|毛|斤|亩|户|件|份|次|回|套|间|只|头)?`,
  'gu',
)
const PEOPLE = '个口人名位男女儿'
const MONEY = '块元圆'

const groupOf = (unit = ''): string => (PEOPLE.includes(unit) ? 'people' : MONEY.includes(unit) ? 'money' : unit)

interface Part {
  count: number
  group: string
}

function partsOf(words: string): Part[] {
  return [...words.replace(TURN, '，').matchAll(PART)].flatMap(([said, figure = '', unit]) => {
    const count = /^\d/u.test(figure) ? Number(figure) : readChinese(figure)
    if (count === null) return []
    // 三百 without its unit is money, 俩 and 仨 hold theirs.
    return [
      { count, group: unit === undefined && count >= 100 ? 'money' : groupOf(/[俩仨]$/u.test(said) ? '个' : unit) },
    ]
  })
}

/**
 * 两个老的三个小的总共五口人: the words of the total, where its parts add up to it or count the same. Null where something
 * else is counted before it (两个孩子，一共三百块).
 */
export function totalIn(text: string): string | null {
  const [, before = '', total = ''] = TOTAL.exec(text) ?? []
  if (total === '' || ASKS.test(text)) return null
  const parts = partsOf(before)
  const [sum, another] = partsOf(total)
  if (parts.length === 0 || sum === undefined || another !== undefined) return null
  const together = parts.reduce((all, { count }) => all + count, 0)
  return together === sum.count || parts.every(({ group }) => group === sum.group) ? total : null
}
