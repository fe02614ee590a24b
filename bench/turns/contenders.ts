import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { openEmbeddedPostgres } from '../../src/runtime/embeddedPostgres.ts'
import { makeKeyFile } from '../../src/runtime/keys.ts'
import { account } from '../account.ts'
import { startOwn, startService, together, type Running, type ServiceOptions } from '../processes.ts'
import { ownServer, peersFolder, serviceMain } from '../places.ts'
import { passingDatabase } from './passingDatabase.ts'

export interface Contender {
  key: string
  /** First column of the table. */
  name: string
  kind: 'road' | 'peer' | 'floor' | 'ours'
  work: 'get' | 'post' | 'dialogue'
  /** `dir`: an empty folder of its own, removed afterwards. */
  start(dir: string): Promise<Running>
}

export interface ContenderOptions {
  /** PostgreSQL and Redis that the caller of the bench gave; contenders on them are added. */
  databaseUrl: string | null
  redisUrl: string | null
  /** Flags for the node of our service, such as those of a profiler. */
  nodeFlags: string[]
}

/** All contenders, in the order in which they run. */
export function contenders({ databaseUrl, redisUrl, nodeFlags }: ContenderOptions): Contender[] {
  const embedded = durable({ databaseUrl: null, redisUrl: null, nodeFlags }, '')
  if (!databaseUrl) return [...roads, ...peers, ...embedded]
  const place = `, given PostgreSQL${redisUrl ? ' and Redis' : ''}`
  return [...roads, ...peers, ...embedded, ...durable({ databaseUrl, redisUrl, nodeFlags }, place)]
}

const bareKoa = (): Promise<Running> => startOwn(ownServer('koa'), {})

const roads: Contender[] = [
  { key: 'koa-get', name: 'bare Koa, GET', kind: 'road', work: 'get', start: bareKoa },
  { key: 'koa-post', name: 'bare Koa, POST of 800 bytes', kind: 'road', work: 'post', start: bareKoa },
]

const peer = (name: string): Contender => ({
  key: name,
  name: `${name}, echo, stores nothing`,
  kind: 'peer',
  work: 'dialogue',
  start: () => startOwn(path.join(peersFolder, `${name}.cjs`), { account }),
})

const peers: Contender[] = [peer('co-wechat'), peer('node-easywechat')]

function durable(options: ContenderOptions, place: string): Contender[] {
  const suffix = options.databaseUrl ? '-given' : ''
  return [
    {
      key: `floor${suffix}`,
      name: `floor: Koa, our crypto, one round trip${options.databaseUrl ? ', given PostgreSQL' : ''}`,
      kind: 'floor',
      work: 'dialogue',
      start: dir => startFloor(dir, options),
    },
    {
      key: `ours${suffix}`,
      name: `Nuanxin, one process${place}`,
      kind: 'ours',
      work: 'dialogue',
      start: dir => startOurs(dir, options),
    },
    {
      key: `ours-two${suffix}`,
      name: `Nuanxin, two web and a worker${place}`,
      kind: 'ours',
      work: 'dialogue',
      start: dir => startTwo(dir, options),
    },
  ]
}

async function startFloor(dir: string, { databaseUrl }: ContenderOptions): Promise<Running> {
  if (!databaseUrl) return startOwn(ownServer('floor'), { account, dir, databaseUrl })
  const database = await passingDatabase(databaseUrl)
  return together([database, await startOwn(ownServer('floor'), { account, dir, databaseUrl: database.url })])
}

/** What every process of the service gets. Nothing is sent by itself: the address of the platform answers nobody. */
const environment = (dir: string): Record<string, string> => ({
  DATA_DIR: dir,
  NUANXIN_DEMO: '0',
  WECHAT_OA_APPID: account.appId,
  WECHAT_OA_SECRET: randomBytes(16).toString('hex'),
  WECHAT_OA_TOKEN: account.token,
  WECHAT_OA_AES_KEY: account.aesKey,
  WECHAT_API_BASE: 'http://127.0.0.1:9',
})

const oursWith = (env: Record<string, string>, nodeFlags: string[]): Omit<ServiceOptions, 'role'> => ({
  main: serviceMain,
  env,
  nodeFlags,
})

async function startOurs(dir: string, options: ContenderOptions): Promise<Running> {
  if (!options.databaseUrl) return startService({ ...oursWith(environment(dir), options.nodeFlags), role: 'all' })
  const database = await passingDatabase(options.databaseUrl)
  const env = shared(dir, database.url, options.redisUrl)
  return together([database, await startService({ ...oursWith(env, options.nodeFlags), role: 'all' })])
}

async function startTwo(dir: string, options: ContenderOptions): Promise<Running> {
  const database = options.databaseUrl ? await passingDatabase(options.databaseUrl) : await ownDatabase(dir)
  const service = oursWith(shared(dir, database.url, options.redisUrl), options.nodeFlags)
  const first = await startService({ ...service, role: 'web' })
  const others = await Promise.all([
    startService({ ...service, role: 'web' }),
    startService({ ...service, role: 'worker' }),
  ])
  return together([database, first, ...others])
}

function shared(dir: string, url: string, redisUrl: string | null): Record<string, string> {
  const keyFile = path.join(dir, 'bench.key')
  makeKeyFile(keyFile)
  const redis: Record<string, string> = redisUrl ? { REDIS_URL: redisUrl } : {}
  return { ...environment(dir), ...redis, DATABASE_URL: url, NUANXIN_KEY_FILE: keyFile }
}

/** The embedded PostgreSQL, started by the bench, because several processes use it. */
async function ownDatabase(dir: string): Promise<Running & { url: string }> {
  const server = await openEmbeddedPostgres({ dir: path.join(dir, 'postgres'), log: () => undefined })
  const { host, port, user, database } = server.connection
  const pid = server.pid()
  return {
    url: `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
    ports: [],
    pids: pid === undefined ? [] : [pid],
    stop: server.stop,
  }
}
