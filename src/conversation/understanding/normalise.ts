import { halfWidth } from '../../domain/digits.ts'
import { holdsOneOf, unitsOf, UNITS } from './codeUnits.ts'

/** Traditional characters which occur in answers about dates, numbers, families and certificates, with their simplified forms. */
const TRADITIONAL =
  '號号閏闰臘腊農农曆历陰阴陽阳節节個个兩两萬万億亿點点後后時时間间禮礼週周書书證证記记錄录辦办領领補补換换齊齐媽妈爺爷這这裡里沒没對对錯错請请問问給给們们來来過过還还進进見见說说話话電电腦脑機机區区縣县鎮镇鄉乡廣广東东寧宁蘇苏漢汉華华國国幾几種种類类貼贴補补獎奖勵励單单雙双無无願愿謝谢嗎吗'
const SIMPLIFIED = new Map(
  Array.from({ length: TRADITIONAL.length / 2 }, (_, i) => [TRADITIONAL.charAt(2 * i), TRADITIONAL.charAt(2 * i + 1)]),
)
const holdsChanging = holdsOneOf(changingUnits())
const ANY_TRADITIONAL = new RegExp(`[${[...SIMPLIFIED.keys()].join('')}]`, 'gu')

/** Longest answer that is looked at; what is longer is no answer to a question. Keeps every pattern quick. */
const LONGEST = 500

/** One form for comparing: half-width, simplified, lower case, single spaces, without hidden characters. Never stored. */
export function normalise(text: string): string {
  if (text.length <= LONGEST && isNormal(text)) return text
  const plain = halfWidth(text.slice(0, LONGEST)).replace(
    /[\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFE0F\u20E3]/gu,
    '',
  )
  return plain
    .toLowerCase()
    .replace(ANY_TRADITIONAL, c => SIMPLIFIED.get(c) ?? c)
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Nothing but figures, small letters and simplified characters: neither signs nor spaces, nothing to normalise. */
export function isNormal(text: string): boolean {
  return !holdsChanging(text)
}

function changingUnits(): Uint8Array {
  const units = unitsOf(SIMPLIFIED.keys())
  for (let unit = 0; unit < UNITS; unit++)
    if (!/[0-9a-z\u4e00-\u9fff]/u.test(String.fromCharCode(unit))) units[unit] = 1
  return units
}

/** Without spaces, closing punctuation and polite particles, for comparing whole answers. */
export function bare(text: string): string {
  return normalise(text)
    .replace(/[\s。.!~…,，;；、"“”'‘’]/gu, '')
    .replace(/(?:[啊呀吧呢哦噢喔啦咯嘛哈撒噻]|的呢|谢谢)+$/u, '')
}
