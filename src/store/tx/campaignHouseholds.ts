import type {
  Asking,
  CampaignPort,
  CampaignProgress,
  Chosen,
  MissedInvitation,
} from '../../app/campaigns/campaignPort.ts'
import { exclusionReasons, type ExclusionReason } from '../../domain/campaign/campaign.ts'
import { moment, oneOf } from '../rows.ts'
import { openConversation } from '../turnRows.ts'
import type { Work } from '../work.ts'

type Households = Pick<
  CampaignPort,
  | 'choose'
  | 'waiting'
  | 'bringBack'
  | 'hold'
  | 'talking'
  | 'settle'
  | 'progress'
  | 'doorsteps'
  | 'openDoorstepTask'
  | 'answeredDoorstepTasks'
  | 'doorstepTasks'
  | 'withdraw'
  | 'putTest'
>

interface WaitingRow {
  household_id: string
  village_code: string
  tries: number
  by_door: boolean
}

/** Messages withdrawn in one statement. */
const WITHDRAWN_AT_ONCE = 1000

export function campaignHouseholdsIn(work: Work): Households {
  const { client } = work
  return {
    choose: (campaignId, chosen) => choose(work, campaignId, chosen),
    waiting: async (campaignId, at, limit) => {
      const { rows } = await client.query<WaitingRow>({
        name: 'campaign.waiting',
        text: `select w.household_id, w.village_code, w.tries, w.by_door from campaign_household w
          where w.campaign_id = $1 and w.status = 'waiting' and w.not_before <= $2
          order by w.not_before, w.place limit $3 for update`,
        values: [campaignId, moment(at), limit],
      })
      return rows.map(row => {
        return { householdId: row.household_id, villageCode: row.village_code, tries: row.tries, byDoor: row.by_door }
      })
    },
    bringBack: (missed, again) => bringBack(work, missed, again),
    hold: async householdIds => {
      // Never waits: an import of households may hold them for minutes.
      const { rows } = await client.query<{ id: string }>({
        name: 'campaign.hold',
        text: 'select id from household where id = any($1) order by id for no key update skip locked',
        values: [householdIds],
      })
      return new Set(rows.map(({ id }) => id))
    },
    talking: residentIds => talking(work, residentIds),
    settle: (campaignId, at, outcomes) => settle(work, campaignId, at, outcomes),
    progress: campaignId => progress(work, campaignId),
    doorsteps: async (campaignId, villageCodes) => {
      const { rows } = await client.query<{ village_code: string; households: number; open: number }>(
        `select w.village_code, count(*) as households, count(*) filter (where r.status is distinct from 'finished') as open
          from campaign_household w left join survey_response r using (campaign_id, household_id)
          where w.campaign_id = $1 and w.status = 'officer' and w.village_code = any($2) group by w.village_code`,
        [campaignId, villageCodes],
      )
      return new Map(rows.map(({ village_code: code, households, open }) => [code, { households, open }]))
    },
    openDoorstepTask: async (campaignId, regionCode) => {
      const { rows } = await client.query<{ id: string }>(
        `select t.id from campaign_household w join task t on t.id = w.task_id
          where w.campaign_id = $1 and w.village_code >= $2 and w.village_code < $2 || '~' and w.status = 'officer'
            and t.region_code = $2 and t.status in ('open', 'leased', 'paused') limit 1`,
        [campaignId, regionCode],
      )
      return rows[0]?.id ?? null
    },
    answeredDoorstepTasks: async campaignId => {
      const { rows } = await client.query<{ id: string }>(
        `select t.id from campaign_household w join task t on t.id = w.task_id and t.status in ('open', 'leased', 'paused')
            left join survey_response r using (campaign_id, household_id) left join household h on h.id = w.household_id
          where w.campaign_id = $1 and w.status = 'officer'
          group by t.id having bool_and(coalesce(r.status = 'finished', false) or h.gone is not null) order by t.id`,
        [campaignId],
      )
      return rows.map(({ id }) => id)
    },
    doorstepTasks: async campaignId => {
      const { rows } = await client.query<{ task_id: string }>(
        `select distinct task_id from campaign_household where campaign_id = $1 and task_id is not null order by task_id`,
        [campaignId],
      )
      return rows.map(({ task_id: taskId }) => taskId)
    },
    withdraw: async (campaignId, at) => {
      const { rowCount } = await client.query(
        `with late as (
            select o.id, w.household_id from campaign_household w join outbox o on o.id = w.message_id and o.status = 'created'
              where w.campaign_id = $1 and w.status = 'asked' limit ${WITHDRAWN_AT_ONCE} for update of o skip locked
          ), ended as (
            update outbox o set status = 'failed', finished_at = $2, told_at = $2,
                failure = jsonb_build_object('name', 'expired')
              from late where o.id = late.id returning o.id, late.household_id
          ), told as (
            update message m set reason = 'expired' from ended where m.id = ended.id
          )
          update campaign_household w set status = 'excluded', reason = 'notSent', asked_at = null
            from ended where w.campaign_id = $1 and w.household_id = ended.household_id`,
        [campaignId, moment(at)],
      )
      return rowCount ?? 0
    },
    putTest: async (campaignId, { householdId, placeCode, tokenHash, at }) => {
      await client.query(
        `insert into campaign_household (campaign_id, household_id, village_code, weight, place, status, not_before, token_hash)
          values ($1, $2, $3, 0, 0, 'test', $4, $5) on conflict do nothing`,
        [campaignId, householdId, placeCode, moment(at), tokenHash],
      )
    },
  }
}

