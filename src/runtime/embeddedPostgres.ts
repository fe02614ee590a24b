import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { serverAccount, type ServerAccount } from './postgresAccount.ts'
import { postgresBinaries, type PostgresBinaries } from './postgresBinaries.ts'

export interface EmbeddedPostgres {
  /** How the owner of the database connects: a Unix socket in a private directory, no port, no password. */
  connection: { host: string; port: number; user: string; database: string }
  /** Process id of the running server. */
  pid(): number | undefined
  /** Stops the server cleanly; safe to call twice. */
  stop(): Promise<void>
}

export interface EmbeddedPostgresOptions {
  dir: string
  log(line: string): void
}

const OWNER = 'nuanxin'
/** Part of the socket's file name; nothing listens on a network port. */
const PORT = 5432
/** A socket path may have 107 bytes on Linux and 103 on macOS; the file name itself takes up to 16. */
const LONGEST_SOCKET_DIR = 86
/** First start on a slow disk and recovery after a crash stay well below this. */
const START_DEADLINE_MS = 60_000
/** A fast stop writes a checkpoint; after this the server is killed and recovers at the next start. */
const STOP_DEADLINE_MS = 15_000
const settings: Record<string, string> = {
  listen_addresses: '',
  max_connections: '80',
  shared_buffers: '128MB',
  // Fewer checkpoints, and so fewer full page images, under a stream of small commits.
  max_wal_size: '1GB',
  wal_compression: 'on',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  jit: 'off',
  timezone: 'UTC',
}

/** Starts PostgreSQL on `dir`, makes the database at the first start, and starts it again should it crash. */
export async function openEmbeddedPostgres({ dir, log }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const home = path.resolve(dir)
  mkdirSync(home, { recursive: true })
  const release = takeOwnership(home)
  try {
    return await startOwned(home, log, release)
  } catch (error) {
    release()
    throw error
  }
}

async function startOwned(home: string, log: (line: string) => void, release: () => void): Promise<EmbeddedPostgres> {
  const bin = postgresBinaries()
  const data = path.join(home, 'pg')
  const account = serverAccount(bin, data)
  const socket = socketDir(home)
  for (const place of [data, socket]) {
    mkdirSync(place, { recursive: true, mode: 0o700 })
    account.own(place)
  }
  await stopOrphan(data, log)
  if (!existsSync(path.join(data, 'PG_VERSION'))) initialise(bin, account, data)
  const server = await supervise(() => launch(bin, account, data, socket), data, log)
  return {
    connection: { host: socket, port: PORT, user: OWNER, database: 'postgres' },
    pid: server.pid,
    stop: async () => {
      await server.stop()
      release()
    },
  }
}

function socketDir(home: string): string {
  const beside = path.join(home, 'run')
  if (Buffer.byteLength(beside) <= LONGEST_SOCKET_DIR) return beside
  return path.join(os.tmpdir(), `nuanxin-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`)
}

/** True for a process that runs; a zombie does not. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  const stat = readIfThere(`/proc/${pid}/stat`)
  return stat === null || !/\) [ZX] /.test(stat)
}

function readIfThere(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** Name of the program a process runs, null where the system does not say. */
const programOf = (pid: number) => readIfThere(`/proc/${pid}/comm`)?.trim() ?? null

/** The service, or a tool of it, already runs on this directory. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse'
  readonly holder: number
  constructor(holder: number, message: string) {
    super(message)
    this.holder = holder
  }
}

/** One owner per directory. Answers the function that gives it up. */
function takeOwnership(home: string): () => void {
  const file = path.join(home, 'owner.pid')
  const holder = Number(readIfThere(file) ?? 0)
  if (
    holder > 0 &&
    holder !== process.pid &&
    alive(holder) &&
    /^(node|MainThread|bun|deno)|^$/.test(programOf(holder) ?? '')
  )
    throw new DirectoryInUse(
      holder,
      `Another process (${holder}) is using ${home}. Stop it first, or choose another DATA_DIR.`,
    )
  writeFileSync(file, String(process.pid))
  return () => rmSync(file, { force: true })
}

