import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { bootPhone, happen, type Request } from './wechatStandIn.ts'

/* 我的账号 in the built mini-program: an officer who has nothing but WeChat reaches it. */

const root = mkdtempSync(join(tmpdir(), 'nuanxin-mini-'))
afterAll(() => rmSync(root, { recursive: true }))

const officer = { id: 'o1', name: '王建国', role: 'village', regionCode: '420702104212' }
const secret = { key: 'ABCDEFGHIJKLMNOP', uri: 'otpauth://totp/x', qr: 'data:image/svg+xml;base64,AA==' }
const written: { path: string; body: string }[] = []

function answerTo(path: string): unknown {
  if (path === '/api/officer/me') return { officer, csrfToken: 'csrf', secondFactorNeeded: false }
  if (path === '/api/officer/account') return { secondFactor: false, recoveryCodesLeft: 0 }
  if (path === '/api/officer/second-factor') return secret
  if (path === '/api/officer/binding-code') return { code: '482913', expiresAt: '2026-11-22T12:10:00+08:00' }
  return { items: [], next: null }
}

function service({ url, method, data, success }: Request): void {
  const path = url.replace(/^https?:\/\/[^/]+/, '')
  if (method === 'POST') written.push({ path, body: String(data) })
  success({ statusCode: 200, data: JSON.stringify(answerTo(path)), cookies: [] })
}

function tap(host: HTMLElement, words: string): void {
  const found = [...host.querySelectorAll('wx-button')].find(({ textContent }) => textContent?.trim() === words)
  if (!found) throw new Error(`no button ${words} in ${host.textContent}`)
  happen(found, 'tap')
}

test('the own account opens in WeChat: a code for the chat, and the key of the second factor against the password', async () => {
  const errors = vi.spyOn(console, 'error')
  cpSync(join(process.cwd(), 'dist/build/mp-weixin'), root, { recursive: true })
  const phone = await bootPhone(root, new Map(), service)
  const { host } = await phone.open('/officer/account')
  await phone.wait(400)
  tap(host, '绑定微信')
  await phone.wait(300)
  expect(host.textContent).toContain('在公众号里发送：绑定 482913')
  tap(host, '关闭')
  await phone.wait(100)
  const [password] = host.querySelectorAll('wx-input')
  if (!password) throw new Error('no field')
  happen(password, 'input', { value: 'demo-password' })
  await phone.wait(50)
  tap(host, '开通')
  await phone.wait(400)
  expect(written.at(-1)).toEqual({ path: '/api/officer/second-factor', body: '{"password":"demo-password"}' })
  expect(host.textContent).toContain('ABCD EFGH IJKL MNOP')
  expect(errors).not.toHaveBeenCalled()
})
