import { digitOf, magnitude, NUMERAL, readChinese } from './numerals.ts'
import { ASKS, holdsFigure, numberInSentence } from './numberInSentence.ts'
import { totalIn } from './numberTotals.ts'
import { one, oneOf, vague, type Reading } from './reading.ts'
import { simplified } from './wording.ts'

const NONE =
  /^(?:都|也|就)?(?:没有?得?|无|零个?|一个(?:都|也)不|一个(?:都|也)?(?:没有?得?|莫得|冇得?)|(?:没有?|没得|莫得|冇得?|还没)(?:孩子|小孩|娃儿?|伢|细伢子|仔|过)?|还?没(?:有|生)过?(?:孩子|小孩|娃儿?|伢|崽)?|冇有|冇|none|no|zero)$/u
const MEASURE =
  '(?:个|名|位|胎|孩|口|人|岁|次|份|张|本|元|圆|块|块钱|蚊|页|天|周|月|年|户|斤|里|亩|间|套|条|家|只|头|孩子|小孩|娃儿?|伢|子女|儿子|女儿|闺女|姑娘|丫头|男孩|女孩|兄弟|姐妹|倍|公斤|千克|克|kg|厘米|公分|cm|公里|平方米?|平米?|平方|度|整|正|钱|人民币|儿)'
const UNIT_BEHIND = new RegExp(`${MEASURE}+$`, 'u')
const LEAD_BEFORE =
  /^(?:.{0,6}[我咱俺他她你]们?(?=[俩仨]$)|我们|我屋里|我家里|我家|我|俺家里|俺家|俺|咱|家里|屋里|家头|有|共|一共|总共|合计|总计|大概|大约|差不多|刚好|正好|恰好|好像|可能|应该|生了|生过|已经|一[沓捆摞]|就|只有|才|约|是|得|要|有了|￥|¥|rmb)+/u
/** 大概五十个, 差不多两百块 */
const ABOUT = new RegExp(
  `(?:大概其?|大致|差不[多离]儿?|估[计莫]|估摸着?|大?约[莫摸]着?|毛估|(?<!\\p{Script=Han}|\\d)毛(?=[\\d一二两三四五六七八九]))(?=[^,，。;；]{0,8}?(?:\\d|${NUMERAL}|半))`,
  'gu',
)
const ENGLISH = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
/**
 * 三千六百块钱一年, 每月一百块: the time it is paid for is no part of the amount; 五百一个月 too, as nobody counts five hundred
 * and ten months.
 */
const RATE =
  /(?<=[元块钱蚊]|[百千万](?:[一二三四五六七八九]|零[一二三四五六七八九])?)(?:一|每)个?[年月天](?:吧|的|了)*$|^(?:一|每)个?[年月天](?=[^年月天]{1,10}(?:元|块钱?|[千百][一二三四五六七八九]?)$)/u
