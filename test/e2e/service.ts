import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { layDemo } from './demoData.ts'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** All demo officers have it in tests. */
export const DEMO_PASSWORD = 'demo-password-of-tests'

/** A first start may make a database and the demo; on a busy machine that takes its time. */
const READY_MS = 90_000

export interface ServiceOptions {
  env?: Record<string, string>
  role?: 'web' | 'worker' | 'all'
  /** Given: data of an earlier run are found again. Otherwise a fresh folder that `dispose` removes. */
  dataDir?: string
  port?: number
}

export interface RunningService {
  url: string
  port: number
  dataDir: string
  process: ChildProcess
  /** Everything said so far on stdout and stderr. */
  output(): string
  /** As Ctrl-C does. Answers the exit code. */
  stop(): Promise<number | null>
  /** As `kill -9` does. */
  kill(): Promise<void>
  /** Stops it and removes its data. */
  dispose(): Promise<void>
}

/** Starts the built service as a process of its own, as an operator would, and waits until it is ready. */
export async function startService(options: ServiceOptions = {}): Promise<RunningService> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'nuanxin-e2e-'))
  const port = options.port ?? (await freePort())
  const role = options.role ?? 'all'
  if (wantsDemo(options, dataDir)) await layDemo(dataDir, DEMO_PASSWORD)
  const child = spawn(process.execPath, [path.join(root, 'dist/main.js'), '--role', role], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TZ: process.env['TZ'] ?? 'UTC',
      PORT: String(port),
      DATA_DIR: dataDir,
      NUANXIN_DEMO_PASSWORD: DEMO_PASSWORD,
      LOG_LEVEL: 'warn',
      ...options.env,
    },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += String(chunk)))
  const exited = once(child, 'exit')
  const service: RunningService = {
    url: `http://127.0.0.1:${port}`,
    port,
    dataDir,
    process: child,
    output: () => said,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT')
      await exited
      return child.exitCode
    },
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
    dispose: async () => {
      await service.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  await untilReady(service, role, exited)
  return service
}

/** What the demo is made with, or makes it needless. */
const OWN_DATA = ['DATABASE_URL', 'NUANXIN_CIPHER', 'NUANXIN_DEMO', 'NUANXIN_DEMO_PASSWORD', 'NUANXIN_KEY_FILE']

function wantsDemo({ env = {} }: ServiceOptions, dataDir: string): boolean {
  if (existsSync(path.join(dataDir, 'postgres'))) return false
  return OWN_DATA.every(name => !(name in env))
}

async function untilReady(service: RunningService, role: string, exited: Promise<unknown>): Promise<void> {
  const deadline = Date.now() + READY_MS
  const ended = exited.then(() => {
    throw new Error(`the service ended while starting:\n${service.output()}`)
  })
  while (Date.now() < deadline) {
    if (await Promise.race([isReady(service, role), ended])) {
      ended.catch(() => undefined)
      return
    }
    await Promise.race([new Promise(resolve => setTimeout(resolve, 50)), ended])
  }
  throw new Error(`the service was not ready in time:\n${service.output()}`)
}

async function isReady(service: RunningService, role: string): Promise<boolean> {
  // A worker has no port; it says so itself.
  if (role === 'worker') return service.output().includes('worker ready')
  try {
    return (await fetch(`${service.url}/readyz`)).status === 200
  } catch {
    return false
  }
}

/** A port of the loopback address that nobody uses now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  server.close()
  await once(server, 'close')
  return address.port
}
