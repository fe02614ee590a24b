/** The platform's side of the cryptography, written apart from the product's so that both cannot share a mistake. */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

export function signatureOf(...parts: string[]): string {
  const digest = createHash('sha1')
  for (const part of [...parts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))) digest.update(part)
  return digest.digest('hex')
}

function keyBytes(aesKey: string): Buffer {
  const key = Buffer.from(aesKey + '=', 'base64')
  if (key.byteLength !== 32) throw new Error('mock: an EncodingAESKey has 43 characters')
  return key
}

/** Random 16 bytes, length as four bytes with the highest first, message, receiver, padding to 32. */
export function seal(aesKey: string, receiver: string, random: Buffer, message: string): string {
  const key = keyBytes(aesKey)
  const length = Buffer.alloc(4)
  const content = Buffer.from(message)
  length.writeUInt32BE(content.byteLength)
  const open = Buffer.concat([random, length, content, Buffer.from(receiver)])
  const missing = 32 - (open.byteLength % 32)
  return encryptRaw(key, Buffer.concat([open, Buffer.alloc(missing, missing)])).toString('base64')
}

/** Encrypts whole blocks as they are: for bad padding and bad lengths. */
export function encryptRaw(key: Buffer, blocks: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16))
  cipher.setAutoPadding(false)
  return Buffer.concat([cipher.update(blocks), cipher.final()])
}

export function sealRaw(aesKey: string, blocks: Buffer): string {
  return encryptRaw(keyBytes(aesKey), blocks).toString('base64')
}

/** @throws Error saying what is wrong; the mock may say it, nobody outside hears it. */
export function unseal(aesKey: string, receiver: string, sealed: string): string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(sealed)) throw new Error('Encrypt is not base64')
  const key = keyBytes(aesKey)
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16))
  decipher.setAutoPadding(false)
  const open = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()])
  const pad = open.at(-1) ?? 0
  const padding = open.subarray(open.byteLength - pad)
  if (pad < 1 || pad > 32 || padding.some(byte => byte !== pad)) throw new Error('padding is wrong')
  const content = open.subarray(16, open.byteLength - pad)
  const length = content.readUInt32BE(0)
  const tail = content.subarray(4 + length).toString()
  if (tail !== receiver) throw new Error(`appid in the answer is ${tail}`)
  return content.subarray(4, 4 + length).toString()
}