/** Words that stand for a number whole. */
const WHOLE_WORDS: Readonly<Record<string, number>> = {
  半: 0.5,
  一半: 0.5,
  '½': 0.5,
  一对: 2,
  一双: 2,
  半数: 0.5,
  对半: 0.5,
  一打: 12,
  两打: 24,
  双胞胎: 2,
  龙凤胎: 2,
  三胞胎: 3,
  一对双胞胎: 2,
  一双儿女: 2,
  一对儿女: 2,
  儿女双全: 2,
  独生子女: 1,
  独生子: 1,
  独生女: 1,
  百分百: 1,
  全部: 1,
}
/** 2、3个 is one or the other. */
const BESIDE = /(?<=(?<!\d)\d|[一两二三四五六七八九])、(?=\d(?!\d)|[一两二三四五六七八九])/gu
/** Neighbours which, said together, mean one or the other: 三四个, 两三百, 十七八. */
const PAIR = '一二|一两|二三|两三|三四|四五|五六|六七|七八|八九|三五'
const PAIRS = new RegExp(`^(.*?)(${PAIR})([十百千万]*)$`, 'u')
const EITHER = /^(.+?)(或者|还是|或|到|至|~|-|—)(.+)$/u
const MANY = new RegExp(`^(\\d{1,9}|${NUMERAL}+)(?:个|块|元|斤)?(?:多|来|余|[好大]?几|把)([百千万]?)$`, 'u')
/** 几十个, 千把块: of this size. */
const SIZE = /^(?:好?几|数|上|成|近|小一)?([十百千万])(?:把|来|十来?)?$/u
/** 几千几百块零几毛: of the first size. */
const SIZES = /^(?:好?几|数)([十百千万])(?:零?(?:好?几|数)[十百千]?[元块毛角]?)+$/u
/** 一大半, 多半: more than the half, nobody says by how much; 小半 less. */
const ABOUT_HALF = /^(?:[一有]?[大小多]一?半)$/u
/** 百儿八十, 千儿八百, 万儿八千: about the one that is named first. */
const OR_SO = /^([百千万])(?:儿|把)?[七八][十百千]$/u
const LIMIT =
  /^(?:不到|不足|至少|起码|最少|少说也?有?|[最顶]多|撑死了?|靠近?|奔|不下于?|超过|多于|少于|将近|接近|快有?|近|小(?=[一两二三四五六七八九][百千万]))(.+)$|^(.+?)(?:以上|以下|以内|左右|上下|出头|开外|挂零|冒头|朝上|往上|来往|靠边|挨边|有余|还多|往里|以里|的?样子|多一?点|不到(?:一?点)?)$/u

/**
 * Reads an amount: 3, 1.2万, 三千六, 一百八, 壹万贰仟, 俩, 九成五, 百分之九十五, 三块五, 三个, 没有.
 * 三四个 and 3或4 compete; 十几个, 不到十个, 大概十个 are vague. Ratios come as fractions of 1. Null when it is none.
 */
export function readAmount(text: string): Reading<number> | null {
  const said = withoutAbout(text)
  const amount = readSaid(said)
  return amount?.kind === 'one' && said !== text ? vague(amount.value) : amount
}

/** The same amount without the words that say it may be a little more or less. */
export function withoutAbout(text: string): string {
  return text.replace(ABOUT, '')
}

function readSaid(text: string): Reading<number> | null {
  const plain = formalFigures(text)
    .replace(BESIDE, '或')
    .replace(/[\s,。!、;]/gu, '')
  if (plain === '') return null
  if (NONE.test(plain)) return one(0)
  const core = plain
    .replace(RATE, '')
    .replace(LEAD_BEFORE, '')
    .replace(/(?:吧|啊|呀|呢|了|的|哦|噢|嘛|咧|嘞)+$/u, '')
  const whole = readCore(core)
  if (whole !== null || ASKS.test(plain)) return whole
  const total = totalIn(plain)
  if (total !== null) return readSaid(total)
  return byClauses(text) ?? numberInSentence(formalFigures(text), { measure: COUNTED, read: readCore })
}

/** 参 and 弍 as old receipts have them, 三十有二 as old people say it. */
function formalFigures(text: string): string {
  return simplified(text)
    .replace(/参(?=[拾佰仟万])/gu, '叁')
    .replace(/[弍弐]/gu, '贰')
    .replace(/(?<=十)有(?=[一二三四五六七八九])/gu, '')
}

/** 三个，两男一女: clauses that agree; two that do not are no answer. */
function byClauses(text: string): Reading<number> | null {
  const clauses = text.split(/(?<!\d)[,，。；;]|[,，。；;](?!\d)/u)
  if (clauses.length < 2 || clauses.length > 4) return null
  const readings = clauses.map(clause => ({ clause, reading: clause.trim() === '' ? null : readSaid(clause) }))
  // 一年三千六，三年一万零八百: what cannot be said of one clause is not said of the other.
  if (readings.some(({ clause, reading }) => reading === null && holdsFigure(simplified(clause), COUNTED))) return null
  const values = readings.flatMap(({ reading }) => (reading?.kind === 'one' ? [reading.value] : []))
  return new Set(values).size === 1 ? oneOf(values) : null
}

