import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SharedAccount } from '../../src/app/sharedAccount.ts'
import { testDatabase, type TestDatabase } from './database.ts'

let database: TestDatabase
let one: SharedAccount
let other: SharedAccount
beforeAll(async () => {
  database = await testDatabase()
  one = database.open().account
  other = database.open().account
})
afterAll(() => database?.close())

const MINUTE = 60_000
const noon = Date.parse('2026-11-23T12:00:00+08:00')
const limits = { perMinute: 30, perHour: 40 }
const person = (sender: string) => ({ channel: 'wecom', sender })

async function taken(sender: string, at: number, times: number): Promise<number> {
  let free = 0
  for (let n = 0; n < times; n++) if (await (n % 2 ? one : other).mayMessage(person(sender), at, limits)) free++
  return free
}

test('two processes together send one member no more than the platform shows him', async () => {
  expect(await taken('a', noon, 50)).toBe(30)
  expect(await taken('b', noon, 1)).toBe(1)
  expect(await taken('a', noon + MINUTE - 1, 1)).toBe(0)
  expect(await taken('a', noon + 2 * MINUTE, 50)).toBe(10)
  expect(await taken('a', noon + 30 * MINUTE, 1)).toBe(0)
  expect(await taken('a', noon + 63 * MINUTE, 1)).toBe(1)
})

test('a token that one process has is the other’s too; only the one that was refused is dropped', async () => {
  const token = { value: 'the-token-of-the-app', refreshAt: noon }
  await one.tokens.put('ww1', token)
  expect(await other.tokens.get('ww1')).toEqual(token)
  await other.tokens.drop('ww1', 'an-older-token')
  expect(await one.tokens.get('ww1')).toEqual(token)
  const [row] = await database.sql(`select token::text as token from platform_token`)
  expect(String(row?.['token'])).not.toContain(Buffer.from(token.value).toString('hex'))
  await other.tokens.drop('ww1', token.value)
  expect(await one.tokens.get('ww1')).toBeNull()
})

test('one refresh at a time over all processes', async () => {
  const order: string[] = []
  const work = (name: string) => async () => {
    order.push(`${name} begins`)
    await new Promise(done => setTimeout(done, 30))
    order.push(`${name} ends`)
  }
  await Promise.all([one.tokens.lock('ww1', work('one')), other.tokens.lock('ww1', work('other'))])
  expect([order.indexOf('one ends') - order.indexOf('one begins'), order.length]).toEqual([1, 4])
})
