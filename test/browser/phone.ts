import type { Browser, Page } from 'playwright-core'
import { json, type logIn } from '../e2e/people.ts'
import { DEMO_PASSWORD } from '../e2e/service.ts'
import type { CuttableLine } from './cuttableLine.ts'
import { isOfCutLine } from './cutLineWords.ts'
import { startVisit, type Visit } from './visit.ts'

/** An officer’s phone, whose network and whose page a test can kill. */
export interface Phone {
  visit: Visit
  page(): Page
  logsIn(username: string): Promise<void>
  /** Opens the list in the session that the officer has: the service takes ten log-ins of one name a minute, and means it. */
  carriesOn(desk: Desk): Promise<void>
  /** Waits until the worker has a copy of the page. */
  keepsPage(): Promise<void>
  opens(surname: string): Promise<void>
  presses(name: string): Promise<void>
  shows(words: string | RegExp): Promise<void>
  offline(): Promise<void>
  online(): Promise<void>
  /** Its page dies as when the phone runs out of memory: nothing of it runs any more. Then it is opened again. */
  isKilled(): Promise<void>
  /** Console errors that are no lost connections, no conflict, and no write that is still under way from the first try. */
  problems(): string[]
  measured(shown: () => Promise<unknown>): Promise<Measured>
}

interface Measured {
  ms: number
  /** Of the scripts among them, compressed and without headers; none from the worker or the cache. */
  scriptBytes: number
  /** Requests that had to wait for one another, in a row. */
  rounds: number
  /** All that the screen waited for, as it comes over the line, with headers. */
  bytes: number
}

interface Asked {
  url: string
  sent: number
  /** Null while nothing came back. */
  heard: number | null
  bytes: number
  scriptBytes: number
}

/** The longest row of requests of which each was sent when the one before had been answered. Open ones nobody waited for. */
function roundsOf(requests: readonly Asked[]): number {
  const rounds: number[] = []
  const inTime = requests.filter(({ heard }) => heard !== null).sort((one, other) => one.sent - other.sent)
  for (const { sent } of inTime) {
    const before = inTime
      .slice(0, rounds.length)
      .map(({ heard }, n) => (heard !== null && heard <= sent ? rounds[n] : 0))
    rounds.push(1 + Math.max(0, ...before.map(round => round ?? 0)))
  }
  return Math.max(0, ...rounds)
}

/**
 * Without what is fetched ahead once the list is there, or who is logged in where nobody is: on a slow machine that is answered
 * before the screen is seen.
 */
function untilShown(requests: readonly Asked[]): Asked[] {
  const last = requests.findLast(({ url }) => /\/api\/(tasks\?|officer\/me$)/.test(url))
  const end = last?.heard ?? Number.POSITIVE_INFINITY
  return requests.filter(({ sent, heard }) => sent < end && heard !== null)
}

/** 3G as WebPageTest has it ("3G": 1.6 Mbit/s down, 768 kbit/s up, 300 ms there and back), in bytes a second and milliseconds. */
const THIRD_GENERATION = { offline: false, latency: 300, downloadThroughput: 200_000, uploadThroughput: 96_000 }

/**
 * How long that takes on 3G, reckoned and not measured: each round waits once there and back, and every byte takes its place
 * on the line. `before`: rounds that go before, such as opening a connection.
 */
export function onThirdGeneration({ rounds, bytes }: Pick<Measured, 'rounds' | 'bytes'>, before = 0): number {
  const { latency, downloadThroughput } = THIRD_GENERATION
  return Math.round((rounds + before) * latency + (bytes / downloadThroughput) * 1000)
}

export interface PhoneOptions {
  browser: Browser
  line: CuttableLine
  width: number
  album: string
  elder: boolean
}

