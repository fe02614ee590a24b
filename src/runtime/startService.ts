import type { App } from '../app/app.ts'
import { faultOf } from '../app/faultOf.ts'
import { makeApp } from '../app/makeApp.ts'
import type { AppParts } from '../app/parts.ts'
import { regionChildren } from '../domain/region.ts'
import { openLiveFeed, type LiveFeed } from '../store/liveFeed.ts'
import { announce } from './announce.ts'
import type { Config } from './config.ts'
import { seedDemo, type DemoLogin } from './demo/seed.ts'
import { loadKnowledge, type Knowledge } from './knowledge.ts'
import { eventLog, openLog, type EventLog, type Log } from './log.ts'
import { openDatabase, type Database } from './openDatabase.ts'
import { openQueueing, type Queueing } from './openQueueing.ts'
import { realWorld } from './realWorld.ts'
import { projectRoot } from './root.ts'
import { startWeb } from './startWeb.ts'
import { startWorker } from './startWorker.ts'
import { appParts } from './wireApp.ts'
import { openWecom, type Wecom } from './wireWecom.ts'

export const roles = ['web', 'worker', 'all'] as const
export type Role = (typeof roles)[number]

export function isRole(text: string): text is Role {
  return roles.some(role => role === text)
}

export interface RunningService {
  stop(): Promise<void>
}

interface Standing {
  config: Config
  knowledge: Knowledge
  database: Database
  queueing: Queueing
  live: LiveFeed
  parts: AppParts
  app: App
  wecom: Wecom | null
  log: Log
  events: EventLog
}

/** Opens everything this role needs, in order, and says where it is. What was opened is closed again when a later step fails. */
export async function startService(config: Config, role: Role): Promise<RunningService> {
  const closers: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    const standing = await stand(config, closers)
    const logins = config.demo ? await demo(standing) : []
    if (role !== 'web') closers.push((await startWorker(standing)).stop)
    if (role !== 'worker')
      closers.push(
        (await startWeb({ ...standing, regions: standing.knowledge.regions, ping: () => ping(standing) })).stop,
      )
    announce(config, role, { logins, templates: standing.parts.templates })
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function stand(config: Config, closers: (() => Promise<void>)[]): Promise<Standing> {
  const log = openLog(config.logLevel)
  const world = realWorld()
  const events = eventLog(log, world)
  const database = await openDatabase(config, world, { log, events })
  closers.push(database.close)
  const knowledge = loadKnowledge(projectRoot, await database.kept.masterData.read())
  const queueing = await openQueueing(config, database.connection, events)
  closers.push(queueing.close)
  const { connection, cipher, kept } = database
  const live = await openLiveFeed({ connection, cipher, log: events })
  closers.push(live.close)
  const parts = appParts(config, knowledge, {
    store: kept.store,
    world,
    wake: queueing.wake,
    report: (error, where) => log.error({ where, fault: faultOf(error) }, 'turn failed'),
  })
  return {
    config,
    knowledge,
    database,
    queueing,
    live,
    parts,
    app: makeApp(parts),
    wecom: openWecom(config, parts, { account: database.kept.account, log }),
    log,
    events,
  }
}

async function demo({ config, knowledge, database, parts }: Standing): Promise<DemoLogin[]> {
  const places = ['420702104', '420704108'].flatMap(town => regionChildren(knowledge.regions, town))
  // The villages of the two demo officers come up more often than their neighbours.
  const villages = places.flatMap((village, n) => [n % 2 === 0 ? '420702104212' : '420702104213', village])
  const { kept } = database
  // Several processes may start at once on one database: one makes the demo, the others find it.
  return kept.exclusively('demo', () =>
    seedDemo({ parts, kept, dataDir: config.dataDir, password: config.demoPassword, villages }),
  )
}

/** The queue is left out: without it the service goes on, the sweeper finds its work. */
async function ping({ database }: Standing): Promise<Record<string, boolean>> {
  try {
    await database.kept.ping()
    return { database: true }
  } catch {
    return { database: false } // the answer is the finding
  }
}
