import { parse } from 'node:querystring'
import type { AesKey, WechatAccount } from './account.ts'
import { decryptMessage, sameSignature, sign } from './crypto.ts'
import { decodeUtf8, textOf, type Fields } from './fields.ts'
import { readJson } from './json.ts'
import type { Dialect, Format } from './reply.ts'
import { readXml } from './xml.ts'

/** A query as a server hands it over; a repeated parameter arrives as a list. */
export type Query = Record<string, string | string[] | undefined>

/** Reads the part of an address after `?`. A repeated parameter stays a list, so that it can be refused. */
export function readQuery(search: string): Query {
  return parse(search)
}

/** `refused`: forged, stale or garbled, all alike. `unreadable`: genuine, but not a message. */
export type Opened =
  { status: 'open'; fields: Fields; dialect: Dialect } | { status: 'refused' | 'unreadable'; why: RefusedWhy }

/** For the log only; strangers see one answer for all of them. */
export type RefusedWhy = 'query' | 'stale' | 'signature' | 'plainMode' | 'body' | 'decrypt' | 'payload'

const refused = (why: RefusedWhy): Opened => ({ status: 'refused', why })

/** Checks the call that proves the address is ours. The echo, or null when the signature does not hold. */
export function verifyAddress(account: WechatAccount, query: Query): string | null {
  const { signature, timestamp, nonce, echostr } = query
  if (!isShort(signature) || !isShort(timestamp) || !isShort(nonce) || !isShort(echostr)) return null
  return sameSignature(sign([account.token, timestamp, nonce]), signature) ? echostr : null
}

/**
 * Verifies, then decrypts, then reads. In compatible mode only what came out of `Encrypt` counts: the plain copy
 * beside it is not covered by any signature. A call may repeat the signature of an earlier one: retries do.
 */
export function openCall(account: WechatAccount, query: Query, body: Uint8Array, seconds: number): Opened {
  const { timestamp, nonce } = query
  if (!isShort(timestamp) || !isShort(nonce)) return refused('query')
  const window = account.limits.timestampWindowSeconds
  if (window !== null && !(Math.abs(seconds - Number(timestamp)) <= window)) return refused('stale')
  const parts = [account.token, timestamp, nonce]
  return query['encrypt_type'] === 'aes'
    ? openEncrypted(account, query, body, parts)
    : openPlain(account, query, body, parts)
}

/** `parts`: what the signature covers. */
function openPlain(account: WechatAccount, query: Query, body: Uint8Array, parts: string[]): Opened {
  const { signature, encrypt_type: type } = query
  if (!account.allowPlain || (type !== undefined && type !== 'raw')) return refused('plainMode')
  if (!isShort(signature)) return refused('query')
  if (!sameSignature(sign(parts), signature)) return refused('signature')
  const format = formatOf(body)
  const fields = format && readBody(format, body)
  return fields ? { status: 'open', fields, dialect: { format, key: null } } : { status: 'unreadable', why: 'body' }
}

/** `parts`: what the signature covers, besides the encrypted message itself. */
function openEncrypted(account: WechatAccount, query: Query, body: Uint8Array, parts: string[]): Opened {
  const signature = query['msg_signature']
  if (!isShort(signature)) return refused('query')
  const format = formatOf(body)
  const outer = format && readBody(format, body)
  const encrypted = outer && textOf(outer, 'Encrypt')
  if (!encrypted) return refused('body')
  if (!sameSignature(sign([...parts, encrypted]), signature)) return refused('signature')
  const opened = decryptWith(account, encrypted)
  return opened ? readInner(opened.plain, opened.key) : refused('decrypt')
}

/** The key that opens a message, and what is in it; null when none of the account's does. */
export function decryptWith(account: WechatAccount, encrypted: string): { plain: Uint8Array; key: AesKey } | null {
  for (const key of account.keys) {
    const plain = decryptMessage(key, account.appId, encrypted)
    if (plain !== null) return { plain, key }
  }
  return null
}

function readInner(plain: Uint8Array, key: AesKey): Opened {
  const format = formatOf(plain)
  const fields = format && readBody(format, plain)
  return fields ? { status: 'open', fields, dialect: { format, key } } : { status: 'unreadable', why: 'payload' }
}

/** XML or JSON by the first byte that is not white space or a byte-order mark: the console decides, not a header. */
function formatOf(body: Uint8Array): Format | null {
  for (const byte of body) {
    if (byte === 0x3c) return 'xml'
    if (byte === 0x7b) return 'json'
    if (byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf) return null
  }
  return null
}

function readBody(format: Format, body: Uint8Array): Fields | null {
  const text = decodeUtf8(body)
  if (text === null) return null
  return format === 'xml' ? readXml(text) : readJson(text)
}

/** Longer than any parameter the platform sends; lists (`nonce=a&nonce=b`) and missing ones fail here as well. */
const MAX_PARAMETER = 256

export function isShort(value: Query[string], limit = MAX_PARAMETER): value is string {
  return typeof value === 'string' && value !== '' && value.length <= limit
}
