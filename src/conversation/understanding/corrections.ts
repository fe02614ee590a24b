import { holdsFirstOf } from './codeUnits.ts'
import { NUMERAL } from './numerals.ts'
import { CYCLE_NAME } from './sexagenary.ts'

/** Behind a value or a pause: 格式不对 and 是不是 take nothing back, and neither does 是5月不是6月. */
const BESIDE_VALUE = `(?<=^|[\\s,，。.…、!！;；]|[\\d年月日号天周个岁点半胎孩块]|${NUMERAL})`
/** 不对, 说错了, 记不清 哦: from here on what was said before is taken back. */
const PAUSE = '[\\s,，。.…、!！;；]*'
const NOT_SO = '[哎诶唉欸嗨]?不对(?!劲|头)|不是(?=[\\s,，。.…、!！]|应该|是|$)|错了|[哦噢啊呃]不(?!是)|不不|唔啱|唔系'
const SLIPPED = '(?:说|讲|搞|记|弄|写|打|看|算|报)(?:错|岔)(?!过)[了咗]?|口误|更正(?:一下)?'
const REMEMBERED = `想起来了|记起来了|(?:记不清|记不得|不记得|想不起来?)了?${PAUSE}(?:哦|噢|啊|对了|好像)`
/** 医生讲挪到下周四了, 后来改成5号 */
const MOVED = '[^,，。;；]{0,6}?(?:改|挪|换|推迟|提前|延后|延|移)(?:到|成|至|为)了?'
const MEANT = `${PAUSE}(?:我是说|我的意思是|应该|应当|该|而|好像)*[是为系]?[\\s,，:：]*`
const TAKEN_BACK = new RegExp(
  `(?:${PAUSE}(?:${BESIDE_VALUE}(?:${NOT_SO})|${SLIPPED}|${REMEMBERED}|(?<=[,，。;；])${MOVED}))+${MEANT}`,
  'u',
)
/** 不是A，是B */
const NOT_THIS = /^不是(.{2,30}?)[\s,，。、]*(?:而是|应该是|是)(.{1,30}?)(?:[,，。][^\d年月]{1,20})?$/u
/** A，不是B: the first was meant. 不是 with a pause or 是 behind it takes back instead. */
const AND_NOT = /^([^是]{1,30}?)[\s,，。、]*(?:而)?(?<!是)不是(?![\s,，。.…、!！是]|应该)([^是]{1,30})$/u

/** 13800001279停机了，打13900001279 */
const OUT_OF_USE =
  /^(.{5,30}?)(?:[这那]个)?(?:号码?|的)?(?:现在|早就?|已经|都)*(?:停机|停用|不用|没用|用不了|打不通|欠费|作废|注销)了[\s,，。、]*(?:你|您|请|就|现在|都|新的|改|换)*(?:打|用|是|拨|记|找|成)?(.{5,30})$/u

const N = `(?:\\d{1,4}|${NUMERAL}{1,6})`
const WEEK = '(?:周|星期|礼拜)'
/** The words of an answer from large to small. Those of one family say the same thing in different ways. */
const PARTS = [
  { name: 'calendar', family: 'date', words: '农历|阴历|旧历|老历|古历|公历|阳历|新历' },
  {
    name: 'year',
    family: 'date',
    words: `(?:${N}|[零〇一二三四五六七八九\\d]?几|大?[前后]|[今去明])年|${CYCLE_NAME}年`,
  },
  { name: 'month', family: 'date', words: `(?:上上|下下|[上下这本])个?月|闰?(?:[正冬腊]|${N})月份?` },
  { name: 'day', family: 'date', words: `初${NUMERAL}|廿${NUMERAL}?|${N}[日号]|(?<=月)${N}(?![\\d点个]|${NUMERAL})` },
  { name: 'week', family: 'week', words: `(?:上上|下下|[上下这本])个?(?=${WEEK})` },
  { name: 'weekday', family: 'week', words: `${WEEK}[一二三四五六日天]` },
  { name: 'named', family: 'named', words: '(?:大*[前后]|[昨今明寻琴听])[天日儿]个?' },
  {
    name: 'part',
    family: 'hour',
    words: '清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|凌晨|半夜|[上下晏]昼|[前头过下后]晌|晌午|[上下后]半天|擦黑',
  },
  { name: 'clock', family: 'hour', words: `${N}点(?:钟|半|整|[一三]刻|${N}分?)?|\\d{1,2}[:：]\\d{2}` },
  { name: 'age', family: 'age', words: `${N}(?:周?岁)半?` },
  { name: 'span', family: 'age', words: `${N}个半?月` },
  { name: 'weeks', family: 'weeks', words: `${N}个?${WEEK}(?![一二三四五六日天])` },
  { name: 'days', family: 'weeks', words: `(?:[零加+])?${N}天` },
  { name: 'count', family: 'count', words: `${N}[个胎孩宝口块元岁]` },
  { name: 'animal', family: 'animal', words: '属.' },
] as const
const FAMILY = new Map<string, string>(PARTS.map(({ name, family }) => [name, family]))
const ORDER = new Map<string, number>(PARTS.map(({ name }, i) => [name, i]))
const PART = new RegExp(PARTS.map(({ name, words }) => `(?<${name}>${words})`).join('|'), 'gu')
const DAYS = new Set(['date', 'week', 'named'])
/** Parts of different families that make up one moment. */
const MOMENT = new Set([...DAYS, 'hour'])
const LONE_NUMBER = new RegExp(`^${N}$`, 'u')
const LAST_NUMBER = new RegExp(`${N}(?!.*(?:\\d|${NUMERAL}))`, 'u')
const SPAN = /^(.*[到至])(.+)$/u
/** 尾号是5678: the last figures of the number said before. */
const LAST_FIGURES =
  /^(?:最后|后面|尾号|尾数|末尾|后)(?:[一二两三四五六七八\d几][位个])?(?:数字?)?[是为系]?([\d零〇幺一二三四五六七八九]{2,8})$/u