export async function takePhone({ line, ...options }: PhoneOptions): Promise<Phone> {
  const visit = await startVisit({ ...options, url: line.url })
  let page = visit.page
  const home = `${line.url}/officer`
  const phone: Phone = {
    visit,
    page: () => page,
    async logsIn(username) {
      await page.goto(home)
      await page.getByLabel('账号').fill(username)
      await page.getByLabel('密码', { exact: true }).fill(DEMO_PASSWORD)
      await phone.presses('登录')
      await page.getByRole('list', { name: '任务' }).waitFor()
    },
    async carriesOn({ cookie }) {
      const [name = '', value = ''] = cookie.split('=', 2)
      await visit.context.addCookies([{ name, value, url: line.url }])
      await page.goto(home)
      await page.getByRole('list', { name: '任务' }).waitFor()
    },
    async keepsPage() {
      await page.waitForFunction(async () => {
        const registration = await navigator.serviceWorker.getRegistration('/officer')
        return registration?.active?.state === 'activated'
      })
    },
    async opens(surname) {
      if (!page.url().endsWith('/officer')) await page.goto(home)
      await page
        .getByRole('button', { name: new RegExp(`${surname}\\*`) })
        .first()
        .click()
      await page.getByRole('heading', { name: '办件内容' }).waitFor()
    },
    presses: name => page.getByRole('button', { name, exact: true }).last().click(),
    shows: words => page.getByText(words).first().waitFor(),
    async offline() {
      line.set('cut')
      await visit.context.setOffline(true)
    },
    async online() {
      line.set('whole')
      await visit.context.setOffline(false)
    },
    async isKilled() {
      const session = await visit.context.newCDPSession(page)
      const crashed = page.waitForEvent('crash')
      // Who has crashed answers no more: the session ends with an error, and `crash` tells that it worked.
      void session.send('Page.crash').catch(() => null)
      await crashed
      await page.close()
      page = await visit.context.newPage()
      await page.goto(home)
    },
    problems: () => visit.problems.filter(words => !isOfCutLine(words) && !/status of (409|503)/.test(words)),
    async measured(shown) {
      const session = await visit.context.newCDPSession(page)
      await session.send('Network.enable')
      await session.send('Network.emulateNetworkConditions', THIRD_GENERATION)
      const scripts = new Set<string>()
      const asked = new Map<string, Asked>()
      session.on('Network.requestWillBeSent', ({ requestId, timestamp, request }) => {
        if (request.url.startsWith(line.url)) {
          asked.set(requestId, { url: request.url, sent: timestamp, heard: null, bytes: 0, scriptBytes: 0 })
        }
      })
      session.on('Network.responseReceived', ({ requestId, timestamp, type, response }) => {
        const answered = asked.get(requestId)
        if (answered) answered.heard = timestamp
        if (type === 'Script' && !response.fromServiceWorker && !response.fromDiskCache) scripts.add(requestId)
      })
      session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
        const coming = scripts.has(requestId) ? asked.get(requestId) : undefined
        if (coming) coming.scriptBytes += encodedDataLength
      })
      session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        const ended = asked.get(requestId)
        if (ended) ended.bytes = encodedDataLength
      })
      const began = Date.now()
      await page.goto(home)
      await shown()
      const ms = Date.now() - began
      const waitedFor = untilShown([...asked.values()])
      await session.detach()
      const inAll = (of: 'bytes' | 'scriptBytes') => waitedFor.reduce((sum, one) => sum + one[of], 0)
      return { ms, scriptBytes: inAll('scriptBytes'), rounds: roundsOf(waitedFor), bytes: inAll('bytes') }
    },
  }
  return phone
}

/** The same service without a page. */
export type Desk = Awaited<ReturnType<typeof logIn>>

/** The task of this family: the lists mask all but the surname. */
export async function taskNaming(desk: Desk, surname: string): Promise<string> {
  const { items } = await json<{ items: { id: string; summary: string }[] }>(
    await desk.get('/api/tasks?status=open,leased&limit=100'),
  )
  const task = items.find(({ summary }) => summary.includes(`${surname}*`))
  if (!task) throw new Error(`no task of ${surname}`)
  return task.id
}

const taskOf = async (desk: Desk, id: string) =>
  json<{ task: { fence: number }; actions: { type: string }[] }>(await desk.get(`/api/tasks/${id}`))

export const fenceOf = async (desk: Desk, id: string) => (await taskOf(desk, id)).task.fence

/** What happened to a task, as the service has it. */
export const log = async (desk: Desk, id: string) => (await taskOf(desk, id)).actions.map(({ type }) => type)
