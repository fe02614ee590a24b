import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import pg from 'pg'
import { z } from 'zod'
import { makeCampaignDesk } from '../../src/app/campaigns/campaignDesk.ts'
import { makeCampaignWork } from '../../src/app/campaigns/campaignWork.ts'
import type { Outcome } from '../../src/app/app.ts'
import type { AppParts } from '../../src/app/parts.ts'
import type { CampaignDraft } from '../../src/domain/campaign/campaignPlan.ts'
import type { Officer } from '../../src/domain/officer.ts'
import type { World } from '../../src/domain/world.ts'
import { migrateQueueTables, openQueues } from '../../src/jobs/queues.ts'
import { readConfig } from '../../src/runtime/config.ts'
import { openFieldCipher, passingMasterKeys } from '../../src/runtime/fieldCipher.ts'
import type { Knowledge } from '../../src/runtime/knowledge.ts'
import { realWorld } from '../../src/runtime/realWorld.ts'
import { appParts } from '../../src/runtime/wireApp.ts'
import { dataKeysOf } from '../../src/store/dataKeys.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/openStore.ts'
import { migrateQueue, openQueuePool } from '../../src/store/queuePool.ts'
import { root } from '../places.ts'
import { COUNTY, settle } from './county.ts'

export interface CampaignFigures {
  households: number
  /** Of these; fewer than all where the bench was told to stop asking. */
  asked: number
  /** Seconds for counting and drawing the sample, and for asking all. */
  drawing: number
  asking: number
  /** Jobs a second that BullMQ alone takes by `addBulk`, on the same server right after. */
  bulk: number
  /** MiB: heap after a collection and the whole process, the most that was seen while drawing and asking. */
  heap: number
  resident: number
  /** Households with one message, and with any other number of them. */
  once: number
  wrong: number
}

type Connection = { host: string; port: number; user: string; database: string }

/** Jobs of one `addBulk`: where it is fastest on PostgreSQL. */
const BULK = 500
/** Enough to measure; a million jobs would tell the same. */
const MOST_JOBS = 50_000
/** Households of one round, as the work has it at this pace. */
const ROUND = 200
/** Between two looks at the memory. */
const ROUNDS_PER_LOOK = 20

/** One campaign to every household of a fresh database, then the same number of jobs by BullMQ alone. */
export async function runCampaign(
  server: Connection,
  { households, mostAsked, knowledge }: { households: number; mostAsked: number; knowledge: Knowledge },
): Promise<CampaignFigures> {
  const database = `campaign_${households}_${randomBytes(3).toString('hex')}`
  await asOwner(server, client => client.query(`create database ${database}`))
  const connection = { ...server, database }
  await migrate(connection, path.join(root, 'src/store/migrations'))
  const cipher = await openFieldCipher({
    master: passingMasterKeys(),
    dataKeys: dataKeysOf(connection),
    algorithm: 'aes',
  })
  await asOwner(connection, client => settle(client, cipher, households))
  const world = inTheMorning()
  const kept = openStore({ connection, cipher, world, log: () => undefined })
  const parts = partsOn(world, kept.store, knowledge)
  const figures = await ask(parts, mostAsked)
  await kept.close()
  const { asked, once } = await asOwner(connection, told)
  if (asked < Math.min(households, mostAsked)) throw new Error(`only ${asked} households were asked`)
  const bulk = await addBulk(connection, Math.min(households, MOST_JOBS))
  await asOwner(server, client => client.query(`drop database ${database} with (force)`))
  return { households, asked, ...figures, once, wrong: asked - once, bulk }
}

/** Ten in the morning of a day, whenever it is: nobody is asked in the quiet hours. */
function inTheMorning(): World {
  const start = performance.now()
  const morning = Date.parse('2026-11-23T10:00:00+08:00')
  return { ...realWorld(), now: () => morning + Math.round(performance.now() - start) }
}

