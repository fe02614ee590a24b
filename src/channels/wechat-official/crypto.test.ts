import { createCipheriv, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeAesKey, openAccount } from './account.ts'
import { decryptMessage, encryptMessage, sameSignature, sign } from './crypto.ts'
import { frozenWorld } from '../../domain/world.ts'
import { publishedTest, vectors } from './testdata/published.ts'
import { sampleAccount, sampleConfig } from './testdata/account.ts'

const key = decodeAesKey(sampleConfig.aesKey ?? '')
const appId = sampleConfig.appId

function open(aesKey: string, id: string, encrypted: string): string | null {
  const bytes = decryptMessage(decodeAesKey(aesKey), id, encrypted)
  return bytes === null ? null : Buffer.from(bytes).toString('utf8')
}

/** Encrypts whole blocks as given, so that wrong padding and wrong lengths can be made. */
function raw(plain: Buffer): string {
  const cipher = createCipheriv('aes-256-cbc', key.key, key.iv).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64')
}

function block(parts: { length?: number; message?: string; id?: string }): Buffer {
  const { length, message = 'hello', id = appId } = parts
  const head = Buffer.alloc(20)
  head.writeUInt32BE((length ?? Buffer.byteLength(message)) >>> 0, 16)
  const body = Buffer.concat([head, Buffer.from(message), Buffer.from(id)])
  const missing = 32 - (body.length % 32)
  return Buffer.concat([body, Buffer.alloc(missing, missing)])
}

/** A good block with one byte of its padding changed, counted from the end. */
function spoilt(fromEnd: number, byte: number): Buffer {
  const good = block({})
  good[good.length - fromEnd] = byte
  return good
}

describe('published vectors come out byte for byte', () => {
  publishedTest('signatures of plain pushes and address checks', () => {
    const all = [...(vectors['url_verification_plain'] ?? []), ...(vectors['push_plain'] ?? [])]
    expect(all.length).toBeGreaterThan(1)
    for (const v of all) expect(sign([v.token ?? '', v.timestamp ?? '', v.nonce ?? '']), v.name).toBe(v.signature)
  })

  publishedTest('signatures over Encrypt', () => {
    const names = ['push_encrypted', 'signature_only', 'encrypted_reply']
    const all = names.flatMap(name => vectors[name] ?? [])
    expect(all.length).toBeGreaterThan(3)
    for (const v of all) {
      const signed = sign([v.token ?? '', v.timestamp ?? '', v.nonce ?? '', v.encrypt ?? ''])
      expect(signed, v.name).toBe(v.msg_signature)
    }
  })

  publishedTest('messages open and close to the same bytes', () => {
    const names = ['push_encrypted', 'encrypt_deterministic', 'encrypted_reply']
    const all = names.flatMap(name => vectors[name] ?? [])
    expect(all.length).toBeGreaterThan(3)
    for (const v of all) {
      const { encodingAESKey = '', id = '', random = '', plaintext = '', encrypt = '' } = v
      expect(open(encodingAESKey, id, encrypt), v.name).toBe(plaintext)
      expect(encryptMessage(decodeAesKey(encodingAESKey), id, Buffer.from(random), plaintext), v.name).toBe(encrypt)
    }
  })

  publishedTest('an encrypted echo opens', () => {
    const all = vectors['url_verification_encrypted'] ?? []
    expect(all.length).toBeGreaterThan(0)
    for (const v of all) {
      expect(open(v.encodingAESKey ?? '', v.id ?? '', v.echostr ?? ''), v.name).toBe(v.expect_body)
      const signed = sign([v.token ?? '', v.timestamp ?? '', v.nonce ?? '', v.echostr ?? ''])
      expect(signed, v.name).toBe(v.msg_signature)
    }
  })
})

test('what is closed opens again, whatever the message', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      (message, random) => {
        expect(open(sampleConfig.aesKey ?? '', appId, encryptMessage(key, appId, random, message))).toBe(message)
      },
    ),
  )
})

test('no message opens under another app id or another key', () => {
  const closed = encryptMessage(key, appId, Buffer.alloc(16), '你好')
  expect(open(sampleConfig.aesKey ?? '', 'wx0000000000000000', closed)).toBeNull()
  expect(open('B'.repeat(43), appId, closed)).toBeNull()
})

test.each([
  ['pad byte 0', spoilt(1, 0)],
  ['pad byte 33', Buffer.concat([block({}), Buffer.alloc(32, 33)])],
  ['pad byte 255', spoilt(1, 255)],
  ['a first pad byte that differs', spoilt(21, 20)],
  ['a middle pad byte that differs', spoilt(5, 0)],
  ['length beyond the buffer', block({ length: 4096 })],
  ['negative length', block({ length: -1 })],
  ['length that eats the app id', block({ length: 9 })],
  ['no app id', block({ id: '' })],
  ['nothing but padding', Buffer.alloc(32, 32)],
])('refuses %s', (_name, plain) => {
  expect(plain.length % 32).toBe(0)
  expect(decryptMessage(key, appId, raw(block({})))).not.toBeNull()
  expect(decryptMessage(key, appId, raw(plain))).toBeNull()
})

test.each([
  ['empty', ''],
  ['not base64', '***'],
  ['half a block', Buffer.alloc(16).toString('base64')],
  ['a block and a half', Buffer.alloc(48).toString('base64')],
])('refuses cipher text that is %s', (_name, encrypted) => {
  expect(decryptMessage(key, appId, encrypted)).toBeNull()
})

test('a signature is 40 lower-case hex characters or it is wrong', () => {
  const good = sign(['a', 'b', 'c'])
  expect(sameSignature(good, good)).toBe(true)
  for (const bad of ['', good.slice(1), `${good}0`, good.toUpperCase(), 'é'.repeat(40), good.replace(/./, '界')]) {
    expect(sameSignature(good, bad), bad).toBe(false)
  }
})

test('a key whose last character has unused bits set is a good key', () => {
  expect(() => decodeAesKey('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG')).not.toThrow()
  expect(() => decodeAesKey('short')).toThrow('43')
})

test('a wrong setting stops the start and does not show itself', () => {
  expect(() => openAccount({ ...sampleConfig, token: 'with space' }, frozenWorld())).toThrow(/^(?!.*with space)/)
  expect(() => sampleAccount({ aesKey: null })).toThrow('plain mode is off')
  expect(sampleAccount({ aesKey: null, allowPlain: true }).keys).toHaveLength(0)
})

test('random bytes come in big draws and none is given twice', () => {
  let draws = 0
  const world = { ...frozenWorld(), randomBytes: (length: number) => (draws++, randomBytes(length)) }
  const account = openAccount(sampleConfig, world)
  const seen = new Set(Array.from({ length: 300 }, () => Buffer.from(account.randomBytes(16)).toString('hex')))
  expect(seen.size).toBe(300)
  expect(draws).toBe(2)
})