/** Due from the opening of the campaign on; a household that is there already stays as it is. */
async function choose({ client }: Work, campaignId: string, chosen: Chosen[]): Promise<void> {
  await client.query({
    name: 'campaign.choose',
    text: `insert into campaign_household (campaign_id, household_id, village_code, weight, place, status, not_before)
      select c.id, n.household, n.village, n.weight, n.place, 'waiting', c.opens_at
      from campaign c, unnest($2::text[], $3::text[], $4::double precision[], $5::bigint[]) as n (household, village, weight, place)
      where c.id = $1`,
    values: [
      campaignId,
      ...[chosen.map(({ householdId }) => householdId), chosen.map(({ villageCode }) => villageCode)],
      ...[chosen.map(({ weight }) => weight), chosen.map(({ place }) => place)],
    ],
  })
}

/** The link stays: a message that the platform calls lost may lie on a phone. */
async function bringBack(
  { client }: Work,
  missed: readonly MissedInvitation[],
  { byDoor, at }: { byDoor: boolean; at: number },
): Promise<void> {
  if (missed.length === 0) return
  await client.query({
    name: 'campaign.bringBack',
    text: `update campaign_household w set status = 'waiting', not_before = $5, message_id = null, asked_at = null, by_door = $4
      from unnest($1::text[], $2::text[], $3::text[]) as n (campaign, household, message), campaign c
      where w.campaign_id = n.campaign and w.household_id = n.household and w.message_id = n.message
        and w.status = 'asked' and w.opened_at is null and c.id = w.campaign_id
        and c.status in ('running', 'paused') and c.closes_at > $5 and c.filter ->> 'way' = 'any'
        and not exists (select from survey_response r where r.campaign_id = w.campaign_id and r.household_id = w.household_id)`,
    values: [
      ...[missed.map(({ campaignId }) => campaignId), missed.map(({ householdId }) => householdId)],
      ...[missed.map(({ messageId }) => messageId), byDoor, moment(at)],
    ],
  })
}

async function talking({ client, cipher }: Work, residentIds: string[]): Promise<Set<string>> {
  if (residentIds.length === 0) return new Set()
  const { rows } = await client.query<{ resident_id: string; state: Buffer }>({
    name: 'campaign.talking',
    text: 'select resident_id, state from conversation where resident_id = any($1) and state is not null',
    values: [residentIds],
  })
  const inTheMiddle = rows.filter(({ resident_id: id, state }) => {
    const { current, awaiting, distress } = openConversation(cipher, id, state)
    return current !== null || awaiting !== undefined || distress !== undefined
  })
  return new Set(inTheMiddle.map(({ resident_id: id }) => id))
}

/** What each outcome writes. */
function rowOf(asking: Asking, at: number) {
  switch (asking.kind) {
    case 'asked':
      return { status: 'asked', message: asking.messageId, token: hex(asking.tokenHash), asked: moment(at) }
    case 'officer':
      return { status: 'officer', task: asking.taskId, token: hex(asking.tokenHash), asked: moment(at) }
    case 'excluded':
      return { status: 'excluded', reason: asking.reason }
    case 'later':
      return { status: 'waiting', later: moment(asking.notBefore) }
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

async function settle({ client }: Work, campaignId: string, at: number, outcomes: ReadonlyMap<string, Asking>) {
  if (outcomes.size === 0) return
  const rows = [...outcomes].map(([household, asking]) => ({ household, ...rowOf(asking, at) }))
  await client.query({
    name: 'campaign.settle',
    text: `update campaign_household w set status = n.status, reason = n.reason, message_id = n.message, task_id = n.task,
        token_hash = decode(n.token, 'hex'), asked_at = n.asked, not_before = coalesce(n.later, w.not_before),
        tries = w.tries + (n.later is not null)::int
      from jsonb_to_recordset($2) as n (household text, status text, reason text, message text, task text, token text,
        asked timestamptz, later timestamptz)
      where w.campaign_id = $1 and w.household_id = any($3) and w.household_id = n.household and w.status = 'waiting'`,
    values: [campaignId, JSON.stringify(rows), [...outcomes.keys()]],
  })
}

/** Whose turn did not come before the campaign was over waits for nothing: such a household was not asked, and says why. */
export const turnDidNotCome = `w.status = 'waiting' and c.status in ('stopped', 'finished')`
const standAtLast = `case when ${turnDidNotCome} then 'excluded' else w.status end`
const reasonAtLast = `case when ${turnDidNotCome} then 'notSent' else w.reason end`

async function progress({ client }: Work, campaignId: string): Promise<CampaignProgress> {
  const { rows } = await client.query<{ status: string; reason: string | null; n: number; opened: number }>(
    `select ${standAtLast} as status, ${reasonAtLast} as reason, count(*) as n, count(w.opened_at) as opened
      from campaign_household w join campaign c on c.id = w.campaign_id
      where w.campaign_id = $1 and w.status <> 'test' group by 1, 2`,
    [campaignId],
  )
  const answers = await client.query<{ n: number }>(
    `select count(*) as n from survey_response r join campaign_household w using (campaign_id, household_id)
      where r.campaign_id = $1 and r.status = 'finished' and w.status <> 'test'`,
    [campaignId],
  )
  const sum = (of: typeof rows, key: 'n' | 'opened' = 'n') => of.reduce((total, row) => total + row[key], 0)
  const having = (status: string) => rows.filter(row => row.status === status)
  const excluded: Partial<Record<ExclusionReason, number>> = {}
  for (const { reason, n } of having('excluded')) if (reason !== null) excluded[oneOf(exclusionReasons, reason)] = n
  return {
    ...{ drawn: sum(rows), waiting: sum(having('waiting')), asked: sum(having('asked')) },
    ...{ officer: sum(having('officer')), opened: sum(rows, 'opened'), answered: answers.rows[0]?.n ?? 0, excluded },
  }
}