/** A server left by an earlier run holds the directory: it is asked to stop before ours starts. */
async function stopOrphan(data: string, log: (line: string) => void): Promise<void> {
  const pid = Number(readIfThere(path.join(data, 'postmaster.pid'))?.split('\n')[0] ?? 0)
  if (!(pid > 0) || !alive(pid) || !/^postgres|^$/.test(programOf(pid) ?? '')) return
  log(`stopping a server left by an earlier run (${pid})`)
  process.kill(pid, 'SIGINT')
  const polls = STOP_DEADLINE_MS / 50
  for (let i = 0; i < polls && alive(pid); i++) await sleep(50)
  if (alive(pid)) throw new Error(`The server ${pid} of an earlier run does not stop.`)
}

const environment = () => ({ ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C', TZ: 'UTC' })

function initialise(bin: PostgresBinaries, account: ServerAccount, data: string): void {
  const wanted = ['-D', data, '-U', OWNER, '-E', 'UTF8', '--locale=C', '-A', 'trust', '--no-instructions']
  const { file, args } = account.command(bin.initdb, wanted)
  const done = spawnSync(file, args, { cwd: '/', env: environment(), encoding: 'utf8' })
  if (done.status === 0) return
  // Half a database would be taken for a whole one at the next start.
  rmSync(data, { recursive: true, force: true })
  throw new Error(`initdb failed: ${done.stderr || done.error?.message || `status ${done.status}`}`)
}

function launch(bin: PostgresBinaries, account: ServerAccount, data: string, socket: string): ChildProcess {
  const set = Object.entries({ ...settings, unix_socket_directories: socket }).flatMap(([k, v]) => ['-c', `${k}=${v}`])
  const { file, args } = account.serverCommand(bin.postgres, ['-D', data, '-p', String(PORT), ...set])
  // Its own process group: Ctrl-C goes to us, and we stop the server after the last transaction.
  return spawn(file, args, { cwd: '/', env: environment(), stdio: ['ignore', 'ignore', 'pipe'], detached: true })
}

const ended = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

/** Resolves when the server says that it takes connections. */
async function ready(child: ChildProcess, data: string, tail: () => string): Promise<void> {
  const polls = START_DEADLINE_MS / 10
  for (let i = 0; i < polls; i++) {
    if (ended(child)) throw new Error(`PostgreSQL ended at its start: ${tail()}`)
    const lines = readIfThere(path.join(data, 'postmaster.pid'))?.split('\n')
    if (Number(lines?.[0]) === child.pid && lines?.[7]?.startsWith('ready')) return
    await sleep(10)
  }
  child.kill('SIGINT')
  throw new Error(`PostgreSQL was not ready after ${START_DEADLINE_MS} ms: ${tail()}`)
}

/** Keeps one server running until `stop`. */
async function supervise(start: () => ChildProcess, data: string, log: (line: string) => void) {
  let stopping = false
  let child: ChildProcess

  const begin = async (): Promise<void> => {
    let tail = ''
    const started = start()
    child = started
    started.on('error', error => log(`postgres: ${error.message}`))
    started.stderr?.on('data', (chunk: Buffer) => {
      tail = (tail + String(chunk)).slice(-4000)
      log(String(chunk).trimEnd())
    })
    await ready(started, data, () => tail)
    started.once('exit', code => void restart(code))
  }
  const restart = async (code: number | null): Promise<void> => {
    // One second between attempts: shared memory of a killed server needs a moment to clear.
    for (let wait = 100; !stopping; wait = 1000) {
      log(`PostgreSQL ended (${code}), starting it again`)
      await sleep(wait)
      if (stopping) return
      try {
        return await begin()
      } catch (error) {
        log(error instanceof Error ? error.message : String(error))
      }
    }
  }
  const stop = async (): Promise<void> => {
    stopping = true
    if (ended(child)) return
    const gone = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGINT')
    const deadline = new AbortController()
    await Promise.race([gone, sleep(STOP_DEADLINE_MS, undefined, { signal: deadline.signal }).catch(() => undefined)])
    deadline.abort()
    if (!ended(child)) child.kill('SIGKILL')
  }
  await begin()
  return { stop, pid: () => child.pid }
}
