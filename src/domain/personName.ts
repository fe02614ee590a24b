export type NameRefusal = 'empty' | 'length' | 'character'

/** Something an officer should look at before printing. Never a reason to refuse a name. */
export type NameFlag =
  /** A radical that looks like the character (⼀ and 一). */
  | 'radical'
  /** A character coded twice for old systems. */
  | 'compatibility'
  /** Private use area: older systems kept rare names there; only the papers say which character is meant. */
  | 'privateUse'
  /** A variation selector asks for one special form of the character. */
  | 'variant'
  /** Letters of several scripts, which can look alike (а and a). */
  | 'mixedScripts'
  | 'foreignScript'

export type NameReading = { ok: true; name: string; flags: NameFlag[] } | { ok: false; reason: NameRefusal }

/** Length in characters as people count them; GB 18030-2022 level 3 names fit well below. */
const SHORTEST = 2
const LONGEST = 50
/** Room for padding and selectors around the longest name; a pasted page is not searched. */
const LONGEST_TEXT = 400

/** The dots which keyboards and old systems produce for 中点; stored as U+00B7 only. */
const DOTS = /[・•‧⋅．.･∙﹒]/gu
/** Han, and what stands for Han: supplementary planes whatever Unicode version this Node knows, and private use. */
const HAN = '\\p{Script=Han}\\u{20000}-\\u{3FFFF}\\uE000-\\uF8FF'
const VARIANT = '[\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}]?'
const HAN_NAME = new RegExp(`^(?:[${HAN}]${VARIANT})+(?:·(?:[${HAN}]${VARIANT})+)*$`, 'u')
const HAN_CHARACTER = new RegExp(`[${HAN}]`, 'u')
/** Letters of any script, with single separators between them. */
const LETTER_NAME = new RegExp(`^(?:[\\p{L}${HAN}]\\p{M}*)+(?:(?:[ '’·-]|\\. ?)(?:[\\p{L}${HAN}]\\p{M}*)+)*\\.?$`, 'u')

/** Twelve characters of the compatibility block are ordinary ideographs by the Unicode standard (U+FA0E and others). */
const UNIFIED = new Set('﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩')
const FLAGS: readonly (readonly [NameFlag, (name: string) => boolean])[] = [
  ['radical', name => /[\u2E80-\u2FD5]/u.test(name)],
  [
    'compatibility',
    name => Array.from(name).some(c => /[\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/u.test(c) || UNIFIED.has(c)),
  ],
  ['privateUse', name => /[\uE000-\uF8FF]/u.test(name)],
  ['variant', name => /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u.test(name)],
  ['mixedScripts', name => scriptsOf(name) > 1],
  [
    'foreignScript',
    name =>
      /\p{L}/u.test(name.replace(/[\p{Script=Han}\p{Script=Latin}]/gu, '').replace(/[\u{20000}-\u{3FFFF}]/gu, '')),
  ],
]

/**
 * Reads a person's name and keeps every character as given; only dots, padding spaces and full-width Latin are unified.
 * Accepts all of GB 18030 level 3, names with 中点, private use characters, Latin and other letters, 2 to 50 characters.
 * Refuses hidden characters, direction marks, digits, emoji, controls, and dots at the start or doubled.
 */
export function readPersonName(text: string): NameReading {
  if (text.length > LONGEST_TEXT) return { ok: false, reason: 'length' }
  const name = tidy(text)
  if (name === '') return { ok: false, reason: 'empty' }
  const length = Array.from(name.replace(/[\p{M}]/gu, '')).length
  if (length > LONGEST) return { ok: false, reason: 'length' }
  if (!HAN_NAME.test(name) && !LETTER_NAME.test(name)) return { ok: false, reason: 'character' }
  if (length < SHORTEST) return { ok: false, reason: 'length' }
  return { ok: true, name, flags: FLAGS.filter(([, holds]) => holds(name)).map(([flag]) => flag) }
}

/** Form for comparing two names only. Never stored or printed: it merges characters which are different names. */
export function nameForMatching(name: string): string {
  return name.normalize('NFKC').replace(/[\s·]/gu, '').toLowerCase()
}

/**
 * Surnames of two characters that are borne today, most of them in 百家姓. Left out are those that are more often a surname of one
 * character with the first of the given name (梁丘, 左丘).
 */
const COMPOUND_SURNAMES = new Set(
  (
    '欧阳 司马 上官 诸葛 司徒 司空 夏侯 皇甫 尉迟 公孙 仲孙 长孙 慕容 宇文 令狐 东方 南宫 西门 独孤 端木 公冶 轩辕 钟离 闻人 ' +
    '濮阳 淳于 单于 太史 申屠 澹台 赫连 拓跋 闾丘 呼延 宗政 鲜于 公羊 亓官 完颜 纳兰 万俟'
  ).split(' '),
)

/** 王 of 王小红, 欧阳 of 欧阳建国. A name of two characters has a surname of one. Empty of an empty name. */
export function surnameOf(name: string): string {
  const signs = Array.from(name)
  const two = signs.slice(0, 2).join('')
  return signs.length > 2 && COMPOUND_SURNAMES.has(two) ? two : (signs[0] ?? '')
}

function tidy(text: string): string {
  const trimmed = text
    .replace(/^[ \t\r\n\u3000]+|[ \t\r\n\u3000]+$/gu, '')
    .replace(/[\uFF21-\uFF3A\uFF41-\uFF5A]/g, c => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[ \u3000]+/gu, ' ')
  if (!HAN_CHARACTER.test(trimmed)) return trimmed
  // In a Han name every dot is 中点 and every space is padding (张 三, often with a full-width one).
  return trimmed.replace(DOTS, '·').replace(/ /g, '')
}

function scriptsOf(name: string): number {
  return [
    /\p{Script=Han}/u,
    /\p{Script=Latin}/u,
    /\p{Script=Cyrillic}/u,
    /\p{Script=Greek}/u,
    /\p{Script=Arabic}/u,
  ].filter(script => script.test(name)).length
}