/** The one number an answer means; null when there is none, several, a vague one, or a place in a row (第三). */
export function readNumber(text: string): number | null {
  if (/第/u.test(text)) return null
  const amount = readAmount(text)
  return amount?.kind === 'one' ? amount.value : null
}

function readCore(core: string): Reading<number> | null {
  const stripped = core.replace(UNIT_BEHIND, '')
  const english = ENGLISH.indexOf(core)
  const named = [core, stripped].find(form => Object.hasOwn(WHOLE_WORDS, form))
  const whole = named !== undefined ? WHOLE_WORDS[named] : english >= 0 ? english : undefined
  if (whole !== undefined) return one(whole)
  const exact =
    readRatio(core) ??
    readMoney(core) ??
    readHeight(core) ??
    readWeight(core) ??
    readChildren(core) ??
    readPairs(core) ??
    readPlain(stripped.replace(/^第/u, ''))
  return readPair(stripped) ?? (exact === null ? null : one(exact)) ?? readEither(core) ?? readVague(core, stripped)
}

const COUNTED = new RegExp(`^${MEASURE}`, 'u')

/** 95%, 百分之九十五, 九成五, 八五折, 三分之一, 2/3: as a fraction of 1. */
function readRatio(core: string): number | null {
  const percent = /^(?:[百佰]分之(.+)|(.+)(?:%|个百分点))$/u.exec(core)
  if (percent) return scaled(readPlain(percent[1] ?? percent[2] ?? ''), 100)
  const thousandth = /^(?:千分之(.+)|(.+)‰)$/u.exec(core)
  if (thousandth) return scaled(readPlain(thousandth[1] ?? thousandth[2] ?? ''), 1000)
  const tenThousandth = /^万分之(.+)$/u.exec(core)
  if (tenThousandth) return scaled(readPlain(tenThousandth[1] ?? ''), 10_000)
  const ratio =
    /^(?:.*比(?:例|率|值)?(?:是|为)?)??(?<![百千万])(\d{1,6}(?:\.\d{1,3})?|[零一二两三四五六七八九十百千]{1,7})[:比](\d{1,6}(?:\.\d{1,3})?|[零一二两三四五六七八九十百千]{1,7})$/u.exec(
      core,
    )
  if (ratio) return divided(readPlain(ratio[1] ?? ''), readPlain(ratio[2] ?? ''))
  const fraction = /^(.+)分之(.+)$/u.exec(core)
  if (fraction) return divided(readPlain(fraction[2] ?? ''), readPlain(fraction[1] ?? ''))
  const slash = /^(\d{1,6})\/(\d{1,6})$/u.exec(core)
  if (slash) return divided(Number(slash[1]), Number(slash[2]))
  return readTenths(core)
}

function readTenths(core: string): number | null {
  const tenths = /^(.)成(.?)$/u.exec(core) ?? /^(.)(.?)折$/u.exec(core)
  if (!tenths) return null
  const whole = readPlain(tenths[1] ?? '')
  const rest = tenths[2] === '' ? 0 : tenths[2] === '半' ? 5 : readPlain(tenths[2] ?? '')
  return whole === null || rest === null ? null : scaled(whole * 10 + rest, 100)
}

/** 三块五, 三块五毛, 五毛, 三块两毛五, 三元五角二分; Cantonese 三蚊五毫. */
function readMoney(core: string): number | null {
  const parts = /^(?:(.+)[块元蚊](?!$))?零?(?:(.)(?:毛|角|毫子?)?)?(?:(.)分|(?<=[毛角])([^钱]))?钱?$/u.exec(core)
  if (!parts || !/[块元蚊毛角毫]|分钱$/u.test(core)) return null
  const [yuan, jiao, fen] = [parts[1], parts[2], parts[3] ?? parts[4]].map(part =>
    part === undefined ? 0 : readPlain(part),
  )
  if (yuan === undefined || jiao === undefined || fen === undefined) return null
  return yuan === null || jiao === null || fen === null || jiao > 9 || fen > 9
    ? null
    : scaled(yuan * 100 + jiao * 10 + fen, 100)
}

