import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readApp } from './appJson.ts'
import { bootPhone, happen, type Phone, type Request } from './wechatStandIn.ts'

// A copy outside: our package.json would make Node read the program's CommonJS files as modules.
const root = mkdtempSync(join(tmpdir(), 'nuanxin-mini-'))
const asked: Request[] = []
const storage = new Map<string, unknown>()

const question = {
  id: 'm1',
  kind: 'choices',
  text: '您好，要办什么事？',
  choices: [
    { key: 'k1', label: '生育登记' },
    { key: 'k2', label: '查办到哪了' },
  ],
  input: { slot: 'matter', type: 'choice', required: true, sensitive: false },
}
const second = { id: 'm2', kind: 'text', text: '谁来登记？' }

let offline = false

function answerTo({ url, data }: Request): unknown {
  if (url.endsWith('/api/mini/login')) return { token: 'token', expiresAt: '2026-12-22T00:00:00+08:00' }
  if (url.endsWith('/api/chat/turns')) return { replies: [String(data).includes('k1') ? second : question], state: {} }
  return { items: [], next: null }
}

function service(request: Request): void {
  asked.push(request)
  if (offline) return request.fail({ errMsg: 'request:fail' })
  const unknown = request.url.includes('/api/officer/')
  const data = JSON.stringify(unknown ? { code: 'notLoggedIn', title: '请先登录。' } : answerTo(request))
  request.success({ statusCode: unknown ? 401 : 200, data, cookies: [] })
}

const turns = () =>
  asked
    .filter(({ url }) => url.endsWith('/api/chat/turns'))
    .map(({ data }): { messageId: string } => JSON.parse(String(data)))

function button(host: HTMLElement, words: string): Element {
  const found = [...host.querySelectorAll('wx-button')].find(({ textContent }) => textContent?.trim() === words)
  if (!found) throw new Error(`no button ${words}`)
  return found
}

async function type(host: HTMLElement, words: string): Promise<void> {
  const field = host.querySelector('wx-input')
  if (!field) throw new Error('no field')
  happen(field, 'input', { value: words })
  await phone.wait(30)
  happen(button(host, '发送'), 'tap')
  await phone.wait(50)
}

let phone: Phone
let chat: HTMLElement

beforeAll(async () => {
  cpSync(join(process.cwd(), 'dist/build/mp-weixin'), root, { recursive: true })
  phone = await bootPhone(root, storage, service)
})

afterAll(() => rmSync(root, { recursive: true }))

test('the chat logs in with the code of WeChat, says hello and shows the first question', async () => {
  chat = (await phone.open('/pages/chat/index')).host
  await phone.wait(300)
  expect(asked.map(({ url }) => new URL(url).pathname).slice(0, 3)).toEqual([
    '/api/mini/login',
    '/api/chat/history',
    '/api/chat/turns',
  ])
  expect(JSON.parse(String(asked[0]?.data))).toEqual({ code: 'code-of-wechat' })
  expect(chat.textContent).toContain('要办什么事')
})

test('a tap on a choice sends its key under a new message id and shows what comes back', async () => {
  happen(button(chat, '生育登记'), 'tap')
  await phone.wait(200)
  const [hello, chosen] = turns()
  expect(chosen).toEqual({ messageId: expect.any(String), choice: 'k1' })
  expect(chosen?.messageId).not.toBe(hello?.messageId)
  expect(chat.textContent).toContain('谁来登记')
})

test('what is typed without network stays, and goes out again under the same id', async () => {
  offline = true
  await type(chat, '我媳妇')
  await phone.wait(200)
  expect(chat.textContent).toContain('没发出去，正在重试')
  const [first] = turns().slice(-1)
  offline = false
  await phone.wait(1_500)
  const [second] = turns().slice(-1)
  expect(second).toEqual({ messageId: first?.messageId, text: '我媳妇' })
  expect(chat.textContent).not.toContain('没发出去')
})

test('the officers’ desk asks for a login', async () => {
  const { host } = await phone.open('/officer/index')
  await phone.wait(200)
  expect(host.textContent).toContain('密码')
  expect(asked.some(({ url }) => url.endsWith('/api/officer/me'))).toBe(true)
})

test('every page of the program opens and says something', async () => {
  for (const page of readApp(root).pages) {
    const { host } = await phone.open(`/${page}?id=c1`)
    await phone.wait(100)
    expect(host.textContent?.trim().length, page).toBeGreaterThan(3)
  }
})
