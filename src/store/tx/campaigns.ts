import { z } from 'zod'
import type { CampaignPort } from '../../app/campaigns/campaignPort.ts'
import { Conflict } from '../../app/ports.ts'
import type { Campaign, CampaignAction } from '../../domain/campaign/campaign.ts'
import type { CampaignState } from '../../domain/campaign/campaignState.ts'
import { cursorMoment, moment, readCursor, writeCursor } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'
import { campaignHouseholdsIn } from './campaignHouseholds.ts'
import { campaignPopulationIn } from './campaignPopulation.ts'

interface CampaignRow {
  id: string
  region_code: string
  created_by: string
  created_at: number
}

const columns = 'c.id, c.region_code, c.created_by, c.created_at'
const listCursor = z.tuple([cursorMoment, z.string()])

/** Campaigns with their logs; what is known of households is in the other two files. */
export function campaignsIn(work: Work): CampaignPort {
  const { client } = work
  const one = async (id: string, lock: '' | 'for update' | 'for update skip locked') => {
    const { condition, values } = withinScope(work.scope(), 'c', 2)
    const text = `select ${columns} from campaign c where c.id = $1 and ${condition} ${lock}`
    const { rows } = await client.query<CampaignRow>(text, [id, ...values])
    return (await campaignsOf(work, rows))[0] ?? null
  }
  return {
    insert: (campaign, state) => insert(work, campaign, state),
    byId: id => one(id, ''),
    lock: id => one(id, 'for update'),
    lockFree: id => one(id, 'for update skip locked'),
    append: async (campaign, action, state) => {
      await appendRow(work, campaign, action)
      await update(work, campaign.id, state)
    },
    list: filter => list(work, filter),
    due: async (at, limit) => {
      const { rows } = await client.query<{ id: string; is_drawn: boolean }>(
        `select id, drawn_at is not null as is_drawn from campaign
          where (status = 'running' and opens_at <= $1 and next_batch_at <= $1) or (status in ('running', 'paused') and closes_at <= $1)
          order by next_batch_at, id limit $2`,
        [moment(at), limit],
      )
      return rows.map(({ id, is_drawn: isDrawn }) => ({ id, isDrawn }))
    },
    rest: async (id, until) => {
      await client.query('update campaign set next_batch_at = $2 where id = $1', [id, moment(until)])
    },
    ...campaignPopulationIn(work),
    ...campaignHouseholdsIn(work),
  }
}

/** What lists and other queries read beside the log. */
function columnsOf({ plan, status, drawn }: CampaignState): unknown[] {
  const { kind, flow, revision, title, filter, sample, opensAt, closesAt } = plan
  return [
    ...[kind, flow, revision, title, JSON.stringify(filter), JSON.stringify(sample), status],
    ...[moment(opensAt), moment(closesAt), drawn === null ? null : moment(drawn.at)],
  ]
}

async function insert(work: Work, campaign: Campaign, state: CampaignState): Promise<void> {
  const { id, regionCode, createdBy, createdAt, actions } = campaign
  await work.client.query(
    `insert into campaign (id, region_code, created_by, created_at, next_batch_at, kind, flow, revision, title, filter, sample,
        status, opens_at, closes_at, drawn_at)
      values ($1, $2, $3, $4, $12, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [id, regionCode, createdBy, moment(createdAt), ...columnsOf(state)],
  )
  for (const action of actions) await appendRow(work, campaign, action)
}

async function update({ client }: Work, id: string, state: CampaignState): Promise<void> {
  await client.query(
    `update campaign set kind = $2, flow = $3, revision = $4, title = $5, filter = $6, sample = $7, status = $8,
        opens_at = $9, closes_at = $10, drawn_at = $11
      where id = $1`,
    [id, ...columnsOf(state)],
  )
}

async function appendRow({ client }: Work, { id, regionCode }: Campaign, action: CampaignAction): Promise<void> {
  const { seq, at, actor, event } = action
  const { rowCount } = await client.query(
    `insert into campaign_action (campaign_id, seq, region_code, at, type, actor, event)
      values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [id, seq, regionCode, moment(at), event.type, JSON.stringify(actor), JSON.stringify(event)],
  )
  if (rowCount === 0) throw new Conflict(`Action ${seq} of this campaign is taken`)
}

async function list(work: Work, { cursor, limit }: Parameters<CampaignPort['list']>[0]) {
  const [at, id] = readCursor(cursor, listCursor) ?? [null, null]
  const { condition, values } = withinScope(work.scope(), 'c', 4)
  const { rows } = await work.client.query<CampaignRow>(
    `select ${columns} from campaign c where ($1::timestamptz is null or (c.created_at, c.id) < ($1, $2)) and ${condition}
      order by c.created_at desc, c.id desc limit $3`,
    [at === null ? null : moment(at), id, limit + 1, ...values],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > shown.length && last ? writeCursor([last.created_at, last.id]) : null
  return { items: await campaignsOf(work, shown), next }
}

/** With their logs, in one query for all. */
async function campaignsOf({ client }: Work, rows: CampaignRow[]): Promise<Campaign[]> {
  if (rows.length === 0) return []
  const { rows: logged } = await client.query<Omit<CampaignAction, 'campaignId'> & { campaign_id: string }>(
    'select campaign_id, seq, at, actor, event from campaign_action where campaign_id = any($1) order by campaign_id, seq',
    [rows.map(({ id }) => id)],
  )
  const actions = logged.map(({ campaign_id: campaignId, ...action }): CampaignAction => ({ campaignId, ...action }))
  return rows.map(({ id, region_code: regionCode, created_by: createdBy, created_at: createdAt }) => ({
    ...{ id, regionCode, createdBy, createdAt },
    actions: actions.filter(({ campaignId }) => campaignId === id),
  }))
}
