/** Digits as people write and speak them. 幺 is how telephone and identity numbers say 1. */
const SPOKEN: Readonly<Record<string, string>> = {
  〇: '0',
  零: '0',
  '○': '0',
  幺: '1',
  一: '1',
  壹: '1',
  二: '2',
  贰: '2',
  三: '3',
  叁: '3',
  四: '4',
  肆: '4',
  五: '5',
  伍: '5',
  六: '6',
  陆: '6',
  七: '7',
  柒: '7',
  拐: '7',
  八: '8',
  捌: '8',
  九: '9',
  玖: '9',
  // Soldiers and drivers say 洞 幺 两 拐 勾 for 0 1 2 7 9, so that no two sound alike.
  洞: '0',
  两: '2',
  勾: '9',
}

/** Nearly every number comes typed: nothing to translate. */
const PLAIN = /^[\x20-\x7E]*$/

/** Full-width Latin letters, digits and punctuation (U+FF01–FF5E, U+3000) become their ordinary forms; the rest stays. */
export function halfWidth(text: string): string {
  if (PLAIN.test(text)) return text
  return text.replace(/[\uFF01-\uFF5E\u3000]/g, c =>
    c === '\u3000' ? ' ' : String.fromCharCode(c.charCodeAt(0) - 0xfee0),
  )
}

/** Reads a row of digits however written: full-width, Chinese (formal and plain), 幺 for 1. No place values: 十 stays. */
export function plainDigits(text: string): string {
  if (PLAIN.test(text)) return text
  return Array.from(halfWidth(text), c => SPOKEN[c] ?? c).join('')
}

const ZERO = '0'.charCodeAt(0)

/** The number that plain figures make from one place of a text to before another; NaN where anything else stands there. */
export function numberIn(text: string, from: number, to: number): number {
  let number = 0
  for (let at = from; at < to; at++) {
    const figure = text.charCodeAt(at) - ZERO
    number = figure >= 0 && figure <= 9 ? number * 10 + figure : Number.NaN
  }
  return number
}

/** What people put between the groups of a long number. */
export function withoutSeparators(text: string): string {
  return text.replace(/[\s\u200B-\u200D\uFEFF\-‐‑‒–—―－_－]/gu, '')
}

/** 八个0, 一个8 says how often a figure comes. */
const REPEATED = /(?<!第)([1-9])个(\d)(?:的)?/gu
/** 仨8, 俩六, 双零: the same in one word; 双十一 is none. */
const REPEATED_IN_ONE =
  /([俩仨双])个?[ \t]*(?=[\d零〇洞幺一壹二贰两三叁四肆五伍六陆七柒拐八捌九玖勾](?!\d*[十百千万年月日号]))/gu
const TIMES: Readonly<Record<string, string>> = { 俩: '2', 双: '2', 仨: '3' }

/** 仨8, 双零 as 3个8, 2个零. */
export function countsSaid(text: string): string {
  if (!/[俩仨双]/u.test(text)) return text
  return text.replace(REPEATED_IN_ONE, (_, times: string) => `${TIMES[times] ?? ''}个`)
}

/** 3个8 in a row of plain digits as 888. */
export function repeatedFigures(digits: string): string {
  if (!digits.includes('个')) return digits
  return digits.replace(REPEATED, (_, count: string, digit: string) => digit.repeat(Number(count)))
}

/** Sounds and words between the groups of one number: 幺三八，嗯，零零零零，然后幺二七九. */
const PARTED =
  /[\dX]+(?:(?:[,，、。.…~～·;；/]|嗯|呃|额|啊|哈|那个|这个|然后|再|接着|后面|后头|跟着|中间|最后|末尾|是)+[\dX]+)+/gu

/** Groups of figures that belong together as one row, the sounds of thinking between them left out. */
export function joinedGroups(text: string, arePartsOfOne: (groups: readonly string[]) => boolean): string {
  return text.replace(PARTED, parted => {
    const groups = parted.split(/[^\dX]+/u)
    return arePartsOfOne(groups) ? groups.join('') : parted
  })
}

/** 张三 13800001279: names that everyone uses for an example end in a figure. */
const SAMPLE_NAME =
  /[张李王赵钱孙周吴郑陈刘][三四五六七八九](?=[\s,，:：]|电话|手机|座机|身份证|[1幺一][3-9三五七八九拐勾]|[0零〇洞])/gu

/** A text of a number without the name of its owner where that would be read as a figure. */
export function withoutSampleName(text: string): string {
  return text.replace(SAMPLE_NAME, '')
}
