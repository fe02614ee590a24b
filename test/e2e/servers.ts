import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from './service.ts'

/** A server of the tests' own, on loopback, in a folder of its own. */
export interface OwnServer {
  url: string
  process: ChildProcess
  stop(): Promise<void>
}

/** Folder with the programs of the newest PostgreSQL that Debian installed; null without one. */
export function postgresPrograms(): string | null {
  const base = '/usr/lib/postgresql'
  const versions = existsSync(base) ? readdirSync(base).toSorted((a, b) => Number(b) - Number(a)) : []
  const programs = versions.map(version => path.join(base, version, 'bin'))
  return programs.find(bin => existsSync(path.join(bin, 'postgres'))) ?? null
}

export function hasRedis(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0
}

/** PostgreSQL as a county's data centre runs it: over TCP, with an owner who is no superuser of ours. */
export async function startPostgres(bin: string): Promise<OwnServer> {
  const dir = mkdtempSync(path.join(tmpdir(), 'nuanxin-pg-'))
  const account = unprivileged(dir)
  const data = path.join(dir, 'data')
  const made = spawnSync(
    path.join(bin, 'initdb'),
    ['-D', data, '-U', 'nuanxin', '-A', 'trust', '-E', 'UTF8', '--locale=C'],
    {
      ...account,
      cwd: '/',
      encoding: 'utf8',
    },
  )
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)
  const port = await freePort()
  const settings = [`listen_addresses=127.0.0.1`, `unix_socket_directories=${dir}`, 'max_connections=120']
  const args = ['-D', data, '-p', String(port), ...settings.flatMap(setting => ['-c', setting])]
  const child = spawn(path.join(bin, 'postgres'), args, { ...account, cwd: '/', stdio: 'ignore' })
  await untilAnswers(
    () => spawnSync(path.join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).status === 0,
  )
  return {
    url: `postgres://nuanxin@127.0.0.1:${port}/postgres`,
    process: child,
    stop: () => end(child, 'SIGINT', dir),
  }
}

export async function startRedis(): Promise<OwnServer> {
  const dir = mkdtempSync(path.join(tmpdir(), 'nuanxin-redis-'))
  const port = await freePort()
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--appendonly', 'yes', '--save', '']
  const child = spawn('redis-server', args, { stdio: 'ignore' })
  const answers = () =>
    spawnSync('redis-cli', ['-p', String(port), 'ping'], { encoding: 'utf8' }).stdout.includes('PONG')
  await untilAnswers(answers)
  return { url: `redis://127.0.0.1:${port}`, process: child, stop: () => end(child, 'SIGTERM', dir) }
}

async function end(child: ChildProcess, signal: NodeJS.Signals, dir: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
  rmSync(dir, { recursive: true, force: true })
}

/** PostgreSQL refuses to run as root; Debian's package brings the account `postgres`. */
function unprivileged(dir: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout)
  const [uid, gid] = [id('-u'), id('-g')]
  chownSync(dir, uid, gid)
  return { uid, gid }
}

async function untilAnswers(answers: () => boolean): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    if (answers()) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error('the server did not answer in time')
}
