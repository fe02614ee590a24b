import type { AesKey, WechatAccount } from './account.ts'
import { encryptMessage, sign } from './crypto.ts'
import { cdata } from './xml.ts'

export type Format = 'xml' | 'json'

/** How the call came in, which is how its answer goes out. */
export interface Dialect {
  format: Format
  /** The key that opened the call; null for a plain call. */
  key: AesKey | null
}

export interface PassiveText {
  /** openid of the person. */
  to: string
  /** The account's own `gh_…` name, as the call gave it. */
  from: string
  text: string
}

/** Time and nonce under which an answer is signed. */
export interface Stamp {
  timestamp: string
  nonce: string
}

/** The body of a passive text answer, closed with the key that opened the call. `seconds`: Unix time of now. */
export function passiveReply(account: WechatAccount, dialect: Dialect, reply: PassiveText, seconds: number): string {
  const plain = dialect.format === 'xml' ? textXml(reply, seconds) : textJson(reply, seconds)
  if (dialect.key === null) return plain
  const encrypted = encryptMessage(dialect.key, account.appId, account.randomBytes(16), plain)
  return envelope(dialect.format, account.token, encrypted, { timestamp: String(seconds), nonce: nonce(account) })
}

function textXml({ to, from, text }: PassiveText, seconds: number): string {
  return (
    `<xml><ToUserName>${cdata(to)}</ToUserName><FromUserName>${cdata(from)}</FromUserName>` +
    `<CreateTime>${seconds}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>${cdata(text)}</Content></xml>`
  )
}

function textJson({ to, from, text }: PassiveText, seconds: number): string {
  return JSON.stringify({ ToUserName: to, FromUserName: from, CreateTime: seconds, MsgType: 'text', Content: text })
}

/** The four fields around an encrypted answer, signed with our own time and nonce. */
export function envelope(format: Format, token: string, encrypted: string, stamp: Stamp): string {
  const { timestamp, nonce: once } = stamp
  const signature = sign([token, timestamp, once, encrypted])
  if (format === 'json') {
    return JSON.stringify({ Encrypt: encrypted, MsgSignature: signature, TimeStamp: Number(timestamp), Nonce: once })
  }
  return (
    `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature>` +
    `<TimeStamp>${timestamp}</TimeStamp><Nonce><![CDATA[${once}]]></Nonce></xml>`
  )
}

function nonce(account: WechatAccount): string {
  const bytes = account.randomBytes(4)
  return String(new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0))
}
