import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inChromium, launchChromium } from './chromium.ts'
import { openLine, type CuttableLine } from './cuttableLine.ts'
import { isOfCutLine } from './cutLineWords.ts'
import { startVisit, type Visit } from './visit.ts'

/* A line is cut at any moment, and which word the browser has for it is chance; what a page did wrong is never among them. */

test('no browser test has a list of its own', () => {
  const files = readdirSync(import.meta.dirname).filter(file => !file.startsWith('cutLineWords'))
  const named = files.filter(file => readFileSync(path.join(import.meta.dirname, file), 'utf8').includes('ERR_'))
  expect(named).toEqual([])
})

test.each([
  'console: Failed to load resource: net::ERR_SOCKET_NOT_CONNECTED (http://127.0.0.1:1/api/tasks)',
  'console: Failed to load resource: net::ERR_NETWORK_CHANGED (http://127.0.0.1:1/api/tasks)',
])('a moment that no test can choose is known: %s', problem => {
  expect(isOfCutLine(problem)).toBe(true)
})

test.each([
  'thrown: Failed to load resource: net::ERR_FAILED (',
  'console: Failed to load resource: net::ERR_CERT_AUTHORITY_INVALID (https://127.0.0.1/)',
  'console: Failed to load resource: net::ERR_TOO_MANY_REDIRECTS (http://127.0.0.1/)',
  'console: Failed to load resource: net::ERR_INVALID_RESPONSE (http://127.0.0.1/)',
  'console: TypeError: Failed to fetch (http://127.0.0.1/officer.js)',
  'asked elsewhere: http://127.0.0.1/ERR_FAILED',
])('what somebody did wrong is not taken for a cut line: %s', problem => {
  expect(isOfCutLine(problem)).toBe(false)
})

inChromium(() => {
  let browser: Browser
  let server: Server
  let line: CuttableLine
  let visit: Visit
  const heard = new Set<string>()

  beforeAll(async () => {
    browser = await launchChromium()
    server = createServer((request, response) => {
      heard.add(request.url ?? '')
      if (request.url === '/')
        return void response.setHeader('content-type', 'text/html').end('<link rel=icon href=data:>')
      // An answer of which half is said: of known length, or in pieces.
      if (request.url === '/length') return void response.setHeader('content-length', '100').write('half')
      if (request.url === '/pieces') return void response.write('half')
      if (request.url === '/broken') response.writeHead(500).end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(async () => {
    await browser?.close()
    server?.closeAllConnections()
    server?.close()
  })
  beforeEach(async () => {
    line = await openLine(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    visit = await startVisit({ browser, url: line.url, width: 390, album: 'cut-line' })
    await visit.page.goto(line.url)
  })
  afterEach(async () => {
    await visit.context.close()
    await line.close()
  })

  /** The page itself takes the failure, so that only what the browser notes of it is left to look at. */
  const asks = (address: string) =>
    visit.page.evaluate(
      asked =>
        void fetch(asked)
          .then(r => r.text())
          .catch(() => null),
      address,
    )
  const noted = () => expect.poll(() => visit.problems.length).toBeGreaterThan(0)

  describe('is cut', () => {
    test.each(['/silent', '/length', '/pieces'])('in the middle of %s', async address => {
      await asks(address)
      await expect.poll(() => heard.has(address)).toBe(true)
      line.set('cut')
      await noted()
      expect(visit.problems.filter(words => !isOfCutLine(words))).toEqual([])
    })

    test('before anything is asked, by the browser or by the network', async () => {
      line.set('cut')
      await asks('/silent')
      await noted()
      await visit.context.setOffline(true)
      await asks('/silent')
      await expect.poll(() => visit.problems.length).toBeGreaterThan(1)
      expect(visit.problems.filter(words => !isOfCutLine(words))).toEqual([])
    })
  })

  test('a service that is there and fails is told of', async () => {
    await asks('/broken')
    await noted()
    expect(visit.problems.filter(words => !isOfCutLine(words))).toEqual([expect.stringContaining('status of 500')])
  })
})