function partsOn(world: World, store: AppParts['store'], knowledge: Knowledge): AppParts {
  const parts = appParts(readConfig({}), knowledge, {
    ...{ store, world, wake: { outbox: () => undefined, timers: () => undefined } },
    report: error => {
      throw error
    },
  })
  return { ...parts, questionnaires: [{ kind: 'satisfaction', flow: 'bench', revision: 1 }] }
}

async function ask(parts: AppParts, mostAsked: number) {
  await start(parts)
  const work = makeCampaignWork(parts)
  const memory = watch()
  const begin = performance.now()
  await work.round()
  const drawn = performance.now()
  memory.look()
  for (let rounds = 1; (await work.round()) && rounds * ROUND < mostAsked; rounds++) {
    if (rounds % ROUNDS_PER_LOOK === 1) memory.look()
  }
  const end = performance.now()
  return { drawing: (drawn - begin) / 1000, asking: (end - drawn) / 1000, ...memory.most() }
}

const county: Officer = {
  ...{ id: 'bench-county', username: 'bench-county', name: '县', role: 'county', regionCode: COUNTY },
  ...{ officePhone: null, disabled: false },
}

async function start(parts: AppParts): Promise<void> {
  const desk = makeCampaignDesk(parts)
  const now = parts.world.now()
  const draft: CampaignDraft = {
    ...{ kind: 'satisfaction', flow: 'bench', title: '满意度调查', opensAt: now, closesAt: now + 86_400_000 },
    filter: { places: [], membersFrom: null, membersTo: null, way: 'any', coolDownDays: 90 },
    sample: { method: 'everyone', size: 0, allocation: 'proportional', leastPerVillage: 0 },
    // Faster than anybody asks, so that what is measured is the work.
    ...{ pacePerMinute: 1_000_000_000, doorstepsPerVillage: 0 },
  }
  const { campaign } = valueOf(await desk.create(county, draft))
  valueOf(await desk.preview(county, campaign.id))
  valueOf(await desk.move(county, campaign.id, { type: 'started' }))
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`the desk refused: ${outcome.refusal.code}`)
  return outcome.value
}

function watch() {
  setFlagsFromString('--expose-gc')
  const collect = z.custom<() => void>(value => typeof value === 'function').parse(runInNewContext('gc'))
  let [heap, resident] = [0, 0]
  return {
    look: () => {
      resident = Math.max(resident, process.memoryUsage.rss())
      collect()
      heap = Math.max(heap, process.memoryUsage().heapUsed)
    },
    most: () => ({ heap: heap / 2 ** 20, resident: resident / 2 ** 20 }),
  }
}

async function told(client: pg.Client): Promise<{ asked: number; once: number }> {
  const { rows } = await client.query<{ asked: string; once: string }>(
    `select (select count(*) from campaign_household where status = 'asked') as asked,
        (select count(*) from (
          select household_id from message m join outbox o using (id) group by household_id having count(*) = 1
        ) s join campaign_household w using (household_id)) as once`,
  )
  return { asked: Number(rows[0]?.asked), once: Number(rows[0]?.once) }
}

/** Jobs a second, of a queue without any worker. */
async function addBulk(connection: Connection, jobs: number): Promise<number> {
  await migrateQueue(connection, migrateQueueTables)
  const pool = openQueuePool(connection, 4, () => undefined)
  const queues = openQueues({ pool }, () => undefined)
  const producer = queues.producer('outbox')
  const bulkOf = (from: number) =>
    Array.from({ length: Math.min(BULK, jobs - from) }, (_, n) => ({
      jobId: `row-${from + n}`,
      data: { id: String(from + n) },
    }))
  await producer.add([{ jobId: 'first', data: {} }])
  const begin = performance.now()
  for (let from = 0; from < jobs; from += BULK) await producer.add(bulkOf(from))
  const seconds = (performance.now() - begin) / 1000
  await producer.close()
  await queues.close()
  await pool.end()
  return jobs / seconds
}

async function asOwner<T>(connection: Connection, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...connection, options: '-c search_path=nuanxin,public -c app.system=on' })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}
