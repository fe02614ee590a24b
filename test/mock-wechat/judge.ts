import { signatureOf, unseal } from './crypto.ts'
import { parseXml, type Tree } from './xml.ts'

export type Mode = 'plain' | 'compatible' | 'safe'
export type Format = 'xml' | 'json'

/** What the platform knows about the push to which this is the answer. */
export interface Asked {
  mode: Mode
  format: Format
  openid: string
  originalId: string
  appId: string
  token: string
  /** The key that closed the push. */
  aesKey: string
  /** Seconds; answers dated far off are a sign of milliseconds. */
  now: number
}

export type Verdict =
  | { ok: true; kind: 'nothing' }
  | { ok: true; kind: 'message'; type: string; text: string }
  /** The person reads that the account is unavailable. */
  | { ok: false; why: string }

/** Reads an answer as the platform would, without goodwill. */
export function judgeAnswer(asked: Asked, body: string): Verdict {
  if (body === '' || body === 'success') return { ok: true, kind: 'nothing' }
  try {
    return judgeMessage(asked, openAnswer(asked, body))
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) }
  }
}

function parse(format: Format, text: string): Tree {
  if (format === 'xml') return parseXml(text)
  const value: unknown = JSON.parse(text)
  return texts(value)
}

function texts(value: unknown): Tree {
  if (typeof value !== 'object' || value === null) throw new Error('not an object')
  const out: Tree = {}
  for (const [name, inner] of Object.entries(value)) {
    out[name] = typeof inner === 'object' && inner !== null ? texts(inner) : String(inner)
  }
  return out
}

function must(tree: Tree, name: string): string {
  const value = tree[name]
  if (typeof value !== 'string' || value === '') throw new Error(`${name} is missing in the answer`)
  return value
}

function openAnswer(asked: Asked, body: string): Tree {
  const outer = parse(asked.format, body)
  if (!('Encrypt' in outer)) {
    if (asked.mode === 'safe') throw new Error('plain answer in safe mode')
    return outer
  }
  if (asked.mode === 'plain') throw new Error('encrypted answer in plain mode')
  const sealed = must(outer, 'Encrypt')
  const expected = signatureOf(asked.token, must(outer, 'TimeStamp'), must(outer, 'Nonce'), sealed)
  if (must(outer, 'MsgSignature') !== expected) throw new Error('MsgSignature of the answer is wrong')
  return parse(asked.format, unseal(asked.aesKey, asked.appId, sealed))
}

const parts: Record<string, string | undefined> = { image: 'Image', voice: 'Voice', video: 'Video', music: 'Music' }

function judgeMessage(asked: Asked, message: Tree): Verdict {
  if (must(message, 'ToUserName') !== asked.openid) throw new Error('ToUserName is not the person')
  if (must(message, 'FromUserName') !== asked.originalId) throw new Error('FromUserName is not the account')
  const created = must(message, 'CreateTime')
  if (!/^\d+$/.test(created) || Math.abs(Number(created) - asked.now) > 86_400) throw new Error(`CreateTime ${created}`)
  const type = must(message, 'MsgType')
  if (type === 'text') return { ok: true, kind: 'message', type, text: textWithin(must(message, 'Content')) }
  if (type === 'transfer_customer_service') return { ok: true, kind: 'nothing' }
  if (type === 'news') return { ok: true, kind: 'message', type, text: oneArticle(message) }
  const part = message[parts[type] ?? '']
  if (typeof part !== 'object') throw new Error(`MsgType ${type}`)
  must(part, type === 'music' ? 'ThumbMediaId' : 'MediaId')
  return { ok: true, kind: 'message', type, text: `[${type}]` }
}

function textWithin(text: string): string {
  const bytes = Buffer.byteLength(text)
  if (bytes > 2048) throw new Error(`text of ${bytes} bytes`)
  return text
}

function oneArticle(message: Tree): string {
  if (must(message, 'ArticleCount') !== '1') throw new Error('more than one article')
  return '[news]'
}
