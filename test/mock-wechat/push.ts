import { randomBytes } from 'node:crypto'
import { seal, signatureOf } from './crypto.ts'
import type { Format, Mode } from './judge.ts'
import { writeJson, writeXml } from './xml.ts'

export interface Account {
  appId: string
  token: string
  aesKey: string
  /** The key before the last change, for pushes that were under way. */
  previousAesKey: string | null
  /** `gh_…` name. */
  originalId: string
}

export interface PushOptions {
  mode: Mode
  format: Format
  /** Which of the account's keys closes the push. */
  key?: 'current' | 'previous'
  /** Compatible mode: an unsigned copy that says something else. */
  plainCopy?: Record<string, unknown>
  /** Seconds. */
  timestamp?: number
  nonce?: string
}

/** One push as bytes; retries send the very same. */
export interface Push {
  query: string
  body: string
  contentType: string
  aesKey: string
}

export function makePush(
  account: Account,
  fields: Record<string, unknown>,
  options: PushOptions,
  seconds: number,
): Push {
  const timestamp = String(options.timestamp ?? seconds)
  const nonce = options.nonce ?? String(randomBytes(4).readUInt32BE())
  const write = options.format === 'xml' ? writeXml : writeJson
  const query = new URLSearchParams({ signature: signatureOf(account.token, timestamp, nonce), timestamp, nonce })
  query.set('openid', String(fields['FromUserName']))
  const contentType = options.format === 'xml' ? 'text/xml' : 'application/json'
  const aesKey = options.key === 'previous' ? (account.previousAesKey ?? account.aesKey) : account.aesKey
  if (options.mode === 'plain') return { query: query.toString(), body: write(fields), contentType, aesKey }
  const sealed = seal(aesKey, account.appId, randomBytes(16), write(fields))
  query.set('encrypt_type', 'aes')
  query.set('msg_signature', signatureOf(account.token, timestamp, nonce, sealed))
  const copy = options.mode === 'compatible' ? (options.plainCopy ?? fields) : { ToUserName: account.originalId }
  return { query: query.toString(), body: write({ ...copy, Encrypt: sealed }), contentType, aesKey }
}
