import { digitOf, figure, NUMERAL } from './numerals.ts'
import { one, oneOf, vague, type Reading } from './reading.ts'
import { simplified } from './wording.ts'

const N = `(\\d{1,2}|${NUMERAL}{1,2})`
const CHILD = '(?:胎|孩|个|宝|娃|伢|女|儿|崽|仔|号宝)'
const ORDINAL = new RegExp(`第${N}${CHILD}?|第${N}次|[孩胎]次[:是为]?第?${N}`, 'u')
const COUNTED = new RegExp(`${N}(?:胎|孩|宝|娃|伢|崽|仔|号宝)`, 'u')
const FIRST =
  /头胎|(?<![上前])头生|(?<![上前])头一|头个|头一?回生|首个|首次|首胎|首孩|初产|初胎|初次|大宝|大娃|老大|大伢|独生|独苗|独子|独女|就(?:她|他|这|我|这么)一个$|唯一|[长][子女]|大(?:儿子|女儿|闺女|姑娘)|(?:^|[家是的])大(?:丫头|小子|妮|妞)|^是?大的(?:那个)?$/u
const SECOND = /次[子女]/u
const NTH_SON = /([二三四五六])(?:儿子|女儿|闺女|姑娘|小子|丫头|妹子?)|(?:^|[家是的])([二三四五六])(?:女子|妮|妞)/u
const OLD = /老([二三四五六七八九])/u
const LAST =
  /老[幺么]|[幺么](?:儿|妹|女|娃|伢|崽|宝)|老小|老幼|老疙瘩|末胎|最小|满崽|满女|满伢|细伢|小宝|^是?小的(?:那个)?$/u
const TRIPLETS = /三胞胎/u
const TWINS = /双胞胎|双生|双棒|龙凤胎/u
const ALL_ORDINALS = new RegExp(`第${N}|老([大二三四五六七八九])`, 'gu')
const NOW = /(?:这是|这次|这个|现在|怀的|要生)(.*)$/u
/** Those who came before are told behind one of these: 上面有一个哥哥一个姐姐, 家里有俩了, 前头生了两个. */
const BEFORE =
  /(?:上[面头边]|前[面头边])(?:就|还|也|都|已经|总共|一共)*(?:有过?了?|是|生过?了?|得了)?|(?:已经?|家里|屋里|屋头|家头|之前|以前|早先)(?:就|还|也|都|已经)*(?:有过?了?|生过?了?)|(?:有过|生过|生了)/u
const ELDER = '哥哥?|姐姐?|兄长?'
const KIN = `(?:${ELDER}|儿子?|女儿|女孩?|男孩?|闺女|姑娘|丫头|小子|娃儿?|孩子?|伢子?|崽|胎|大的)`
/** A number before whom it counts; 有个哥哥 is one. */
const COUNTED_KIN = new RegExp(`(?:${N}个?|个)(?:大|小)?${KIN}`, 'gu')
const EACH = new RegExp(`${KIN}(?:和|跟)?${KIN}各${N}个?`, 'u')
const COUNTED_ONLY = new RegExp(`^(?:([俩仨])|${N}(?:个|胎)?)(?=$|了|都|全|是)`, 'u')
/** 刚生了个女儿 tells of this child. */
const JUST_BORN = /生[过了]$/u
/** 有两个姐姐, 有俩娃了 say how many came before even by themselves. */
const HAS = new RegExp(`(?<!各)有(?:了)?(?:${N}个?|个)(?:大|小)?(?:(?:${ELDER})|${KIN}?了|${KIN}$)`, 'u')
/** 前两个都是丫头 */
const THE_FIRST = new RegExp(`前${N}个(?:都|全)?是`, 'u')
const PAIR = /一?对(?:双胞胎|龙凤胎|双)|双胞胎|龙凤胎/u
/** 就一个, 只有这一个 */
const ONLY =
  /^(?:我们?家?|俺家?|家里|屋里)?(?:就|只|也就|才)(?:有|生|生了|要|怀|得)*(?:这|那|她|他|我)?么?一个(?:娃儿?|孩子?|伢|崽|闺女|儿子|女儿)?(?:了|的)?$/u