/** 一米六五, 1米65: metres and centimetres. */
function readHeight(core: string): number | null {
  const [, metres = '', centimetres = ''] = /^([一二两三\d])米([一二三四五六七八九]{2}|\d{2})$/u.exec(core) ?? []
  const [whole, rest] = [readPlain(metres), readPlain(centimetres)]
  return metres === '' || whole === null || rest === null ? null : scaled(whole * 100 + rest, 100)
}

/** 六斤八两 is 6.8 斤, 一米六 1.6 米, 四亩三分地 4.3 亩. */
function readWeight(core: string): number | null {
  const [, whole, tenth] = /^(.+?)(?:斤|米|亩)([一二三四五六七八九\d])(?:两|分地?)?$/u.exec(core) ?? []
  if (whole === undefined || tenth === undefined) return null
  const [units, rest] = [readPlain(whole), readPlain(tenth)]
  return units === null || rest === null ? null : scaled(units * 10 + rest, 10)
}

/** 两对, 两对双胞胎, 三双: two of each. */
function readPairs(core: string): number | null {
  const [, pairs = ''] = /^([二两三四五六七八九十\d])[对双](?:双胞胎|龙凤胎|儿女)?$/u.exec(core) ?? []
  const count = pairs === '' ? null : readPlain(pairs)
  return count === null ? null : 2 * count
}

/** 一儿一女, 两个女儿一个儿子: all of them. */
function readChildren(core: string): number | null {
  const sons = '(?:男孩?|儿子?|男娃|小子|伢子?|子)'
  const daughters = '(?:女孩?|女儿|闺女|姑娘|女娃|丫头|妹子)'
  const number = '([一二两三四五六七八九俩仨\\d])个?'
  const both = new RegExp(
    `^(?:${number}${sons}(?:和|跟)?${number}${daughters}|${number}${daughters}(?:和|跟)?${number}${sons})$`,
    'u',
  )
  const counts = (both.exec(core) ?? [])
    .slice(1)
    .flatMap(count => (count === undefined ? [] : (readPlain(count) ?? [])))
  return counts.length === 2 ? counts.reduce((sum, count) => sum + count, 0) : null
}

function readPair(core: string): Reading<number> | null {
  const [, before = '', pair = '', unit = ''] = PAIRS.exec(core) ?? []
  if (pair === '' || /[一二三四五六七八九]$/u.test(before)) return null
  const values = Array.from(pair, digit => readPlain(before + digit + unit))
  return oneOf(values.filter(value => value !== null).toSorted((a, b) => a - b))
}

/** 3或5个, 两个还是三个, 3-4: one of two, or neighbours; a wider span is vague. */
function readEither(core: string): Reading<number> | null {
  const [, before = '', joint = '', behind = ''] = EITHER.exec(core) ?? []
  const [low, high] = [before, behind].map(part => readPlain(part.replace(UNIT_BEHIND, '')))
  if (low === undefined || low === null || high === undefined || high === null || low >= high) return null
  return high - low === 1 || /[或还]/u.test(joint) ? oneOf([low, high]) : vague(`${low}-${high}`)
}

function readVague(core: string, stripped: string): Reading<number> | null {
  const [, number, unit] = MANY.exec(stripped) ?? MANY.exec(core) ?? []
  if (ABOUT_HALF.test(core)) return vague(0.5)
  if (core === '个把') return vague(1)
  const size = /[几数上把来成近小十]/u.test(stripped) && stripped.length > 1 ? SIZE.exec(stripped)?.[1] : undefined
  const about = OR_SO.exec(stripped)?.[1] ?? SIZES.exec(core)?.[1] ?? size
  if (about !== undefined) return vague(magnitude(about))
  const limit = LIMIT.exec(stripped) ?? LIMIT.exec(core)
  const bound = number ?? limit?.[1] ?? limit?.[2]
  const value = bound === undefined ? null : amountOf(bound)
  return value === null ? null : vague(value * magnitude(unit))
}

