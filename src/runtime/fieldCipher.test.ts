import fc from 'fast-check'
import { mkdtempSync, rmSync, statSync, chmodSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { cipherAlgorithms, UnreadableField, type DataKeys, type WrappedKey } from '../store/fieldCipher.ts'
import { openFieldCipher, passingMasterKeys, rotateDataKey } from './fieldCipher.ts'
import { makeKeyFile, readKeyFile } from './keys.ts'

const keysInMemory = (): DataKeys => keysIn([])

function keysIn(kept: WrappedKey[]): DataKeys {
  return {
    list: async () => kept,
    add: async key => {
      if (!kept.some(({ kid }) => kid === key.kid)) kept.push(key)
    },
    destroyCare: async () => {
      kept.splice(0, kept.length, ...kept.filter(({ kind }) => kind !== 'care'))
    },
  }
}

describe.each(cipherAlgorithms)('fields under %s', algorithm => {
  const open = (dataKeys = keysInMemory(), master = passingMasterKeys()) =>
    openFieldCipher({ master, dataKeys, algorithm })

  test('instances that start at once, however they take turns, read what each other wrote', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async scheduler => {
        const kept: WrappedKey[] = []
        const all = keysIn(kept)
        const slow: DataKeys = {
          list: scheduler.scheduleFunction(async () => [...kept]),
          add: scheduler.scheduleFunction(async key => all.add(key)),
          destroyCare: all.destroyCare,
        }
        const master = passingMasterKeys()
        const opening = Promise.all([open(slow, master), open(slow, master), open(slow, master)])
        const [first, ...others] = await scheduler.waitFor(opening)
        for (const one of others) {
          expect(first.open('care_action|event', 'a', one.seal('care_action|event', 'a', '家访')).toString()).toBe(
            '家访',
          )
        }
        expect(kept.map(({ kind }) => kind).toSorted()).toEqual(['care', 'general'])
      }),
    )
  })

  test('what is sealed opens again, whatever it was', async () => {
    const cipher = await open()
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (plain, row) => {
        const sealed = cipher.seal('inbox|body', row, Buffer.from(plain))
        expect(cipher.open('inbox|body', row, sealed)).toEqual(Buffer.from(plain))
      }),
    )
  })

  test('a single flipped bit anywhere makes the value unreadable', async () => {
    const cipher = await open()
    const sealed = cipher.seal('application|content', 'a', '身份证号')
    fc.assert(
      fc.property(fc.nat({ max: sealed.length * 8 - 1 }), bit => {
        const altered = Buffer.from(sealed)
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(() => cipher.open('application|content', 'a', altered)).toThrow(UnreadableField)
      }),
    )
  })

  test('a value moved to another row or column does not open', async () => {
    const cipher = await open()
    const sealed = cipher.seal('application|content', 'a', '张三')
    expect(() => cipher.open('application|content', 'b', sealed)).toThrow(UnreadableField)
    expect(() => cipher.open('rating|comment', 'a', sealed)).toThrow(UnreadableField)
    expect(() => cipher.open('application|content', 'a', sealed.subarray(0, 5))).toThrow(UnreadableField)
  })

  test('the same text is never sealed alike, but always indexed alike within one column', async () => {
    const cipher = await open()
    expect(cipher.seal('inbox|body', 'a', 'x').equals(cipher.seal('inbox|body', 'a', 'x'))).toBe(false)
    expect(cipher.index('certificate|check_code', 'x')).toEqual(cipher.index('certificate|check_code', 'x'))
    expect(cipher.index('certificate|check_code', 'x')).not.toEqual(cipher.index('resident_identity|sender', 'x'))
    expect(cipher.index('certificate|check_code', 'x')).toHaveLength(32)
  })

  test('after a rotation the newest key writes and the old one still reads', async () => {
    const dataKeys = keysInMemory()
    const master = passingMasterKeys()
    const before = (await open(dataKeys, master)).seal('inbox|body', 'a', '旧')
    const kid = await rotateDataKey({ master, dataKeys, algorithm })
    const cipher = await open(dataKeys, master)
    expect(cipher.open('inbox|body', 'a', before).toString()).toBe('旧')
    expect(cipher.seal('inbox|body', 'a', '新').readUInt32BE(2)).toBe(kid)
  })

  test('records of care families have a key of their own, and it can be destroyed alone', async () => {
    const dataKeys = keysInMemory()
    const master = passingMasterKeys()
    const cipher = await open(dataKeys, master)
    const care = cipher.seal('care_action|event', 'f:1', '一家')
    const other = cipher.seal('application|content', 'a', '一件')
    expect(care.readUInt32BE(2)).not.toBe(other.readUInt32BE(2))
    await dataKeys.destroyCare()
    const after = await open(dataKeys, master)
    expect(() => after.open('care_action|event', 'f:1', care)).toThrow(UnreadableField)
    expect(after.open('application|content', 'a', other).toString()).toBe('一件')
  })

  test('another key file does not open the data keys', async () => {
    const dataKeys = keysInMemory()
    await open(dataKeys)
    await expect(open(dataKeys)).rejects.toThrow('key file')
  })
})

test('a change of algorithm keeps old values readable and old indexes valid', async () => {
  const dataKeys = keysInMemory()
  const master = passingMasterKeys()
  const aes = await openFieldCipher({ master, dataKeys, algorithm: 'aes' })
  const sm = await openFieldCipher({ master, dataKeys, algorithm: 'sm' })
  expect(sm.open('inbox|body', 'a', aes.seal('inbox|body', 'a', '甲')).toString()).toBe('甲')
  expect(sm.index('resident_identity|sender', 'o')).toEqual(aes.index('resident_identity|sender', 'o'))
  expect(sm.seal('inbox|body', 'a', '乙')[1]).toBe(2)
})

test('the key file is made once, for its owner alone, and refused when open to everybody', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'keys-'))
  const file = path.join(dir, 'deep', 'master.key')
  try {
    expect(() => readKeyFile(file)).toThrow('does not exist')
    makeKeyFile(file)
    expect(statSync(file).mode & 0o777).toBe(0o400)
    const first = readKeyFile(file)
    makeKeyFile(file)
    expect(readKeyFile(file)).toEqual(first)
    expect(first.wrapping.equals(first.indexing)).toBe(false)
    chmodSync(file, 0o444)
    expect(() => readKeyFile(file)).toThrow('0400')
  } finally {
    rmSync(dir, { recursive: true })
  }
})
