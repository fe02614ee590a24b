import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMockWeChat, type MockWeChat } from '../mock-wechat/server.ts'
import { deployments, type Deployment } from './deployments.ts'
import type { RunningService } from './service.ts'
import { wechatEnv } from './wechatEnv.ts'

/* The platform cuts after five seconds and delivers three times. The database stands still for longer than that. */

let wechat: MockWeChat
let deployment: Deployment
let service: RunningService

beforeAll(async () => {
  const [embedded] = deployments
  if (!embedded) throw new Error('the embedded deployment is always there')
  wechat = await startMockWeChat()
  deployment = await embedded.open()
  service = await deployment.start({ env: wechatEnv(wechat) })
  wechat.connect({ url: `${service.url}/wechat/official` })
})

afterAll(async () => {
  await deployment?.close()
  await wechat?.close()
})

test('a database that stands still for six seconds: not acknowledged, delivered again, one effect', async () => {
  const mother = wechat.user()
  await mother.say('生育登记')
  const servers = serverProcesses(service.dataDir)
  expect(servers.length).toBeGreaterThan(1)
  for (const pid of servers) process.kill(pid, 'SIGSTOP')
  const thaw = setTimeout(() => {
    for (const pid of servers) process.kill(pid, 'SIGCONT')
  }, 6_000)
  const delivery = await mother.say('孩子妈妈')
  clearTimeout(thaw)

  expect(delivery.attempts.length).toBeGreaterThan(1)
  for (const attempt of delivery.attempts) expect(attempt.ms).toBeLessThan(5_000)
  expect(delivery.attempts[0]?.status).toBe(503)
  expect(delivery.shown).toContain('同意')
  // The next word meets the next question: the first was counted once.
  await mother.say('同意')
  expect(mother.seen().at(-1)).toContain('姓名')
  expect(wechat.problems).toEqual([])
}, 60_000)

/** The server and all that it forked, by their ids: nothing else on this machine is touched. */
function serverProcesses(dataDir: string): number[] {
  const file = path.join(dataDir, 'postgres', 'pg', 'postmaster.pid')
  if (!existsSync(file))
    throw new Error(`no server in ${dataDir}: ${readdirSync(path.join(dataDir, 'postgres')).join()}`)
  const postmaster = Number(readFileSync(file, 'utf8').split('\n')[0])
  const forked = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => parentOf(name) === postmaster)
  return [postmaster, ...forked.map(Number)]
}

function parentOf(pid: string): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
  } catch {
    return null // it ended while we looked
  }
}
