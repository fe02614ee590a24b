const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']
/** Over the telephone a one is said 幺, so that nobody hears a seven. */
const AT_THE_PHONE = ['零', '幺', '二', '三', '四', '五', '六', '七', '八', '九']

const spelled = (digits: string, names: readonly string[]): string =>
  Array.from(digits, digit => names[Number(digit)] ?? digit).join('')

/** Number of a notice or case, sign by sign, with a breath between its parts: GZ261123-048213 → G Z 二六一一二三，零四八二一三. */
export function sayNumber(number: string): string {
  return number
    .split('-')
    .map(part => Array.from(part, sign => (/\d/.test(sign) ? (DIGITS[Number(sign)] ?? sign) : ` ${sign} `)).join(''))
    .map(part => part.trim().replace(/ +/g, ' '))
    .join('，')
}

/** Phone number, digit by digit, groups apart: 0711-60000000 → 零七幺幺，六零零零，零零零零. */
export function sayPhone(phone: string): string {
  const groups = phone.split(/\D+/).filter(group => group !== '')
  const parts = groups.flatMap(group => (group.length > 5 ? (group.match(/.{1,4}/g) ?? []) : [group]))
  return parts.map(part => spelled(part, AT_THE_PHONE)).join('，')
}

/** 2026-11-23 → 二零二六年十一月二十三日: machines read a written year as a quantity. */
export function sayDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${spelled(year, DIGITS)}年${sayCount(Number(month))}月${sayCount(Number(date))}日`
}

/** 0 to 99 in words. @throws RangeError for anything else: nothing in a notice is counted further. */
export function sayCount(count: number): string {
  if (!Number.isInteger(count) || count < 0 || count > 99) throw new RangeError(`Not counted in words: ${count}`)
  const tens = Math.floor(count / 10)
  const ones = count % 10
  if (tens === 0) return DIGITS[ones] ?? ''
  return `${tens === 1 ? '' : DIGITS[tens]}十${ones === 0 ? '' : DIGITS[ones]}`
}

/** As notices that were issued earlier cite pages; in its own brackets with what else stands there. */
const WEB_ADDRESS =
  /（[a-z0-9.-]+\.(?:com|cn|org|net|gov)[^）]*）|(?:https?:\/\/)?[a-z0-9-]+(?:\.[a-z0-9-]+)+\/[\w./?=&%-]*/gi

/**
 * A printed sentence for the ear: without addresses of the web, document numbers, years, brackets and slashes as one says them. Hotlines and phones of five
 * digits and more are spelled.
 */
export function sayText(text: string): string {
  return text
    .replace(WEB_ADDRESS, '')
    .replace(/〔(\d{4})〕(\d+)号/g, (_, year: string, n: string) => `${spelled(year, DIGITS)}年第${sayLong(n)}号`)
    .replace(/(\d{4})-(\d{2})-(\d{2})/g, day => sayDay(day))
    .replace(/(\d{4})年(\d{1,2})月(\d{1,2})日/g, (_, ...day: string[]) => sayDay(day.slice(0, 3).join('-')))
    .replace(/(?<!\d)(\d{1,2})\. /g, (_, n: string) => `${sayCount(Number(n))}，`)
    .replace(/(\d{4})年/g, (_, year: string) => `${spelled(year, DIGITS)}年`)
    .replace(/\d{3,4}-\d{7,8}|\d{5,}/g, phone => sayPhone(phone))
    .replace(/[（(]/g, '，')
    .replace(/[）)]/g, '，')
    .replace(/[《》〈〉“”「」]/g, '')
    .replace(/(?<=[\p{Script=Han}])\/(?=[\p{Script=Han}])/gu, '或')
    .replace(/，+(?=[，。；：、！？]|$)/g, '')
    .replace(/(?<=[。；：、！？])，/g, '')
}

const sayLong = (digits: string): string => (digits.length > 2 ? spelled(digits, DIGITS) : sayCount(Number(digits)))
