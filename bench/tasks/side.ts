import { randomBytes } from 'node:crypto'
import path from 'node:path'
import pg from 'pg'
import type { App } from '../../src/app/app.ts'
import { makeApp } from '../../src/app/makeApp.ts'
import { eyesOf } from '../../src/app/officer/eyes.ts'
import type { AppParts } from '../../src/app/parts.ts'
import { makeTaskDesk } from '../../src/app/tasks/taskDesk.ts'
import { nextOfficeMoment } from '../../src/app/tasks/taskTime.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { readConfig } from '../../src/runtime/config.ts'
import { openFieldCipher, passingMasterKeys } from '../../src/runtime/fieldCipher.ts'
import { loadKnowledge } from '../../src/runtime/knowledge.ts'
import { realWorld } from '../../src/runtime/realWorld.ts'
import { appParts } from '../../src/runtime/wireApp.ts'
import { dataKeysOf } from '../../src/store/dataKeys.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/openStore.ts'
import { scopeSettings } from '../../src/store/scope.ts'
import { taskListStatement } from '../../src/store/tx/tasks.ts'
import { root } from '../places.ts'
import { fill, officerOf, villagesWith } from './data.ts'

/** A call of the service, each time for another officer. `counts`: its growth has a target. */
interface Call {
  name: string
  counts: boolean
  run(): Promise<unknown>
}

/** One database of one size with the service's own use cases on it. */
export interface Side {
  calls: Call[]
  plans: { name: string; plan: string }[]
  /** Looks at so many late tasks that became due at the same moment. */
  sweep(due: number): Promise<Sweep>
  /** Answers the tables that were read from end to end since it was filled. */
  close(): Promise<string[]>
}

/** What a sweep took. */
export interface Sweep {
  looked: number
  /** Lines written to the logs of tasks: one for each step that was due. */
  written: number
  perSecond: number
  /** Most heap seen between two batches, in MiB. */
  heap: number
  plan: string
}

/** One page of a phone and the next. */
const PAGE = 20
const live = ['open' as const, 'leased' as const, 'paused' as const]
/** Tables that grow with the cases. That of officers has ten thousand rows at both sizes. */
const GROWING = ['task', 'task_action', 'audit']

type Connection = { host: string; port: number; user: string; database: string }

export async function openSide(server: Connection, tasks: number): Promise<Side> {
  const database = `tasks_${tasks}_${randomBytes(3).toString('hex')}`
  await asOwner(server, client => client.query(`create database ${database}`))
  const connection = { ...server, database }
  await migrate(connection, path.join(root, 'src/store/migrations'))
  await asOwner(connection, client => fill(client, tasks))
  const before = await scansOf(connection)
  const plans = await Promise.all(inboxes.map(inbox => planOf(connection, inbox)))
  const world = realWorld()
  const cipher = await openFieldCipher({
    master: passingMasterKeys(),
    dataKeys: dataKeysOf(connection),
    algorithm: 'aes',
  })
  const kept = openStore({ connection, cipher, world, log: () => undefined })
  const parts = appParts(readConfig({}), loadKnowledge(root), {
    ...{ store: kept.store, world, wake: { outbox: () => undefined, timers: () => undefined } },
    report: error => {
      throw error
    },
  })
  return {
    calls: callsOn(makeApp(parts), makeTaskDesk(parts), tasks),
    plans,
    sweep: due => sweepOf(connection, parts, due),
    close: async () => {
      await kept.close()
      const after = await scansOf(connection)
      return GROWING.filter(table => (after.get(table) ?? 0) > (before.get(table) ?? 0))
    },
  }
}

const inboxes = [
  { name: 'inbox of a village', officer: officerOf('village', 0), filter: { status: live, limit: PAGE } },
  { name: 'inbox of a town', officer: officerOf('town', 0), filter: { status: live, limit: PAGE } },
  { name: 'late in a county', officer: officerOf('county', 0), filter: { overdueOn: '2026-11-22', limit: PAGE } },
]

