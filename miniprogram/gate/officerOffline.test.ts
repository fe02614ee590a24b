import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { bootPhone, happen, type OpenPage, type Phone, type Request } from './wechatStandIn.ts'

/* The built mini-program of an officer whose phone loses the network and is switched off: what he wrote goes out once, in order. */

const roots: string[] = []
afterAll(() => roots.forEach(root => rmSync(root, { recursive: true })))

/** What WeChat keeps for the mini-program; it outlives a restart. */
const storage = new Map<string, unknown>()
const writes: { path: string; key: string | undefined; fence: string | undefined; body: string }[] = []
let offline = false

const task = {
  ...{ id: 't1', source: 'halfFilledCase', summary: '群众要求人工服务，请联系', status: 'open', fence: 1 },
  ...{ assigneeName: null, firstReceiverName: null, leaseUntil: null, promiseDue: null, legalDue: null },
  ...{ dueProvisional: false, createdAt: '2026-11-22T09:00:00+08:00', closedAt: null, overdue: false, place: '' },
  ...{ regionCode: '420702104212', family: null, applicationId: null, allowedActions: ['lease'] },
}
const officer = { id: 'o1', name: '王建国', role: 'village', regionCode: '420702104212' }

function answerTo(path: string): unknown {
  if (path === '/api/officer/me') return { officer, csrfToken: 'csrf' }
  if (path === '/api/tasks/t1') return { task, actions: [], detail: null }
  if (path.startsWith('/api/tasks?')) return { items: [task], next: null }
  return { items: [], next: null }
}

function service({ url, method, header, data, success, fail }: Request): void {
  if (offline) return fail({ errMsg: 'request:fail' })
  const path = url.replace(/^https?:\/\/[^/]+/, '')
  if (method === 'POST') {
    task.fence += 1
    writes.push({ path, key: header['idempotency-key'], fence: header['if-match'], body: String(data) })
  }
  const answer = method === 'POST' ? { fence: task.fence } : answerTo(path)
  success({ statusCode: 200, data: JSON.stringify(answer), cookies: [] })
}

const timers = vi.spyOn(globalThis, 'setTimeout')

/** Nothing of the run before goes on: what it still wanted to try is over. */
function switchOff(): void {
  for (const { value } of timers.mock.results) clearTimeout(value)
  timers.mockClear()
}

/** A fresh start: from a copy in another folder, so that no module of the run before is left. */
async function switchOn(): Promise<Phone> {
  const root = mkdtempSync(join(tmpdir(), 'nuanxin-mini-'))
  roots.push(root)
  cpSync(join(process.cwd(), 'dist/build/mp-weixin'), root, { recursive: true })
  return bootPhone(root, storage, service)
}

/** The list is read when the page is shown; of what is drawn later the stand-in tells no page that it is ready. */
async function opensList(phone: Phone): Promise<OpenPage> {
  const list = await phone.open('/officer/index')
  await phone.wait(300)
  list.page.instance.onShow?.()
  await phone.wait(300)
  return list
}

function button(host: HTMLElement, words: string): Element {
  const found = [...host.querySelectorAll('wx-button')].filter(({ textContent }) => textContent?.trim() === words)
  const last = found[found.length - 1]
  if (!last) throw new Error(`no button ${words} in ${host.textContent}`)
  return last
}

const PATIENCE = { timeout: 15_000 }
const shows = (host: HTMLElement, words: string) =>
  vi.waitFor(() => expect(host.textContent).toContain(words), PATIENCE)

const taps = async (host: HTMLElement, words: string) =>
  happen(await vi.waitFor(() => button(host, words), PATIENCE), 'tap')

test('an officer takes and closes a task without network, the phone restarts, and the service hears of both once', async () => {
  const before = await switchOn()
  const list = await opensList(before)
  await shows(list.host, '群众要求人工服务')
  const page = await before.open('/officer/task?id=t1')
  await before.wait(400)
  offline = true
  await taps(page.host, '接单')
  await before.wait(500)
  await shows(page.host, '1 条未发送')
  await taps(page.host, '办结')
  await before.wait(200)
  await taps(page.host, '已上门，问题解决了')
  await before.wait(200)
  await taps(page.host, '确定')
  await before.wait(500)
  await shows(page.host, '2 条未发送')
  expect(writes).toEqual([])

  switchOff()
  const after = await switchOn()
  const again = await opensList(after)
  await shows(again.host, '群众要求人工服务')
  await shows(again.host, '2 条未发送')
  offline = false
  await taps(again.host, '现在发送')
  await vi.waitFor(() => expect(writes).toHaveLength(2), PATIENCE)
  expect(writes.map(({ path }) => path)).toEqual(['/api/tasks/t1/lease', '/api/tasks/t1/close'])
  expect(writes.map(({ fence }) => fence)).toEqual(['"1"', '"2"'])
  expect(writes[1]?.body).toContain('已上门，问题解决了')
  expect(new Set(writes.map(({ key }) => key)).size).toBe(2)
  await vi.waitFor(() => expect(again.host.textContent).not.toContain('条未发送'), PATIENCE)
}, 60_000)
