import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCampaignDesk } from '../../src/app/campaigns/campaignDesk.ts'
import type { AppParts } from '../../src/app/parts.ts'
import type { CrashPointName } from '../../src/app/ports.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import { aFewAtATime } from '../../src/jobs/parts.ts'
import { readConfig } from '../../src/runtime/config.ts'
import { openFieldCipher } from '../../src/runtime/fieldCipher.ts'
import { loadKnowledge } from '../../src/runtime/knowledge.ts'
import { appParts } from '../../src/runtime/wireApp.ts'
import { dataKeysOf } from '../../src/store/dataKeys.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore, type OpenStore } from '../../src/store/openStore.ts'
import { emptyDatabase, migrationsDir } from '../store/database.ts'

/*
 * Workers that ask the households of a campaign, killed as `kill -9` does: before and after the commit of the sample and of
 * batches, and at moments that chance picks. Whoever comes next goes on; in the end everybody was asked once.
 */

const HOUSEHOLDS = 700
const LONG = 240_000
const master = { wrapping: randomBytes(32), indexing: randomBytes(32), signing: randomBytes(32) }
const world = frozenWorld('2026-11-23T10:00:00+08:00')

let place: Awaited<ReturnType<typeof emptyDatabase>>
let owner: pg.Client
let kept: OpenStore
let parts: AppParts
beforeAll(async () => {
  place = await emptyDatabase()
  await migrate(place.owner, migrationsDir)
  owner = new pg.Client({ ...place.owner, options: '-c search_path=nuanxin -c app.system=on' })
  await owner.connect()
  const cipher = await openFieldCipher({ master, dataKeys: dataKeysOf(place.owner), algorithm: 'aes' })
  kept = openStore({ connection: place.owner, cipher, world, log: () => undefined })
  const around = { store: kept.store, world, wake: { outbox: () => undefined, timers: () => undefined } }
  parts = appParts(readConfig({}), loadKnowledge('.'), { ...around, report: () => undefined })
}, LONG)
afterAll(async () => {
  await kept?.close()
  await owner?.end()
  await place?.remove()
})

const sql = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await owner.query(text, values)).rows

async function settle(): Promise<void> {
  await aFewAtATime([...Array(HOUSEHOLDS).keys()], 8, async n => {
    const id = `kill-${n}`
    const residentId = await kept.auth.residentBySender({ channel: 'web', sender: id, at: world.now() })
    await sql(
      `insert into household (id, region_code, members, content, digest, imported_at) values ($1, $2, 3, '', '', now())`,
      [id, `999901100${200 + (n % 7)}`],
    )
    const link = { householdId: id, residentId, proof: 'officer' as const, by: 'service', at: world.now() }
    await kept.store.transaction({ kind: 'system' }, tx => tx.messages.link(link))
  })
}

async function started(): Promise<string> {
  const officer = {
    ...{ id: 'county', username: 'kill-county', name: '县', role: 'county' as const, regionCode: '999901' },
    ...{ officePhone: null, disabled: false },
  }
  const id = await kept.officers.upsert({ officer, passwordHash: 'none', totpSecret: null, at: world.now() })
  const county = { ...officer, id }
  const desk = makeCampaignDesk({ ...parts, questionnaires: [{ kind: 'needs', flow: 'kill', revision: 1 }] })
  const now = world.now()
  const made = await desk.create(county, {
    ...{ kind: 'needs', flow: 'kill', title: '测试', opensAt: now, closesAt: now + 86_400_000 },
    filter: { places: [], membersFrom: null, membersTo: null, way: 'any', coolDownDays: 30 },
    sample: { method: 'everyone', size: 0, allocation: 'proportional', leastPerVillage: 0 },
    ...{ pacePerMinute: 1_000_000_000, doorstepsPerVillage: 0 },
  })
  if (!made.ok) throw new Error(made.refusal.code)
  const { id: campaignId } = made.value.campaign
  await desk.preview(county, campaignId)
  expect(await desk.move(county, campaignId, { type: 'started' })).toMatchObject({ ok: true })
  return campaignId
}

/** Runs a worker to its end, and answers how it ended. `killAfter`: milliseconds after it began its work. */
async function worker(end: {
  crash?: { point: CrashPointName; time: number }
  killAfter?: number
}): Promise<string | null> {
  world.advance(60_000)
  const keys = Object.fromEntries(Object.entries(master).map(([name, key]) => [name, key.toString('hex')]))
  const order = { connection: place.owner, master: keys, start: world.now(), crash: end.crash }
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'campaignWorker.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], CAMPAIGN_WORKER: JSON.stringify(order) },
  })
  const exited = once(child, 'exit')
  if (end.killAfter !== undefined) {
    await once(child.stdout, 'data')
    setTimeout(() => child.kill('SIGKILL'), end.killAfter)
  }
  const [, signal] = await exited
  return typeof signal === 'string' ? signal : null
}

test(
  'killed at any point, the next worker goes on and nobody is asked twice',
  async () => {
    await settle()
    const id = await started()
    const asked = async () => (await sql(`select id from message where reason is null and purpose = 'survey'`)).length
    const killed: { point: CrashPointName; time: number; asked: number }[] = [
      { point: 'campaign.rows', time: 1, asked: 0 }, // the sample is drawn and not committed
      { point: 'campaign.committed', time: 1, asked: 0 }, // it is committed
      { point: 'campaign.rows', time: 1, asked: 0 }, // a batch is written and not committed
      { point: 'campaign.committed', time: 1, asked: 200 },
      { point: 'campaign.rows', time: 2, asked: 400 },
    ]
    for (const { asked: after, ...crash } of killed) {
      expect(await worker({ crash })).toBe('SIGKILL')
      expect(await asked()).toBe(after)
    }
    for (const killAfter of [5, 60, 150]) await worker({ killAfter })
    expect(await worker({})).toBe(null)

    expect(await asked()).toBe(HOUSEHOLDS)
    expect(await sql('select household_id from message group by household_id having count(*) > 1')).toEqual([])
    const left = await sql(
      `select status, count(*)::int as n from campaign_household where campaign_id = $1 group by status`,
      [id],
    )
    expect(left.filter(({ status }) => status !== 'test')).toEqual([{ status: 'asked', n: HOUSEHOLDS }])
    expect(await sql(`select count(*)::int as n from campaign_action where type = 'drawn'`)).toEqual([{ n: 1 }])
  },
  LONG,
)
