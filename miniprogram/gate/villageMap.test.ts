import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { bootPhone, happen, type Phone, type Request } from './wechatStandIn.ts'

/* 按村 in the built mini-program: villages where they lie, and recording where the office is, with nothing but WeChat. */

const root = mkdtempSync(join(tmpdir(), 'nuanxin-mini-'))
afterAll(() => rmSync(root, { recursive: true }))

const officer = { id: 'o1', name: '陈志强', role: 'town', regionCode: '420702104' }
const village = (n: number, name: string, seat: object | null, counts: object) => ({
  ...{ regionCode: `42070210421${n}`, place: name, town: '', live: 3, dueToday: 0, overdue: 0, seat },
  ...counts,
})
const villages = [
  village(2, '下柯村', { longitude: 114.7, latitude: 30.2 }, { overdue: 2 }),
  village(3, '上柯村', { longitude: 114.75, latitude: 30.23 }, { dueToday: 1 }),
  village(4, '中柯村', null, {}),
]
const asked: string[] = []
const written: { path: string; body: unknown }[] = []

function answerTo(path: string): unknown {
  if (path === '/api/officer/me') return { officer, csrfToken: 'csrf', secondFactorNeeded: false }
  if (path === '/api/task-villages') return { items: villages }
  const seats = villages.map(({ regionCode, place }) => ({ regionCode, place, seat: null }))
  if (path === '/api/village-seats') return { items: seats, roughMetres: 100 }
  return { items: [], next: null }
}

function service({ url, method, data, success }: Request): void {
  const path = url.replace(/^https?:\/\/[^/]+/, '')
  asked.push(path)
  if (method === 'POST') written.push({ path, body: JSON.parse(String(data)) })
  success({ statusCode: 200, data: JSON.stringify(answerTo(path)), cookies: [] })
}

/** Pins of the map are boxes: the stand-in keeps their class and drops their role. */
const buttons = (host: HTMLElement) => [...host.querySelectorAll('wx-button, [class*=pin]')]

function button(host: HTMLElement, words: string): Element {
  const found = buttons(host).filter(({ textContent }) => textContent?.trim().startsWith(words))
  const last = found[found.length - 1]
  if (!last) throw new Error(`no button ${words} in ${host.textContent}`)
  return last
}

const PATIENCE = { timeout: 15_000 }
const taps = async (host: HTMLElement, words: string) =>
  happen(await vi.waitFor(() => button(host, words), PATIENCE), 'tap')

let phone: Phone
beforeAll(async () => {
  cpSync(join(process.cwd(), 'dist/build/mp-weixin'), root, { recursive: true })
  phone = await bootPhone(root, new Map(), service)
})

test('villages stand where they lie, with what is due and late in words, and a tap leads to the tasks of one', async () => {
  const errors = vi.spyOn(console, 'error')
  const list = await phone.open('/officer/index')
  await phone.wait(300)
  list.page.instance.onShow?.()
  await taps(list.host, '按村')
  const pin = await vi.waitFor(() => button(list.host, '下柯村'), PATIENCE)
  expect(pin.textContent).toContain('逾期 2 件')
  const other = button(list.host, '上柯村')
  expect(other.textContent).toContain('今天 1 件')
  const boxOf = (one: Element) => {
    const style = one.getAttribute('style') ?? ''
    const px = (name: string) => Number(new RegExp(`(?:^|;)\\s*${name}:\\s*([\\d.]+)px`).exec(style)?.[1] ?? Number.NaN)
    return { left: px('left'), top: px('top') }
  }
  // North is up, east is right.
  expect(boxOf(other).top).toBeLessThan(boxOf(pin).top)
  expect(boxOf(other).left).toBeGreaterThan(boxOf(pin).left)
  expect(list.host.textContent).toContain('还没有位置')
  await taps(list.host, '下柯村')
  await vi.waitFor(() => expect(asked.some(path => path.includes('place=420702104212'))).toBe(true), PATIENCE)
  expect(errors).not.toHaveBeenCalled()
}, 60_000)

test('the place is asked of WeChat by a tap, shown with its accuracy, and sent with its system after a yes', async () => {
  const locating = vi.fn(({ success }: { type: string; success(at: object): void }) =>
    success({ longitude: 114.7, latitude: 30.2, accuracy: 15, errMsg: 'getLocation:ok' }),
  )
  Object.assign(Reflect.get(globalThis, 'wx'), { getLocation: locating })
  const { host } = await phone.open('/officer/seats')
  await vi.waitFor(() => expect(host.textContent).toContain('还没有位置'), PATIENCE)
  expect(locating).not.toHaveBeenCalled()
  await taps(host, '记下村委会的位置')
  await vi.waitFor(() => expect(host.textContent).toContain('误差约 15 米'), PATIENCE)
  expect(locating).toHaveBeenCalledWith(expect.objectContaining({ type: 'gcj02', isHighAccuracy: true }))
  expect(written).toEqual([])
  await taps(host, '是，记下来')
  await vi.waitFor(() => expect(written).toHaveLength(1), PATIENCE)
  expect(written[0]).toEqual({
    path: '/api/village-seats/420702104214',
    body: { longitude: 114.7, latitude: 30.2, accuracy: 15, system: 'gcj02' },
  })
}, 60_000)

test('a phone that is not allowed to tell where it is says what to do', async () => {
  Object.assign(Reflect.get(globalThis, 'wx'), {
    getLocation: ({ fail }: { fail(cause: object): void }) => fail({ errMsg: 'getLocation:fail auth deny' }),
  })
  const { host } = await phone.open('/officer/seats')
  await taps(host, '记下村委会的位置')
  await vi.waitFor(() => expect(host.textContent).toContain('没有定到位。请允许使用位置'), PATIENCE)
  expect(written).toHaveLength(1)
}, 60_000)
