import {
  countsSaid,
  joinedGroups,
  plainDigits,
  repeatedFigures,
  withoutSampleName,
  withoutSeparators,
} from './digits.ts'

export type PhoneRefusal = 'length' | 'prefix' | 'character'
export type PhoneKind = 'mobile' | 'landline' | 'hotline' | 'emergency'
/** `number`: digits, a landline as area code, hyphen, number, and `-` extension if any. */
export type PhoneReading = { ok: true; kind: PhoneKind; number: string } | { ok: false; reason: PhoneRefusal }

const EMERGENCY = new Set(['110', '119', '120', '122'])
/** Service lines by the numbering plan of the ministry: 12xxx government, 95/96 and 100xx service, 400/800. */
const HOTLINE = /^(?:12[0-9]{3}|9[56]\d{3,6}|100\d{2}|114|[48]00\d{7})$/
const MOBILE = /^1[3-9]\d{9}$/
/** 010 and 02x have eight digits; the other areas have seven or eight. Subscribers' numbers begin with 2 to 8; others are
 * taken too, because it is no use to argue about them in a chat. */
const LANDLINE = /^(010|02\d|0[3-9]\d{2})([1-9]\d{6,7})(?:转(\d{1,6}))?$/
/** 021-61234567-802 */
const EXTENSION = /(0\d{2,3}[-\s]\d{7,8}(?=[-—\s])|0\d{2,3}[)）]?\d{7,8}(?=[-—]))[-—\s](\d{1,6})$/u
/** 3861234，分机802; 接通后按802; #802 */
const EXTENSION_SAID =
  /(?<=\d{7})[\s,，、。(（]*(?:再|然后|接通后|通了以后|通了)?(?:(?:转接?|拨|按|分机|内线|ext\.?|[x#])(?:号码?)?(?:[是为]|[:：\s])*)+(?=\d{1,6}(?!\d))/giu
/** 区号0711，电话3861234 and 3861234，区号0711. */
const AREA_FIRST = /(?<=(?<!\d)0\d{2,3})[\s,，、]*(?:电话|座机|固话|号码|号)+[是为]?[\s:：]*(?=\d)/gu
const AREA_BEHIND = /(?<!\d)(\d{7,8})[\s,，、(（]*区号[是为]?[\s:：]*(0\d{2,3})(?!\d)/gu
/** How a hyphen is said. */
const HYPHEN_SAID = /(?<=\d)[\s,，]*(?:中?横?杠|横线|短线)[\s,，]*(?=\d)/gu
/** 24小时, 三口人, 一个号 beside a number; 四个零 belongs to it. */
const COUNTED =
  /(?<![\d零〇幺一二三四五六七八九])(?:\d{1,2}|[一二两三四五六七八九十]{1,3})(?:小时|点|岁|口|天|楼|栋|次|遍|个(?!\s*[\d零〇洞幺一壹二贰两三叁四肆五伍六陆七柒拐八捌九玖勾]))/gu
/** A mobile beside a landline. */
const BETWEEN_NUMBERS =
  /(?<=(?<!\d)1[3-9]\d{9})[\s,，、|｜]+(?=[01]\d)|(?<=(?<!\d)0\d{2,3}[-\s]?\d{7,8})[\s,，、|｜]+(?=1[3-9]\d{9}(?!\d))/gu
/** The country before a mobile in a sentence. */
const COUNTRY = /(?<!\d)(?:\+|00)?86(?=1[3-9]\d{9}(?!\d))/gu
/** Two and three mobiles without anything between them. */
const SEVERAL_MOBILES = /(?<!\d)(?:1[3-9]\d{9}){2,3}(?!\d)/g
const LEAD =
  /^(?:我|她|他|俺|家|屋里|老公|老婆|媳妇|爱人|妈妈?|爸爸?|儿子|女儿|的|手机|移动|电话|座机|固话|联系|号码|号|方式|打|拨|请|火警|报警|急救|热线|就|是|为|[:：,，])*/u
const TAIL = /(?:[。.！!；;,，]|吧|哦|啊|呢|了|的|哈|谢谢|这个|号)+$/u
/** A number that stands by itself in a sentence. */
const IN_SENTENCE =
  /(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[2-8]\d{6,7}(?:转\d{1,6})?|[48]00\d{7}|(?<![a-z*])(?:1[0-2]\d{3}|1[12][0-9]))(?!\d)/giu
/** +1, +852, 00852: other countries’ numbers. */
const FOREIGN = /(?<![\d+])(?:\+|00)(?!0?86)[1-9]\d{6,}(?!\d)/u
/** 不是139…，是138…: the last one counts. */
const CORRECTED = /不是|不对|错了|说错|打错|搞错|记错|更正/u
/** Longest phone with words around it. */
const LONGEST_TEXT = 100

/**
 * Reads a phone number as written or spoken: 幺 and 洞, spaces, hyphens, full-width, +86, brackets, 转 extension, 八个零.
 * Of several in a sentence the first (see `readPhones`).
 */
export function readPhone(text: string): PhoneReading {
  if (text.length > LONGEST_TEXT) return { ok: false, reason: 'length' }
  const digits = tidy(text)
  if (FOREIGN.test(digits)) return { ok: false, reason: 'prefix' }
  const whole = readDigits(digits)
  if (whole.ok || whole.reason !== 'character') return whole
  const inside = numbersIn(text, digits)[0]
  if (inside) return inside
  // 尾号8000: the one number among the words is too short, the words are no wrong characters.
  const [only = '', another] = digits.match(/[A-Za-z]+|[\dA-Za-z]{3,}/gu) ?? []
  const wordsOnly = /^\+?[\d\p{Script=Han}\p{P}\s]*$/u.test(digits) && !digits.includes('*')
  return another === undefined && wordsOnly && /^\d{3,}$/u.test(only) ? readDigits(only) : whole
}

/** Every number in a sentence that names several, in their order. */
export function readPhones(text: string): Extract<PhoneReading, { ok: true }>[] {
  if (text.length > LONGEST_TEXT) return []
  return numbersIn(text, tidy(text))
}

function numbersIn(text: string, digits: string): Extract<PhoneReading, { ok: true }>[] {
  const found = digits.match(IN_SENTENCE) ?? []
  const all = found.map(digits => readDigits(digits)).filter(reading => reading.ok)
  const read = CORRECTED.test(text) ? all.slice(-1) : all
  return read.filter((phone, i) => read.findIndex(({ number }) => number === phone.number) === i)
}

function readDigits(digits: string): PhoneReading {
  const landline = LANDLINE.exec(digits)
  if (landline) {
    const [, area = '', number = '', extension] = landline
    return { ok: true, kind: 'landline', number: [area, number, extension].filter(Boolean).join('-') }
  }
  if (!/^\d*$/.test(digits)) return { ok: false, reason: 'character' }
  const kind = kindOf(digits)
  const hotline = /^0\d{2,3}(12\d{3})$/.exec(digits)?.[1]
  if (hotline) return { ok: true, kind: 'hotline', number: hotline }
  if (kind) return { ok: true, kind, number: digits }
  return { ok: false, reason: /^(?:1[0-2]\d{9}|[2-9]\d{10})$/.test(digits) ? 'prefix' : 'length' }
}

function kindOf(digits: string): PhoneKind | null {
  if (MOBILE.test(digits)) return 'mobile'
  if (EMERGENCY.has(digits)) return 'emergency'
  return HOTLINE.test(digits) ? 'hotline' : null
}

/** 妖妖零, 腰二三四五: how voices write 幺. Only where the whole of it is a short number, for a mobile is shown and asked. */
const ONES_HEARD = /^[妖腰么夭吆邀幺一1][妖腰么夭吆邀零〇洞幺一二两三四五六七八九拐勾\d\s]{2,6}$/u

function onesMeant(words: string): string {
  if (!ONES_HEARD.test(words)) return words
  const meant = words.replace(/[妖腰么夭吆邀]/gu, '幺')
  return meant !== words && kindOf(plainDigits(meant).replace(/\s/gu, '')) !== null ? meant : words
}

function tidy(text: string): string {
  if (/^\d+$/.test(text)) return withoutCountry(text)
  const said = onesMeant(withoutSampleName(text).trim().replace(LEAD, '').replace(TAIL, ''))
  const figures = plainDigits(countsSaid(said.replace(COUNTED, ',')))
    .replace(HYPHEN_SAID, '-')
    .replace(AREA_FIRST, '-')
    .replace(AREA_BEHIND, '$2-$1')
    .replace(EXTENSION, '$1转$2')
    .replace(EXTENSION_SAID, '转')
    .replace(BETWEEN_NUMBERS, ';')
  const digits = repeatedFigures(withoutSeparators(figures))
    .replace(/[,，、]?(?:区号|号码)(?:是|为)?/gu, '')
    .replace(/(?<=\d)(?<!1[3-9]\d{9})[,，、.。·/]+(?=\d)(?!1[3-9]\d{9}(?!\d))|[()[\]（）.·]/gu, '')
    .replace(/(?:转|分机|ext)+/giu, '转')
  const national = withoutCountry(digits).replace(COUNTRY, '')
  return joinedGroups(national, arePartsOfOne).replace(
    SEVERAL_MOBILES,
    several => several.match(/\d{11}/g)?.join(';') ?? '',
  )
}

/** None of the groups is a number by itself, and together they are one. */
function arePartsOfOne(groups: readonly string[]): boolean {
  return groups.every(group => group.length < 7 || !readDigits(group).ok) && readDigits(groups.join('')).ok
}

/** From abroad the 0 of an area code is left out: +86 711 … is 0711 …. */
function withoutCountry(digits: string): string {
  const national = digits.replace(/^(?:\+86|\+?0086|0?86(?=1[3-9]\d{9}$)|86(?=(?:10|[2-9]\d)\d{8,9}$))/, '')
  return national !== digits && /^(?:[2-9]|10)/.test(national) ? `0${national}` : national
}
