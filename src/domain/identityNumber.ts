import {
  countsSaid,
  joinedGroups,
  numberIn,
  plainDigits,
  repeatedFigures,
  withoutSampleName,
  withoutSeparators,
} from './digits.ts'
import { isRealDate, type LocalDate } from './world.ts'

export type IdentityNumberRefusal = 'length' | 'checksum' | 'birthdate' | 'future-birth' | 'area' | 'character'

export interface IdentityNumber {
  /** 18 characters, check character upper case. */
  id: string
  birth: LocalDate
  sex: 'F' | 'M'
  /** Six digits of the place of first issue. Abolished and unknown counties are valid. */
  area: string
  /** 港澳台居民居住证 (国办发〔2018〕81号, article 3). */
  residencePermit: boolean
}

export type IdentityNumberReading = ({ ok: true } & IdentityNumber) | { ok: false; reason: IdentityNumberRefusal }

/** The standard's own sample was born in 1880. */
const FIRST_BIRTH = 1800
/** GB 11643-1999: weights and check characters of ISO 7064 MOD 11-2. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECK_CHARACTERS = '10X98765432'
const ZERO = '0'.charCodeAt(0)
const LENGTH = 18
/** Old numbers had as many figures. */
const SHORTEST_WHOLE = 15
/** As it stands on the card. */
const WHOLE = /^\d{17}[\dX]$/

/** First two digits by GB/T 2260: provinces, regions, municipalities, 71 Taiwan. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71'
    .split(' ')
    .map(Number),
)
/** Permits for residents of Hong Kong, Macao and Taiwan carry exactly these area codes. */
const PERMIT_AREAS = new Set(['810000', '820000', '830000'])

/** A number in a sentence is far shorter; longer text is not searched, so that no pattern runs long. */
const LONGEST_TEXT = 200
/** Around a number typed in a sentence. */
const LEAD =
  /^(?:[Ii][Dd]|我们|我|她|他|俺|的|孩子|娃|妈妈|爸爸|老公|老婆|媳妇|本人|居民|身份证|身份|证件|证|号码|号|是|为|这个|就是|[:：,，])*/u
const TAIL = /(?:[。.,，!！;；、]|谢谢|吧|哦|啊|呢|了|的|哈)+$/u
/** In a sentence: as many figures as an old or a mistyped number has. */
const IN_SENTENCE = /(?<![\dA-Za-z*])\d{14,19}[\dX](?![\dA-Za-z*])/u
/** What people type or say for the final X. */
const SPOKEN_X =
  /(?:[\s,，、。;；…打大小写字母最后末尾面那还有再位个数号巴是为系带加的]|[一1](?=[位个]))*(?:[xX×╳✕ⅹⅩхХ叉]叉?|埃克斯|艾克斯|爱克斯)/gu

/** The check character which belongs to the first 17 digits. */
export function identityCheckCharacter(first17: string): string {
  let sum = 0
  for (let i = 0; i < WEIGHTS.length; i++) sum += (WEIGHTS[i] ?? 0) * (first17.charCodeAt(i) - ZERO)
  return CHECK_CHARACTERS.charAt(sum % 11)
}

/**
 * Reads an identity number as people write it (spaces, hyphens, full-width, Chinese digits, 幺, x, 叉).
 * Checks form, province, day of birth (real, not after `today`) and check character, in this order. In a sentence the
 * first run of 15 to 20 characters of such a number counts.
 * A county we do not know is never refused: the code is that of the time of issue. Old 15-digit numbers are refused.
 */
export function readIdentityNumber(text: string, today: LocalDate): IdentityNumberReading {
  if (text.length > LONGEST_TEXT) return { ok: false, reason: 'length' }
  const whole = WHOLE.test(text)
  const id = whole ? text : tidy(text)
  if (!whole && !WHOLE.test(id)) return { ok: false, reason: faultOfForm(id) }
  const area = id.slice(0, 6)
  const province = numberIn(id, 0, 2)
  const residencePermit = province >= 81 && province <= 83
  if (residencePermit ? !PERMIT_AREAS.has(area) : !PROVINCES.has(province)) return { ok: false, reason: 'area' }
  const year = numberIn(id, 6, 10)
  const real = year >= FIRST_BIRTH && isRealDate(year, numberIn(id, 10, 12), numberIn(id, 12, 14))
  if (!real) return { ok: false, reason: 'birthdate' }
  const birth = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
  if (birth > today) return { ok: false, reason: 'future-birth' }
  if (identityCheckCharacter(id.slice(0, 17)) !== id.charAt(17)) return { ok: false, reason: 'checksum' }
  return { ok: true, id, birth, sex: Number(id.charAt(16)) % 2 === 0 ? 'F' : 'M', area, residencePermit }
}

/** What is wrong with what has no 17 figures and a check character. */
function faultOfForm(id: string): IdentityNumberRefusal {
  return /^[0-9X]*$/.test(id) && id.length !== LENGTH ? 'length' : 'character'
}

/** 420702199001010017，1990年的 holds a whole number; 420702，19900101，0017 is one in groups. */
function arePartsOfOne(groups: readonly string[]): boolean {
  return groups.every(group => group.length < SHORTEST_WHOLE)
}

function tidy(text: string): string {
  // A slip of a figure, the commonest of all: nothing stands around or between.
  if (/^\d+$/.test(text)) return text
  const said = countsSaid(withoutSampleName(text).trim().replace(TAIL, '').replace(LEAD, ''))
  const digits = plainDigits(said).replace(SPOKEN_X, 'X')
  const close = joinedGroups(repeatedFigures(withoutSeparators(digits)), arePartsOfOne)
  return /^[\dA-Za-z]*$/u.test(close) ? close : (IN_SENTENCE.exec(close)?.[0] ?? close)
}
