import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A contender that answers. */
export interface Running {
  ports: number[]
  /** Processes whose time, with that of their children, is the contender's. */
  pids: number[]
  stop(): Promise<void>
}

/** A first start makes a database; on a busy machine that takes its time. */
const READY_MS = 90_000
/** A clean stop ends the workers and writes a checkpoint; after this the process is killed. */
const STOP_MS = 20_000

/** Starts a server of the bench: it takes its settings as the first argument, says `ready`, and ends on disconnect. */
export async function startOwn(file: string, settings: Record<string, unknown>): Promise<Running> {
  const port = await freePort()
  const child = fork(file, [JSON.stringify({ port, ...settings })], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  endWithUs(child)
  const said = tailOf(child)
  const ready = once(child, 'message')
  await Promise.race([ready, endOf(child, said), deadline(READY_MS, said)])
  return {
    ports: [port],
    pids: pidsOf(child),
    stop: () => {
      if (child.connected) child.disconnect()
      return gone(child)
    },
  }
}

export interface ServiceOptions {
  main: string
  env: Record<string, string>
  role: 'web' | 'worker' | 'all'
  /** Flags for node itself. */
  nodeFlags: string[]
}

/** Starts one process of the service, as an operator does. A worker has no port and is taken as ready once it says so. */
export async function startService({ main, env, role, nodeFlags }: ServiceOptions): Promise<Running> {
  const port = await freePort()
  const child = spawn(process.execPath, [...nodeFlags, main, '--role', role], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C goes to the whole group: the bench ends its contenders in order.
    detached: true,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(port), LOG_LEVEL: 'warn', ...env },
  })
  endWithUs(child)
  const said = tailOf(child)
  const settled = new AbortController()
  const ready = role === 'worker' ? sleep(500) : answers(`http://127.0.0.1:${port}/readyz`, settled.signal)
  try {
    await Promise.race([ready, endOf(child, said), deadline(READY_MS, said)])
  } finally {
    settled.abort()
  }
  const stop = (): Promise<void> => {
    child.kill('SIGINT')
    return gone(child)
  }
  return { ports: role === 'worker' ? [] : [port], pids: pidsOf(child), stop }
}

/** Several processes as one contender. They stop in the opposite order. */
export function together(parts: Running[]): Running {
  return {
    ports: parts.flatMap(part => part.ports),
    pids: parts.flatMap(part => part.pids),
    stop: async () => {
      for (const part of parts.toReversed()) await part.stop()
    },
  }
}

/** Resolves when the address answers 200; gives up asking once `settled`. */
async function answers(url: string, settled: AbortSignal): Promise<void> {
  while (!settled.aborted) {
    const status = await fetch(url).then(
      answer => answer.status,
      () => 0, // nobody listens yet
    )
    if (status === 200) return
    await sleep(50)
  }
}

const pidsOf = (child: ChildProcess): number[] => (child.pid === undefined ? [] : [child.pid])

/** No contender outlives the bench, however the bench ends. */
function endWithUs(child: ChildProcess): void {
  const end = (): void => void child.kill('SIGKILL')
  process.on('exit', end)
  child.once('exit', () => process.off('exit', end))
}

/** The end of what the process says. Errors of our own code are found there. */
function tailOf(child: ChildProcess): () => string {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (part: Buffer) => (said = (said + String(part)).slice(-4000)))
  }
  return () => said
}

async function endOf(child: ChildProcess, said: () => string): Promise<never> {
  await once(child, 'exit')
  throw new Error(`ended while starting:\n${said()}`)
}

async function deadline(ms: number, said: () => string): Promise<never> {
  await sleep(ms, undefined, { ref: false })
  throw new Error(`not ready after ${ms} ms:\n${said()}`)
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await once(child, 'exit')
  clearTimeout(timer)
}

/** A port of the loopback address that nobody uses now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
