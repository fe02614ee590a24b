import { expect, test } from 'vitest'
import { memoryStore } from './testing.ts'
import { cookieHeader, keepCookies } from './weixinCookies.ts'

test('a session cookie is kept and sent back, without its attributes', () => {
  const store = memoryStore()
  keepCookies(store, ['nuanxin=abc=1; Path=/; HttpOnly; SameSite=Lax'])
  expect(cookieHeader(store)).toEqual({ cookie: 'nuanxin=abc=1' })
})

test('a cookie that the service ends is gone', () => {
  const store = memoryStore()
  keepCookies(store, ['nuanxin=abc; Path=/'])
  keepCookies(store, ['nuanxin=; Max-Age=0; Path=/'])
  expect(cookieHeader(store)).toEqual({})
})
