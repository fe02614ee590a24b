import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openEmbeddedPostgres, type EmbeddedPostgres } from '../../src/runtime/embeddedPostgres.ts'

let dir: string
let server: EmbeddedPostgres | undefined
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'nx-'))
})
afterEach(async () => {
  await server?.stop()
  server = undefined
  rmSync(dir, { recursive: true, force: true })
})

const start = async () => (server = await openEmbeddedPostgres({ dir, log: () => undefined }))

async function ask(text: string): Promise<unknown> {
  const client = new pg.Client(server?.connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query({ text, rowMode: 'array' })).rows[0]?.[0]
  } finally {
    await client.end()
  }
}

const alive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

test('data survive a stop and a second start', async () => {
  await start()
  await ask('create table kept (n int)')
  await ask('insert into kept values (7)')
  await server?.stop()
  await start()
  expect(await ask('select n from kept')).toBe(7)
})

test('it listens on no network port, and every commit reaches the disk', async () => {
  await start()
  expect(await ask('show listen_addresses')).toBe('')
  expect(await ask('show fsync')).toBe('on')
  expect(await ask('show synchronous_commit')).toBe('on')
  expect(await ask('show full_page_writes')).toBe('on')
})

test('a second service on the same data is refused', async () => {
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  try {
    writeFileSync(path.join(dir, 'owner.pid'), String(holder.pid))
    await expect(start()).rejects.toThrow('is using')
  } finally {
    holder.kill('SIGKILL')
  }
})

test('a killed server is started again and has kept what was committed', async () => {
  await start()
  await ask('create table kept (n int)')
  await ask('insert into kept values (7)')
  const killed = server?.pid()
  if (killed) process.kill(killed, 'SIGKILL')
  await expect.poll(() => ask('select n from kept').catch(() => null), { timeout: 15_000 }).toBe(7)
  expect(server?.pid()).not.toBe(killed)
})

/** The supervisor as plain JavaScript inside the checkout, so that another process can run it and find the binaries. */
function compiled(): string {
  const root = path.resolve(import.meta.dirname, '../..')
  mkdirSync(path.join(root, 'node_modules/.cache'), { recursive: true })
  const out = mkdtempSync(path.join(root, 'node_modules/.cache/embedded-'))
  const options =
    '--ignoreConfig --target es2023 --module nodenext --rewriteRelativeImportExtensions --types node'.split(' ')
  const source = path.join(root, 'src/runtime/embeddedPostgres.ts')
  const done = spawnSync(path.join(root, 'node_modules/.bin/tsc'), [...options, '--outDir', out, source], {
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(done.stdout)
  writeFileSync(path.join(out, 'package.json'), '{"type":"module"}')
  writeFileSync(
    path.join(out, 'run.js'),
    `import { openEmbeddedPostgres } from './embeddedPostgres.js'
     const server = await openEmbeddedPostgres({ dir: process.argv[2], log: () => {} })
     console.log(server.pid())
     setInterval(() => {}, 1000)`,
  )
  return out
}

test('kill -9 of the service leaves no server behind, and the next start finds the data', async () => {
  const out = compiled()
  try {
    const service = spawn(process.execPath, [path.join(out, 'run.js'), dir], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = await once(service.stdout, 'data')
    const pid = Number(String(line))
    expect(alive(pid)).toBe(true)
    service.kill('SIGKILL')
    // Where the system has no death signal, the next start is what stops the orphan.
    if (process.platform === 'linux') await expect.poll(() => alive(pid), { timeout: 10_000 }).toBe(false)
    await start()
    expect(alive(pid)).toBe(false)
    expect(await ask('select 1')).toBe(1)
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
})
