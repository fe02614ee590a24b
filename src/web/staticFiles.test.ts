import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWeb, type TestWeb } from './testing/testWeb.ts'

const script = `console.info('${'x'.repeat(4000)}')`
let folder: string
let web: TestWeb
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nuanxin-client-'))
  mkdirSync(join(folder, 'client', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(
    join(folder, 'client', 'index.html'),
    '<!doctype html><title>暖心</title><script>go()</script><script src="/assets/index-BzY3k2Qd.js"></script>',
  )
  writeFileSync(join(folder, 'client', 'assets', 'index-BzY3k2Qd.js'), script)
  writeFileSync(join(folder, 'client', 'assets', 'chat-BzY3k2Qd.js'), script)
  writeFileSync(join(folder, 'client', 'assets', 'chat-BzY3k2Qd.js.br'), brotliCompressSync(script))
  mkdirSync(join(folder, 'console', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'console', 'index.html'), '<!doctype html><title>指标</title>')
  writeFileSync(join(folder, 'console', 'assets', 'index-CzY3k2Qd.js'), script)
  web = await openTestWeb({ config: { clientDir: join(folder, 'client'), consoleDir: join(folder, 'console') } })
})
afterAll(async () => {
  await web.close()
  rmSync(folder, { recursive: true })
})

test.each(['/', '/officer', '/officer/tasks/7', '/pages/chat/index?x=1'])('%s is the page', async path => {
  const response = await web.call(path)
  expect(await response.text()).toContain('<title>暖心</title>')
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-cache')
})

test.each(['/console', '/console/'])('%s is the page of the supervisors', async path => {
  expect(await (await web.call(path)).text()).toContain('<title>指标</title>')
})

test('the files of the supervisors stand below their page and nowhere else', async () => {
  expect((await web.call('/console/assets/index-CzY3k2Qd.js')).status).toBe(200)
  expect((await web.call('/assets/index-CzY3k2Qd.js')).status).toBe(404)
})

test('the page may run its own inline script, by hash, and no other', async () => {
  const policy = (await web.call('/')).headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/=]{44}';/)
  expect(policy).not.toContain("script-src 'self' 'unsafe-inline'")
})

test('built files are kept for ever, sent packed, and not sent twice', async () => {
  const response = await web.call('/assets/index-BzY3k2Qd.js', { headers: { 'accept-encoding': 'gzip' } })
  expect(response.headers.get('content-encoding')).toBe('gzip')
  expect(response.headers.get('vary')).toBe('accept-encoding')
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(await response.text()).toBe(script)
  const etag = response.headers.get('etag') ?? ''
  const again = await web.call('/assets/index-BzY3k2Qd.js', { headers: { 'if-none-match': etag } })
  expect([again.status, await again.text()]).toEqual([304, ''])
})

test('who can read Brotli gets the copy that the build left, which has no address of its own', async () => {
  const response = await web.call('/assets/chat-BzY3k2Qd.js', { headers: { 'accept-encoding': 'gzip, br' } })
  expect(response.headers.get('content-encoding')).toBe('br')
  expect(await response.text()).toBe(script)
  const other = await web.call('/assets/chat-BzY3k2Qd.js', { headers: { 'accept-encoding': 'gzip' } })
  expect(other.headers.get('content-encoding')).toBe('gzip')
  expect((await web.call('/assets/chat-BzY3k2Qd.js.br')).status).toBe(404)
})

test('HEAD tells the same without a body', async () => {
  const response = await web.call('/assets/index-BzY3k2Qd.js', { method: 'HEAD' })
  expect([response.status, await response.text()]).toEqual([200, ''])
})

// fetch tidies paths up before it sends them, so these go out by hand.
test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/assets/..\\..\\secret.txt',
  '/assets/....//secret.txt',
  '//etc/passwd',
  '/assets/index-BzY3k2Qd.js%00.html',
  '/static/',
])('%s leads nowhere', async path => {
  const { hostname, port } = new URL(web.base)
  const status = await new Promise<number | undefined>((resolve, reject) => {
    request({ hostname, port, path }, response => resolve(response.resume().statusCode))
      .on('error', reject)
      .end()
  })
  expect(status).toBe(404)
})

test('without a built client its addresses are not there', async () => {
  const bare = await openTestWeb()
  expect((await bare.call('/')).status).toBe(404)
  await bare.close()
})
