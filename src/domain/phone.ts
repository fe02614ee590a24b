import { plainDigits, withoutSeparators } from './digits.ts'

export type PhoneRefusal = 'length' | 'prefix' | 'character'
export type PhoneKind = 'mobile' | 'landline' | 'hotline' | 'emergency'
/** `number`: digits, a landline as area code, hyphen, number, and `-` extension if any. */
export type PhoneReading = { ok: true; kind: PhoneKind; number: string } | { ok: false; reason: PhoneRefusal }

const EMERGENCY = new Set(['110', '119', '120', '122'])
/** 八个0 says how often a figure comes. */
const REPEATED = /([2-8])个(\d)(?:的)?/gu
/** Service lines by the numbering plan of the ministry: 12xxx government, 95/96 and 100xx service, 400/800. */
const HOTLINE = /^(?:12[0-9]{3}|9[56]\d{3,6}|100\d{2}|114|[48]00\d{7})$/
const MOBILE = /^1[3-9]\d{9}$/
/** 010 and 02x have eight digits; the other areas have seven or eight. Subscribers' numbers begin with 2 to 8; others are
 * taken too, because it is no use to argue about them in a chat. */
const LANDLINE = /^(010|02\d|0[3-9]\d{2})([1-9]\d{6,7})(?:转(\d{1,6}))?$/
/** 021-61234567-802 */
const EXTENSION = /(0\d{2,3}[-\s]\d{7,8})[-—\s](\d{1,6})$/u
const SEVERAL_MOBILES = /^(?:1[3-9]\d{9}){2,3}$/
const LEAD =
  /^(?:我|她|他|俺|家|屋里|老公|老婆|媳妇|爱人|妈妈?|爸爸?|儿子|女儿|的|手机|移动|电话|座机|固话|联系|号码|号|方式|打|拨|请|火警|报警|急救|热线|就|是|为|[:：,，])*/u
const TAIL = /(?:[。.！!；;,，]|吧|哦|啊|呢|了|的|哈|谢谢|这个|号)+$/u
/** A number that stands by itself in a sentence. */
const IN_SENTENCE =
  /(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[2-8]\d{6,7}(?:转\d{1,6})?|[48]00\d{7}|1[0-2]\d{3}|1[12][0-9])(?!\d)/gu
/** +1, +852, 00852: other countries’ numbers. */
const FOREIGN = /^(?:\+|00)(?!0?86)[1-9]\d{6,}$/u
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
  const whole = readDigits(SEVERAL_MOBILES.test(digits) ? digits.slice(0, 11) : digits)
  if (whole.ok || whole.reason !== 'character') return whole
  const first = digits.match(IN_SENTENCE)?.at(CORRECTED.test(text) ? -1 : 0)
  const inside = first === undefined ? whole : readDigits(first)
  if (inside.ok) return inside
  // 尾号8000: the one number among the words is too short, the words are no wrong characters.
  const [only = '', another] = digits.match(/[\dA-Za-z]+/gu) ?? []
  const wordsOnly = /^[\d\p{Script=Han}\s]*$/u.test(digits)
  return another === undefined && wordsOnly && /^\d{3,}$/u.test(only) ? readDigits(only) : whole
}

/** Every number in a sentence that names several, in their order. */
export function readPhones(text: string): Extract<PhoneReading, { ok: true }>[] {
  if (text.length > LONGEST_TEXT) return []
  const digits = tidy(text)
  const found = digits.match(SEVERAL_MOBILES.test(digits) ? /\d{11}/gu : IN_SENTENCE) ?? []
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

function tidy(text: string): string {
  if (/^\d+$/.test(text)) return withoutCountry(text)
  const words = text.trim().replace(LEAD, '').replace(TAIL, '')
  const digits = withoutSeparators(plainDigits(words).replace(EXTENSION, '$1转$2'))
    .replace(/[,，、]?(?:区号|号码)(?:是|为)?/gu, '')
    .replace(REPEATED, (_, count: string, digit: string) => digit.repeat(Number(count)))
    .replace(/(?<=\d)(?<!1[3-9]\d{9})[,，、.。·/]+(?=\d)|[()[\]（）.·]/gu, '')
    .replace(/(?:转|分机|ext)+/giu, '转')
  return withoutCountry(digits)
}

/** From abroad the 0 of an area code is left out: +86 711 … is 0711 …. */
function withoutCountry(digits: string): string {
  const national = digits.replace(/^(?:\+86|\+?0086|0?86(?=1[3-9]\d{9}$)|86(?=[2-9]\d{9,10}$))/, '')
  return national !== digits && /^(?:[2-9]|10)/.test(national) ? `0${national}` : national
}
