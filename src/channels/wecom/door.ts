import type { WechatAccount } from '../wechat-official/account.ts'
import { sameSignature, sign } from '../wechat-official/crypto.ts'
import { decryptWith, isShort, openCall, type Opened, type Query } from '../wechat-official/door.ts'
import { decodeUtf8 } from '../wechat-official/fields.ts'

/** An echo is 16 random bytes, a length, some 20 digits and the corp id, in base64: 88 to 128 characters. */
const MAX_ECHO = 512

/**
 * The call that proves the address is ours: unlike the Official Account's its echo is encrypted and a part of what is
 * signed. The echo in clear, or null when anything does not hold.
 */
export function verifyEcho(account: WechatAccount, query: Query): string | null {
  const { msg_signature: signature, timestamp, nonce } = query
  // A console that forgets to escape `+` has it read as a space; base64 has no spaces.
  const echo = typeof query['echostr'] === 'string' ? query['echostr'].replaceAll(' ', '+') : undefined
  if (!isShort(signature, 40) || !isShort(timestamp) || !isShort(nonce) || !isShort(echo, MAX_ECHO)) return null
  if (!sameSignature(sign([account.token, timestamp, nonce, echo]), signature)) return null
  const opened = decryptWith(account, echo)
  return opened && decodeUtf8(opened.plain)
}

/** Messages and events: always encrypted, and never called so in the address. */
export function openWecomCall(account: WechatAccount, query: Query, body: Uint8Array, seconds: number): Opened {
  return openCall(account, { ...query, encrypt_type: 'aes' }, body, seconds)
}