function callsOn(app: App, desk: ReturnType<typeof makeTaskDesk>, tasks: number): Call[] {
  const villages = villagesWith(tasks)
  // A prime step goes over all villages before it comes back to the first.
  const turn = (step: number) => {
    let n = 0
    return () => officerOf('village', (n += step) % villages)
  }
  const [inboxOf, mineOf, leaseOf] = [turn(7919), turn(7907), turn(7901)]
  const list = (officer: Officer, more: object) => app.officer.tasks(officer, { status: live, limit: PAGE, ...more })
  const lease = async () => {
    const officer = leaseOf()
    const { items } = await app.officer.tasks(officer, { status: ['open'], limit: 1 })
    const [task] = items
    if (!task) return
    const leased = await app.officer.lease(officer, task.id, task.fence)
    if (!leased.ok) throw new Error(`a free task was refused: ${leased.refusal.code}`)
  }
  let n = 0
  return [
    { name: 'inbox of a village, first page', counts: true, run: () => list(inboxOf(), {}) },
    { name: 'my tasks', counts: true, run: () => list(mineOf(), { mine: true }) },
    { name: 'find a free task and lease it', counts: true, run: lease },
    { name: 'digest of a village', counts: true, run: () => desk.digest(inboxOf()) },
    { name: 'inbox of a town', counts: false, run: () => list(officerOf('town', n++ % Math.min(villages, 450)), {}) },
    { name: 'board of a town', counts: false, run: () => desk.board(officerOf('town', n++ % Math.min(villages, 450))) },
    { name: 'sweep with nothing due', counts: false, run: () => desk.work.look(100) },
  ]
}

/** As the worker takes them. */
const BATCH = 100

/** In office hours, since nothing is called in by night: the next moment of them, whenever the bench runs. */
async function sweepOf(connection: Connection, parts: AppParts, due: number): Promise<Sweep> {
  const now = nextOfficeMoment(parts, officerOf('county', 0).regionCode, Date.now()) + 3_600_000
  const desk = makeTaskDesk({ ...parts, world: { ...parts.world, now: () => now } })
  const at = new Date(now).toISOString()
  const { plan, before } = await asOwner(connection, async client => {
    // The preparation reads no table from end to end either: the counters are about the sweep.
    await client.query('set enable_seqscan = off')
    await client.query(
      `update task set look_at = $2::timestamptz - interval '1 hour' where id in (
        select id from task where status in ('open', 'leased', 'paused') and due < $2::date order by due, created_at, id limit $1)`,
      [due, at],
    )
    await client.query('reset enable_seqscan')
    const told = await client.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, costs off) select id from task where look_at <= $1 order by look_at limit ${BATCH}`,
      [at],
    )
    return { plan: told.rows.map(row => `  ${row['QUERY PLAN']}`).join('\n'), before: await raised(client) }
  })
  const began = performance.now()
  let [looked, heap] = [0, 0]
  for (let batch = 0; (batch = await desk.work.look(BATCH)) > 0; looked += batch) {
    heap = Math.max(heap, process.memoryUsage().heapUsed)
    if (looked > due * 3) throw new Error('the sweep does not end')
  }
  const seconds = (performance.now() - began) / 1000
  const written = (await asOwner(connection, raised)) - before
  return { looked, written, perSecond: looked / seconds, heap: heap / 1024 ** 2, plan }
}

async function raised(client: pg.Client): Promise<number> {
  const text = `select coalesce(sum(n_tup_ins), 0)::int as n from pg_stat_user_tables where relname = 'task_action'`
  await client.query('select pg_stat_force_next_flush()')
  const { rows } = await client.query<{ n: number }>(text)
  return rows[0]?.n ?? 0
}

async function planOf(connection: Connection, { name, officer, filter }: (typeof inboxes)[number]) {
  const { text, values } = taskListStatement(eyesOf(officer), filter)
  const { region, resident, system, officer: id } = scopeSettings(eyesOf(officer))
  return asOwner(connection, async client => {
    await client.query('set role nuanxin_app')
    for (const [key, value] of Object.entries({ region, resident, system, officer: id })) {
      await client.query('select set_config($1, $2, false)', [`app.${key}`, value])
    }
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (analyze, costs off) ${text}`, values)
    return { name, plan: rows.map(row => `  ${row['QUERY PLAN']}`).join('\n') }
  })
}

async function scansOf(connection: Connection): Promise<Map<string, number>> {
  return asOwner(connection, async client => {
    const text = `select relname, seq_scan::int as scans from pg_stat_user_tables where schemaname = 'nuanxin'`
    const { rows } = await client.query<{ relname: string; scans: number }>(text)
    return new Map(rows.map(({ relname, scans }) => [relname, scans]))
  })
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
