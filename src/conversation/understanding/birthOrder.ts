import { digitOf, figure, NUMERAL } from './numerals.ts'
import { one, oneOf, vague, type Reading } from './reading.ts'
import { simplified } from './wording.ts'

const N = `(\\d{1,2}|${NUMERAL}{1,2})`
const CHILD = '(?:胎|孩|个|宝|娃|伢|女|儿|崽|仔|号宝)'
const ORDINAL = new RegExp(`第${N}${CHILD}?|第${N}次|[孩胎]次[:是为]?第?${N}`, 'u')
const COUNTED = new RegExp(`${N}(?:胎|孩|宝|娃|伢|崽|仔|号宝)`, 'u')
const FIRST =
  /头胎|头生|头一|头个|首个|首次|首胎|首孩|初产|初胎|初次|大宝|大娃|老大|大伢|独生|独苗|独子|独女|就(?:她|他|这|我|这么)一个$|唯一|[长][子女]|大(?:儿子|女儿|闺女|姑娘)|^是?大的(?:那个)?$/u
const SECOND = /次[子女]/u
const NTH_SON = /([二三四五六])(?:儿子|女儿|闺女|姑娘|小子|丫头|妹子?)/u
const OLD = /老([二三四五六七八九])/u
const LAST =
  /老[幺么]|[幺么](?:儿|妹|女|娃|伢|崽|宝)|老小|老幼|老疙瘩|末胎|最小|满崽|满女|满伢|细伢|小宝|^是?小的(?:那个)?$/u
const TRIPLETS = /三胞胎/u
const TWINS = /双胞胎|双生|双棒|龙凤胎/u
const ALL_ORDINALS = new RegExp(`第${N}|老([大二三四五六七八九])`, 'gu')
const NOW = /(?:这是|这次|这个|现在|怀的|要生)(.*)$/u
/** How many came before: 生过两个, 上面有一个哥哥, 家里已经有一个. */
const BEFORE = new RegExp(
  `(?:生过|已有|已经有|已经生|上面有|上头有|前面有|前头有|家里有|屋里有|有过|之前有|生了)了?${N}(?:个|胎|孩|娃)?|有${N}个(?:了|娃|孩)`,
  'u',
)
/** 老幺，上头俩哥 */
const ABOVE = new RegExp(`(?:上面|上头|前面|前头)(?:还?有)?${N}个?(?:哥|姐|娃|伢)|前${N}个(?:都|全)?是`, 'u')
/** 第一个没保住，第二个才养活: the first was lost. */
const LOST = /第一个(?:没保住|没了|夭折|没养活)[,，]?(?=第)/u
/** 有个哥哥 */
const ONE_BEFORE = /有个(?:大|小)?(?:哥|姐)/u
const EITHER = /^(.+?)(?:或者?|还是|要么)(.+)$/u
const NOBODY_BEFORE = /没生过|没有?孩子|没有?娃|没得娃|还没有?小孩|第一次(?:生|怀|当)/u

/**
 * Reads the place of a child among its mother's: 头胎, 老二, 第三个, 二宝, 已经有一个 (so the second).
 * 老幺 and 小宝 do not say which, twins take two places: asked on.
 */
export function readBirthOrder(text: string): Reading<number> | null {
  const plain = simplified(text)
    .replace(/[\s。!]/gu, '')
    .replace(LOST, '')
  const now = NOW.exec(plain)?.[1]
  const either = (EITHER.exec(plain) ?? []).slice(1).map(part => named(part))
  const places = either.flatMap(reading => (reading?.kind === 'one' ? [reading.value] : []))
  const above = figure(ABOVE.exec(plain)?.slice(1).find(Boolean) ?? '')
  if (above !== null) return one(above + 1)
  if (places.length === 2) return oneOf(places.toSorted((a, b) => a - b))
  const thisOne = now === undefined || TWINS.test(now) ? null : named(now)
  if (thisOne?.kind === 'one') return thisOne
  const twins = TWINS.test(plain) || TRIPLETS.test(plain) ? ordinals(plain) : []
  if (twins.length > 1) return oneOf(twins)
  return named(plain) ?? counted(plain) ?? lone(plain)
}

/** 第二第三: every place that is named, in rising order. */
function ordinals(plain: string): number[] {
  const places = [...plain.matchAll(ALL_ORDINALS)].flatMap(
    ([, nth, old]) => (old === '大' ? 1 : figure(nth ?? old ?? '')) ?? [],
  )
  return [...new Set(places)].toSorted((a, b) => a - b)
}

function named(plain: string): Reading<number> | null {
  const ordinal = ORDINAL.exec(plain)
  const place = ordinal?.slice(1).find(part => part !== undefined) ?? COUNTED.exec(plain)?.[1]
  const number = place === undefined ? null : figure(place)
  if (number !== null && number > 0) return one(number)
  const old = OLD.exec(plain)?.[1]
  if (old !== undefined) return one(digitOf(old) ?? 0)
  const son = NTH_SON.exec(plain)?.[1]
  if (son !== undefined) return one(digitOf(son) ?? 0)
  if (SECOND.test(plain)) return one(2)
  return FIRST.test(plain) ? one(1) : null
}

function counted(plain: string): Reading<number> | null {
  const parts = BEFORE.exec(plain)
  const before = figure(parts?.[1] ?? parts?.[2] ?? '')
  if (before !== null) return one(before + 1)
  if (NOBODY_BEFORE.test(plain)) return one(1)
  if (ONE_BEFORE.test(plain)) return one(2)
  if (TRIPLETS.test(plain)) return oneOf([1, 2, 3])
  if (TWINS.test(plain)) return oneOf([1, 2])
  const last = LAST.exec(plain)?.[0]
  return last === undefined ? null : vague(last)
}

const ENGLISH = ['first', 'second', 'third', 'fourth', 'fifth']

/** 2, 二, second child: a bare small number, as an answer to the question. */
function lone(plain: string): Reading<number> | null {
  const ordinal = ENGLISH.findIndex(word =>
    new RegExp(`^(?:the|my|our)?${word}(?:child|baby|one|kid)?$`, 'u').test(plain),
  )
  if (ordinal >= 0) return one(ordinal + 1)
  const number = figure(plain.replace(/^.{0,6}是/u, ''))
  return number !== null && number >= 1 && number <= 20 ? one(number) : null
}
