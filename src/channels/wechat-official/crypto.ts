import { createCipheriv, createDecipheriv, hash, timingSafeEqual } from 'node:crypto'
import type { AesKey } from './account.ts'

/** PKCS#7 of the platform pads to 32 bytes, not to the 16 of the cipher. */
const PAD_BLOCK = 32

/** 16 random bytes and the message length stand before the message. */
const HEAD_BYTES = 20

/** `signature` of three parts, `msg_signature` of four: the parts sorted as plain strings, nothing between them. */
export function sign(parts: string[]): string {
  return hash('sha1', parts.sort().join(''), 'hex')
}

/** Compares in constant time. Anything but 40 lower-case hex characters of the right value is false. */
export function sameSignature(expected: string, given: string): boolean {
  if (given.length !== expected.length) return false
  const bytes = Buffer.from(given, 'latin1')
  return bytes.length === expected.length && timingSafeEqual(bytes, Buffer.from(expected, 'latin1'))
}

/**
 * Opens what came in `Encrypt`. Null for every defect alike: base64, block size, any pad byte, length, app id.
 * Call it only after `msg_signature` has held, so that nobody can ask it questions about padding.
 */
export function decryptMessage(key: AesKey, appId: string, encrypted: string): Uint8Array | null {
  const cipherText = Buffer.from(encrypted, 'base64')
  if (cipherText.length < PAD_BLOCK || cipherText.length % PAD_BLOCK !== 0) return null
  const decipher = createDecipheriv('aes-256-cbc', key.key, key.iv).setAutoPadding(false)
  const plain = decipher.update(cipherText)
  decipher.final()
  const end = plain.length - padLength(plain)
  if (end === plain.length || end < HEAD_BYTES) return null
  const messageEnd = HEAD_BYTES + plain.readUInt32BE(16)
  if (messageEnd > end) return null
  return plain.toString('utf8', messageEnd, end) === appId ? plain.subarray(HEAD_BYTES, messageEnd) : null
}

/** 1 to 32 with every pad byte checked; 0 when the padding is wrong. */
function padLength(plain: Uint8Array): number {
  const pad = plain[plain.length - 1] ?? 0
  if (pad < 1 || pad > PAD_BLOCK) return 0
  for (let at = plain.length - pad; at < plain.length; at++) if (plain[at] !== pad) return 0
  return pad
}

/** Closes a message as the platform does. `random`: 16 fresh bytes. */
export function encryptMessage(key: AesKey, appId: string, random: Uint8Array, message: string): string {
  const length = Buffer.byteLength(message)
  const used = HEAD_BYTES + length + Buffer.byteLength(appId)
  const pad = PAD_BLOCK - (used % PAD_BLOCK)
  const plain = Buffer.allocUnsafe(used + pad)
  plain.set(random, 0)
  plain.writeUInt32BE(length, 16)
  plain.write(message, HEAD_BYTES)
  plain.write(appId, HEAD_BYTES + length)
  plain.fill(pad, used)
  const cipher = createCipheriv('aes-256-cbc', key.key, key.iv).setAutoPadding(false)
  const cipherText = cipher.update(plain)
  cipher.final()
  return cipherText.toString('base64')
}