/** Each of the ways to take something back holds one of these; most answers hold none. */
const mayTakeBack = holdsFirstOf('不错岔误更记想唔改挪换推提延移停没用打欠作注')
/** No correction is made in longer sentences. */
const LONGEST = 80

/** An answer that takes something back. */
export interface Correction {
  /** What was taken back; no correction of a value when it was none. */
  before: string
  /** What is meant, best first: 2026年3月5号，不对，是3月6号 means 2026年3月6号, or else what was said last. */
  meant: string[]
}

export function correctionIn(text: string): Correction | null {
  if (text.length > LONGEST || !mayTakeBack(text)) return null
  const [, meant = '', not = ''] = AND_NOT.exec(text) ?? []
  if (meant !== '') return { before: not, meant: [meant] }
  const [, dead = '', alive = ''] = OUT_OF_USE.exec(text) ?? []
  if (alive !== '') return { before: dead, meant: [alive] }
  const [, wrong = '', right = ''] = NOT_THIS.exec(text) ?? []
  const said = right === '' ? text.split(TAKEN_BACK).filter(part => part.trim() !== '') : [wrong, right]
  const [before, last] = [said[0], said.at(-1)]
  if (said.length < 2 || before === undefined || last === undefined) return null
  return { before, meant: [...new Set([said.reduce((first, after) => merged(first, after)), last])] }
}

/** What was said before, with the parts that the correction names in their place. */
function merged(before: string, after: string): string {
  const figures = LAST_FIGURES.exec(after)?.[1]
  if (figures !== undefined) return `${before.trim().slice(0, -figures.length)}${figures}`
  const [, start, end] = SPAN.exec(before) ?? []
  // 3月1号到5号，不对，到8号: only the end of a span is taken back.
  if (start !== undefined && end !== undefined && !/.[到至]/u.test(after))
    return start + merged(end, after.slice(leadOf(after)))
  if (LONE_NUMBER.test(after)) return before.replace(LAST_NUMBER, after)
  return withParts(partsOf(before), partsOf(after)) ?? after
}

/** What was said, with what it leaves unsaid taken from the other: 四月 beside 2026年3月 is 2026年四月. */
export function filledUpFrom(other: string, said: string): string {
  return merged(other, said)
}

/** The words behind the last part of a value: 生的 in 3号生的. */
export function tailOf(said: string): string {
  const { parts, tail } = partsOf(said)
  return parts.length === 0 ? '' : tail
}

function leadOf(after: string): number {
  return /^[到至]/u.test(after) ? 1 : 0
}

interface Parts {
  lead: string
  parts: { name: string; words: string }[]
  tail: string
}

function partsOf(said: string): Parts {
  const found = [...said.matchAll(PART)]
  const [first, last] = [found[0], found.at(-1)]
  const parts = found.map(({ 0: words, groups }) => ({ name: nameOf(groups), words }))
  return { lead: said.slice(0, first?.index), parts, tail: last ? said.slice(last.index + last[0].length) : '' }
}

function nameOf(groups: RegExpExecArray['groups']): string {
  return Object.entries(groups ?? {}).find(([, words]) => words !== undefined)?.[0] ?? ''
}

/** Null when the two speak of different things. */
function withParts(before: Parts, after: Parts): string | null {
  const said = new Set(after.parts.map(({ name }) => name))
  const families = new Set(after.parts.map(({ name }) => FAMILY.get(name) ?? ''))
  const related = before.parts.filter(({ name }) => isRelated(FAMILY.get(name) ?? '', families))
  if (related.length === 0) return null
  const kept = related.filter(({ name }) => !said.has(name) && !isReplaced(FAMILY.get(name) ?? '', families))
  const all = [...kept, ...after.parts].toSorted((a, b) => (ORDER.get(a.name) ?? 0) - (ORDER.get(b.name) ?? 0))
  return before.lead + all.map(({ words }) => words).join('') + (after.tail === '' ? before.tail : after.tail)
}

function isRelated(family: string, families: ReadonlySet<string>): boolean {
  return families.has(family) || (MOMENT.has(family) && [...families].some(other => MOMENT.has(other)))
}

/** 下周三，不对，是3月5号: another way to name a day leaves nothing of the one before. */
function isReplaced(family: string, families: ReadonlySet<string>): boolean {
  return DAYS.has(family) && !families.has(family) && [...families].some(other => DAYS.has(other))
}
