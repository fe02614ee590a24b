import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { json, logIn, newGuest } from './people.ts'
import { answersOf, registerUpTo } from './registration.ts'
import { startService, type RunningService } from './service.ts'

let dataDir: string
let service: RunningService | null = null

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'nuanxin-restart-'))
})

afterEach(async () => {
  await service?.stop()
  service = null
  rmSync(dataDir, { recursive: true, force: true })
})

async function start(env: Record<string, string> = {}): Promise<RunningService> {
  service = await startService({ dataDir, env })
  return service
}

test('Ctrl-C ends it cleanly; the next start finds the conversation where it stood', async () => {
  const first = await start()
  const guest = await newGuest(first.url)
  for (const answer of answersOf('420702104212').slice(0, 5)) await guest.says(answer)
  expect(await first.stop()).toBe(0)

  const second = await startService({ dataDir, port: first.port })
  service = second
  const next = await guest.says('对')
  expect(next.state.step).toBe('phone')
})

test('after kill -9 everything that was acknowledged is there', async () => {
  const first = await start()
  const guest = await newGuest(first.url)
  await registerUpTo('submit', answersOf('420702104212'), text => guest.says(text))
  await first.kill()

  service = await startService({ dataDir, port: first.port })
  const { items } = await json<{ items: { status: string }[] }>(await guest.get('/api/applications'))
  expect(items).toHaveLength(1)
  expect((await guest.says('进度')).replies[0]?.text).toMatch(/SY\d{6}-\d{6}/)
})

test('the demo is made once, and its log-ins stay the same over starts', async () => {
  // An empty folder and nothing set, as a new user begins: no copy of the tests' demo.
  const random = { NUANXIN_DEMO_PASSWORD: '' }
  const first = await start(random)
  const logins = loginsIn(first.output())
  expect(Object.keys(logins).toSorted()).toEqual(['auditor', 'county', 'town', 'town2', 'village', 'village2'])
  await first.stop()
  const second = await start(random)
  expect(loginsIn(second.output())).toEqual(logins)
  const officer = await logIn(second.url, 'village', logins['village'])
  const { items } = await json<{ items: object[] }>(await officer.get('/api/tasks?limit=100'))
  expect(items.length).toBeGreaterThan(3)
})

test('a mistake in the settings is one clear line and an exit code', async () => {
  await expect(startService({ dataDir, env: { NUANXIN_DEMMO: '1' } })).rejects.toThrow(
    /ended while starting:\nNUANXIN_DEMMO: no such setting\n$/,
  )
})

function loginsIn(output: string): Record<string, string> {
  const lines = [...output.matchAll(/演示登录 (\w+)\s+(\S+)/g)]
  return Object.fromEntries(lines.map(([, name, password]) => [name ?? '', password ?? '']))
}
