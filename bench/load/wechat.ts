import { randomBytes } from 'node:crypto'
import { seal, signatureOf, unseal } from '../../test/mock-wechat/crypto.ts'
import { parseXml, type Tree } from '../../test/mock-wechat/xml.ts'
import type { Account } from '../account.ts'

export interface Message {
  openid: string
  messageId: string
  text: string
}

/** 28 characters, as the platform's are. */
export function openidOf(run: string, resident: number): string {
  return `oBench${run.padStart(8, '_')}${String(resident).padStart(14, '0')}`
}

/** One text message as the platform posts it in safe mode: a whole HTTP request, ready to be written to a socket. */
export function callbackRequest(account: Account, { openid, messageId, text }: Message): Buffer {
  const now = String(Math.floor(Date.now() / 1000))
  const message = `<xml><ToUserName><![CDATA[${account.name}]]></ToUserName>
<FromUserName><![CDATA[${openid}]]></FromUserName>
<CreateTime>${now}</CreateTime>
<MsgType><![CDATA[text]]></MsgType>
<Content><![CDATA[${text}]]></Content>
<MsgId>${messageId}</MsgId>
</xml>`
  const sealed = seal(account.aesKey, account.appId, randomBytes(16), message)
  const nonce = String(randomBytes(4).readUInt32BE())
  const query = new URLSearchParams({
    signature: signatureOf(account.token, now, nonce),
    timestamp: now,
    nonce,
    openid,
    encrypt_type: 'aes',
    msg_signature: signatureOf(account.token, now, nonce, sealed),
  })
  const body = `<xml>
    <ToUserName><![CDATA[${account.name}]]></ToUserName>
    <Encrypt><![CDATA[${sealed}]]></Encrypt>
</xml>`
  return postRequest(`/wechat/official?${query.toString()}`, 'text/xml', body)
}

export function postRequest(target: string, contentType: string, body: string): Buffer {
  return Buffer.from(
    `POST ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/4.0\r\nAccept: */*\r\n` +
      `Connection: keep-alive\r\nContent-Type: ${contentType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

export function getRequest(target: string): Buffer {
  return Buffer.from(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n`)
}

/** The text of a passive answer. @throws Error when it is not a sealed, signed text message for this person. */
export function answeredText(account: Account, openid: string, body: string): string {
  const outer = parseXml(body)
  const sealed = textIn(outer, 'Encrypt')
  const signature = signatureOf(account.token, textIn(outer, 'TimeStamp'), textIn(outer, 'Nonce'), sealed)
  if (textIn(outer, 'MsgSignature') !== signature) throw new Error('the answer is not signed by us')
  const message = parseXml(unseal(account.aesKey, account.appId, sealed))
  if (textIn(message, 'ToUserName') !== openid) throw new Error('the answer is for somebody else')
  if (textIn(message, 'MsgType') !== 'text') throw new Error(`the answer is ${textIn(message, 'MsgType')}, not text`)
  const text = textIn(message, 'Content')
  if (text.trim() === '') throw new Error('the answer is empty')
  return text
}

function textIn(tree: Tree, name: string): string {
  const value = tree[name]
  if (typeof value !== 'string') throw new Error(`the answer has no ${name}`)
  return value
}