/** 第一个没保住，第二个才养活: the first was lost. */
const LOST = /第一个(?:没保住|没了|夭折|没养活)[,，]?(?=第)/u
/** The clause that tells who came before. */
const TOLD = /^.*?(?=[,，。;；]|这|第|现在|肚|怀|$)/u
/** 有俩娃了 names those who are there, no place among them. */
const HAS_ALREADY = new RegExp(`有了?${N}个?${KIN}(?:${N}个?${KIN})?了$`, 'u')
const BEFORE_CLAUSE = /(?:上[面头边]|前[面头边])[^,，。;；]*/u
const EITHER = /^(.+?)(?:或者?|还是|要么)(.+)$/u
const NOBODY_BEFORE =
  /没生过|没有?孩子|没有?娃|没得娃|还没有?小孩|第一次(?:生|怀|当)|没有?(?:哥哥?|姐姐?|兄长?)|(?:上[面头边]|前[面头边])(?:就|都)?没(?:有|得|人)?(?:娃|孩子?)?(?:了|的)?$/u

/**
 * Reads the place of a child among its mother's: 头胎, 老二, 第三个, 二宝, 已经有一个 (so the second).
 * 老幺 and 小宝 do not say which, twins take two places: asked on.
 */
export function readBirthOrder(text: string): Reading<number> | null {
  const plain = simplified(text)
    .replace(/[\s。!]/gu, '')
    .replace(LOST, '')
  if (/倒数/u.test(plain)) return null
  const now = NOW.exec(plain)?.[1]
  const either = (EITHER.exec(plain) ?? []).slice(1).map(part => named(part))
  const places = either.flatMap(reading => (reading?.kind === 'one' ? [reading.value] : []))
  const above = BEFORE_CLAUSE.test(plain) || THE_FIRST.test(plain) || HAS_ALREADY.test(plain) ? before(plain) : null
  if (above !== null && above > 0)
    return TWINS.test(plain.replace(BEFORE_CLAUSE, '')) ? oneOf([above + 1, above + 2]) : one(above + 1)
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
  const son = NTH_SON.exec(plain)?.slice(1).find(Boolean)
  if (son !== undefined) return one(digitOf(son) ?? 0)
  if (SECOND.test(plain)) return one(2)
  return FIRST.test(plain) ? one(1) : null
}

/** How many came before, told in one clause; null when that is not told. */
function before(plain: string): number | null {
  const first = figure(THE_FIRST.exec(plain)?.[1] ?? '')
  if (first !== null) return first
  const head = BEFORE.exec(plain) ?? (HAS.test(plain) || HAS_ALREADY.test(plain) ? /有了?/u.exec(plain) : null)
  if (head === null) return null
  const told = TOLD.exec(plain.slice(head.index + head[0].length))?.[0] ?? ''
  const each = figure(EACH.exec(told)?.[1] ?? '')
  if (each !== null) return 2 * each
  const born = JUST_BORN.test(head[0]) && !/[上前]/u.test(head[0])
  if (PAIR.test(told)) return born ? null : 2
  const kin = [...told.matchAll(COUNTED_KIN)].flatMap(([, count]) =>
    count === undefined && born ? [] : (figure(count ?? '一') ?? 0),
  )
  return kin.length > 0
    ? kin.reduce((sum, count) => sum + count, 0)
    : figure(COUNTED_ONLY.exec(told)?.slice(1).find(Boolean) ?? '')
}

function counted(plain: string): Reading<number> | null {
  if (ONLY.test(plain) || NOBODY_BEFORE.test(plain)) return one(1)
  const elder = before(plain)
  if (elder !== null && elder > 0) return one(elder + 1)
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
  const number = figure(plain.replace(/^.{0,6}是|^排?行第?/u, '').replace(/(?<=^\d)(?:st|nd|rd|th)$/u, ''))
  return number !== null && number >= 1 && number <= 20 ? one(number) : null
}
