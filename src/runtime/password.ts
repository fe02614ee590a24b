import { createHmac, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import type { AccountSecrets } from '../app/officer/accountPort.ts'
import type { Passwords } from '../web/deps.ts'
import type { Instant } from '../domain/world.ts'

/** Cost of a password hash: N = 2^ln. */
export interface PasswordCost {
  ln: number
  r: number
  p: number
}

/**
 * OWASP's scrypt setting of the same strength as N=2^17, p=1, with a quarter of the memory (32 MiB): several officers
 * may log in at once inside a container of 400 MB.
 */
export const passwordCost: PasswordCost = { ln: 15, r: 8, p: 3 }

const SALT_BYTES = 16
const HASH_BYTES = 32
/** Never more than this many at a time: they fill the four threads that also serve files and name look-ups. */
const AT_ONCE = 2

/** `scrypt$ln$r$p$salt$hash`, base64url. Cost travels with the hash, so that it can be raised later. */
export async function hashPassword(password: string, cost: PasswordCost = passwordCost): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  return storedForm(salt, await derive(password, salt, cost), cost)
}

function storedForm(salt: Buffer, hash: Buffer, { ln, r, p }: PasswordCost): string {
  return ['scrypt', ln, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** False for a malformed hash as well as for a wrong password. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, ln, r, p, salt, hash] =
    /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/.exec(stored) ?? []
  if (salt === undefined || hash === undefined) return false
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) }
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), cost), Buffer.from(hash, 'base64url'))
}

/** A password for print-outs: 16 signs of 32, 80 bits, none that can be mistaken for another. */
export function newPassword(): string {
  const signs = 'abcdefghjkmnpqrstuvwxyz23456789-'
  return Array.from(randomBytes(16), byte => signs.charAt(byte % 32)).join('')
}

const waiting: (() => void)[] = []
let running = 0

async function derive(password: string, salt: Uint8Array, { ln, r, p }: PasswordCost): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>(resolve => waiting.push(resolve))
  running++
  try {
    // The same word may reach us composed or not, depending on the keyboard.
    return await scryptAsync(password.normalize('NFC'), salt, { N: 2 ** ln, r, p, maxmem: 256 * r * 2 ** ln })
  } finally {
    running--
    waiting.shift()?.()
  }
}

function scryptAsync(password: string, salt: Uint8Array, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/** RFC 6238 defaults, which every authenticator app takes: 30 s, 6 digits, HMAC-SHA-1. */
const STEP_MS = 30_000
/** One step early or late: phones' clocks, and slow fingers. */
const DRIFT = [0, -1, 1]

/** The step at which the code fits, or null. `secret` in base32. */
export function totpStep(secret: string, code: string, at: Instant): number | null {
  const now = Math.floor(at / STEP_MS)
  const fits = DRIFT.map(drift => now + drift).filter(step => sameCode(totpCode(secret, step), code))
  return fits[0] ?? null
}

/** A phone whose clock was never set is off by minutes or by a time zone; beyond an hour the code is simply wrong. */
const FARTHEST_DRIFT = 120

/** By how many minutes the phone is ahead (behind, below zero) whose code this is; null when no near time gives it. */
export function totpDrift(secret: string, code: string, at: Instant): number | null {
  const now = Math.floor(at / STEP_MS)
  for (let away = 1; away <= FARTHEST_DRIFT; away++) {
    const drift = [away, -away].find(steps => sameCode(totpCode(secret, now + steps), code))
    if (drift !== undefined) return (drift * STEP_MS) / 60_000
  }
  return null
}

/** The code of one step (RFC 4226, section 5.3). */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', decodeBase32(secret)).update(counter).digest()
  const offset = mac.readUInt8(mac.length - 1) & 0xf
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

/** A new secret of 160 bits, as RFC 4226 advises, in base32. */
export function newTotpSecret(): string {
  return Array.from(randomBytes(32), byte => BASE32.charAt(byte % 32)).join('')
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function decodeBase32(text: string): Buffer {
  const bits = Array.from(text.toUpperCase().replace(/[\s=]/g, ''), sign =>
    BASE32.indexOf(sign).toString(2).padStart(5, '0'),
  ).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
}

function sameCode(expected: string, given: string): boolean {
  return (
    given.length === expected.length &&
    timingSafeEqual(Buffer.from(expected), Buffer.from(given.replace(/[^ -~]/g, '?')))
  )
}

/** What an officer's own account needs of this file. */
export const accountSecrets: AccountSecrets = {
  ...{ verify: verifyPassword, hash: hashPassword, newTotpSecret, totpStep, totpDrift },
}

/** What the web edge needs of this file. Nobody's hash is of no password: it costs a check like any other and fits none. */
export function openPasswords(cost: PasswordCost = passwordCost): Passwords {
  return { verify: verifyPassword, nobody: storedForm(randomBytes(SALT_BYTES), randomBytes(HASH_BYTES), cost) }
}
