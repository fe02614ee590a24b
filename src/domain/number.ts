import { shanghaiDate, type Instant } from './world.ts'

/** 32 signs without I, L, O and U: hard to misread aloud (Crockford). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Signs of a check code: 13 × 5 bits = 65 bits, above the 64 that OWASP ASVS 6.6.3 advises. */
export const CHECK_CODE_LENGTH = 13

/** Random bytes to pass to `checkCode`. */
export const CHECK_CODE_BYTES = CHECK_CODE_LENGTH

/**
 * A number a resident can read aloud: prefix, day, six random digits, e.g. `SY261123-048213`.
 * Not counting; a clash within a day is refused by the database and drawn again.
 */
export function publicNumber(prefix: string, at: Instant, random: Uint8Array): string {
  const draw = random.reduce((sum, byte) => (sum * 256 + byte) % 1_000_000, 0)
  return `${prefix}${shanghaiDate(at).slice(2).replaceAll('-', '')}-${String(draw).padStart(6, '0')}`
}

/** The code on a certificate: 13 random signs and a check sign, so that a slip of the pen is told apart from a forgery. */
export function checkCode(random: Uint8Array): string {
  const body = Array.from(random.subarray(0, CHECK_CODE_LENGTH), byte => ALPHABET.charAt(byte % 32)).join('')
  return body + checkSign(body)
}

/** Upper case, without spaces and dashes, I and L read as 1, O as 0; null when the check sign does not fit. */
export function normaliseCheckCode(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replaceAll('O', '0')
  const body = code.slice(0, CHECK_CODE_LENGTH)
  return code.length === CHECK_CODE_LENGTH + 1 && checkSign(body) === code.at(-1) ? code : null
}

// Weighted sum modulo the prime 31: finds every single wrong sign and every swap of neighbours, except 0 for Z.
function checkSign(body: string): string {
  const sum = Array.from(body).reduce((total, sign, n) => total + ALPHABET.indexOf(sign) * (n + 1), 0)
  return ALPHABET.charAt(sum % 31)
}