function amountOf(said: string): number | null {
  return Object.hasOwn(WHOLE_WORDS, said)
    ? (WHOLE_WORDS[said] ?? null)
    : (readRatio(said) ?? readPlain(said.replace(UNIT_BEHIND, '')))
}

function scaled(value: number | null, by: number): number | null {
  return divided(value, by)
}

/** Six decimals: more than any amount said aloud has, fewer than binary fractions show. */
function divided(value: number | null, by: number | null): number | null {
  return value === null || by === null || by === 0 ? null : Math.round((value / by) * 1e6) / 1e6
}

function readPlain(said: string): number | null {
  const negative = /^(?:负|零下|-)(?=.)/u.test(said)
  const unsigned = said.replace(/^(?:负|零下|-)(?=.)/u, '').replace(/(?<=[\d一二两三四五六七八九十百千])个(?=亿)/u, '')
  const value = readPositive(unsigned)
  return value === null || !negative ? value : -value
}

function readPositive(core: string): number | null {
  const arabic = /^(\d{1,15}(?:\.\d{1,6})?)(十|百|千|万|亿|w|k)?(\d)?$/u.exec(core)
  if (arabic) return arabicValue(arabic)
  const mixed = MIXED.test(core) ? mixedValue(core) : null
  if (mixed !== null) return mixed
  const half = /^(.+?)(?:[个斤块蚊里亩间年岁天米尺两页]|公斤)?半$/u.exec(core)
  if (half) return plusHalf(half[1] ?? '')
  const large = /^([^点]+点[零一二三四五六七八九]+)([百千万亿])$/u.exec(core)
  if (large) return timesSize(readPositive(large[1] ?? ''), magnitude(large[2]))
  const point = /^([^点]+)点([^点]+)$/u.exec(core)
  if (point) return withDecimals(inChinese(point[1] ?? ''), inChinese(point[2] ?? ''))
  if (/^\.\d{1,6}$/u.test(core)) return Number(core)
  return readChinese(inChinese(core))
}

/** 1万2000, 2万零800, 3千5百20: figures behind units that are greater. */
const MIXED = /^(?:\d{1,4}[亿万千百]){1,4}零?\d{2,4}$/u

function mixedValue(core: string): number | null {
  let [total, last] = [0, Infinity]
  for (const [, figures = '', unit] of core.matchAll(/(\d+)([亿万千百])?/gu)) {
    const [number, size] = [Number(figures), magnitude(unit)]
    if (number * size >= last) return null
    total += number * size
    last = size
  }
  return total
}

/** 1万2千, 3点5: single figures among Chinese units. */
function inChinese(mixed: string): string {
  return mixed.replace(/(?<!\d)\d(?!\d)/gu, figure => '零一二三四五六七八九'.charAt(Number(figure)))
}

/** 1.2万, 3千6 (3600), 1w. A figure behind the unit counts in tenths of it. */
function arabicValue([, number = '', unit, tenth]: RegExpExecArray): number | null {
  if (tenth !== undefined && (unit === undefined || number.includes('.'))) return unit ? null : Number(number + tenth)
  const size = unit === 'w' ? 1e4 : unit === 'k' ? 1000 : magnitude(unit)
  return Math.round((Number(number) * size + (Number(tenth ?? 0) * size) / 10) * 1e6) / 1e6
}

/** 一点二万 */
function timesSize(value: number | null, size: number): number | null {
  return value === null ? null : Math.round(value * size * 1e6) / 1e6
}

function plusHalf(whole: string): number | null {
  const value = /^\d{1,9}$/.test(whole) ? Number(whole) : readChinese(whole)
  return value === null ? null : value + 0.5
}

function withDecimals(whole: string, decimals: string): number | null {
  const value = readChinese(whole)
  const digits = Array.from(decimals, digitOf)
  return value === null || digits.includes(undefined) ? null : Number(`${value}.${digits.join('')}`)
}
