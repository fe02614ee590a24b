import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { CipherAlgorithm } from '../store/fieldCipher.ts'

/** One way of authenticated encryption. A sealed value is IV · ciphertext · tag. */
export interface CipherProvider {
  /** Written into every value: never reuse a number. */
  id: number
  ivBytes: number
  /** Derives, once, what the provider needs from a 32-byte key. */
  prepare(key: Buffer): Buffer
  /** `head` is put before the value, so that the whole is laid out once. */
  seal(key: Buffer, around: { iv: Buffer; context: Buffer; head?: Buffer }, plain: Uint8Array): Buffer
  /** Null when the value is not authentic. */
  open(key: Buffer, context: Buffer, sealed: Buffer): Buffer | null
}

const nothing = Buffer.alloc(0)
const GCM_TAG_BYTES = 16

/** AES-256-GCM, 96-bit random IV. */
const aes: CipherProvider = {
  id: 1,
  ivBytes: 12,
  prepare: key => key,
  seal: (key, { iv, context, head = nothing }, plain) => {
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(context)
    const text = cipher.update(plain)
    cipher.final() // a stream cipher: nothing is left over
    return Buffer.concat([head, iv, text, cipher.getAuthTag()])
  },
  open: (key, context, sealed) => {
    if (sealed.length < 12 + GCM_TAG_BYTES) return null
    const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: GCM_TAG_BYTES })
    cipher.setAAD(context).setAuthTag(sealed.subarray(-GCM_TAG_BYTES))
    try {
      return Buffer.concat([cipher.update(sealed.subarray(12, -GCM_TAG_BYTES)), cipher.final()])
    } catch {
      return null // the only error left at this point is a tag that does not fit
    }
  },
}

const SM4_KEY_BYTES = 16
const SM3_BYTES = 32

/** SM4-CBC, then HMAC-SM3 over context, IV and ciphertext. (Node has no SM4-GCM.) Two keys by HKDF. */
const sm: CipherProvider = {
  id: 2,
  ivBytes: 16,
  prepare: key => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'sm4-cbc+hmac-sm3', SM4_KEY_BYTES + SM3_BYTES)),
  seal: (key, { iv, context, head = nothing }, plain) => {
    const cipher = createCipheriv('sm4-cbc', key.subarray(0, SM4_KEY_BYTES), iv)
    const body = Buffer.concat([iv, cipher.update(plain), cipher.final()])
    return Buffer.concat([head, body, smTag(key, context, body)])
  },
  open: (key, context, sealed) => {
    if (sealed.length < 16 + 16 + SM3_BYTES) return null
    const body = sealed.subarray(0, -SM3_BYTES)
    if (!timingSafeEqual(smTag(key, context, body), sealed.subarray(-SM3_BYTES))) return null
    const cipher = createDecipheriv('sm4-cbc', key.subarray(0, SM4_KEY_BYTES), body.subarray(0, 16))
    return Buffer.concat([cipher.update(body.subarray(16)), cipher.final()])
  },
}

function smTag(key: Buffer, context: Buffer, body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(context.length)
  // The length keeps `context` and `body` from trading bytes.
  return createHmac('sm3', key.subarray(SM4_KEY_BYTES)).update(length).update(context).update(body).digest()
}

export const providers: Record<CipherAlgorithm, CipherProvider> = { aes, sm }
