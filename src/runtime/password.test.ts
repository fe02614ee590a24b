import { expect, test } from 'vitest'
import {
  hashPassword,
  newPassword,
  newTotpSecret,
  openPasswords,
  totpCode,
  totpStep,
  verifyPassword,
} from './password.ts'

/** Cheap, for tests only. */
const quick = { ln: 10, r: 8, p: 1 }
/** RFC 6238, appendix B: ASCII 12345678901234567890. */
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test('a password opens its own hash and no other', async () => {
  const stored = await hashPassword('正确的密码 horse', quick)
  expect(await verifyPassword('正确的密码 horse', stored)).toBe(true)
  expect(await verifyPassword('正确的密码 Horse', stored)).toBe(false)
  expect(await hashPassword('正确的密码 horse', quick)).not.toBe(stored)
})

test('a password typed composed or decomposed is the same', async () => {
  expect(await verifyPassword('cafe\u0301', await hashPassword('café', quick))).toBe(true)
})

test.each(['', 'plain', 'scrypt$10$8$1$short$short', 'bcrypt$10$8$1$a$b'])(
  'a malformed hash %j opens to nobody',
  async stored => {
    expect(await verifyPassword('x', stored)).toBe(false)
  },
)

test('many log-ins at once all get their answer', async () => {
  const stored = await hashPassword('word', quick)
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) => verifyPassword(n % 2 ? 'word' : 'wrong', stored)),
  )
  expect(answers).toEqual(Array.from({ length: 12 }, (_, n) => n % 2 === 1))
})

test('the full cost is used unless a test asks for less', async () => {
  expect(await hashPassword('word')).toMatch(/^scrypt\$15\$8\$3\$/)
})

// The published codes have eight digits; ours are their last six.
test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('the one-time code at %d s is that of RFC 6238', (seconds, code) => {
  expect(totpCode(rfcSecret, Math.floor(seconds / 30))).toBe(code)
  expect(totpStep(rfcSecret, code, seconds * 1000)).toBe(Math.floor(seconds / 30))
})

test('a code is taken one step early or late, not two', () => {
  const at = 1_700_000_000_000
  const code = totpCode(rfcSecret, Math.floor(at / 30_000))
  expect(totpStep(rfcSecret, code, at + 30_000)).not.toBeNull()
  expect(totpStep(rfcSecret, code, at - 30_000)).not.toBeNull()
  expect(totpStep(rfcSecret, code, at + 60_000)).toBeNull()
  expect(totpStep(rfcSecret, '１２３４５６', at)).toBeNull()
})

test('secrets and passwords are long and differ', () => {
  expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/)
  expect(newPassword()).toMatch(/^[a-z2-9-]{16}$/)
  expect(newPassword()).not.toBe(newPassword())
})

test('nobody has a password hash of full shape and cost, which no password fits', async () => {
  const passwords = openPasswords(quick)
  expect(await passwords.verify('', passwords.nobody)).toBe(false)
  expect(passwords.nobody).toMatch(/^scrypt\$10\$8\$1\$[\w-]{22}\$[\w-]{43}$/)
  expect(openPasswords().nobody).toMatch(/^scrypt\$15\$8\$3\$/)
  expect(passwords.nobody).not.toBe(openPasswords(quick).nobody)
})
