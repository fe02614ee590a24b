import type { CampaignPort, Scan, ScannedHousehold } from '../../app/campaigns/campaignPort.ts'
import { exclusionReasons } from '../../domain/campaign/campaign.ts'
import { moment, oneOf } from '../rows.ts'
import type { Work } from '../work.ts'
import { phoneSpeaks } from './speakers.ts'

/** Households read in one go. */
const PAGE = 1000

/** The households in question: of villages ($1) by the filter, after an id, or by their ids ($1). */
const frames = {
  villages: `select id, region_code, gone, phone_index from household
    where region_code = any($1::text[]) and id > $6 and ($4::int is null or members >= $4) and ($5::int is null or members <= $5)`,
  page: `select id, region_code, gone, phone_index from household
    where region_code = ($1::text[])[1] and id > $6 and ($4::int is null or members >= $4) and ($5::int is null or members <= $5)
    order by id limit ${PAGE}`,
  ids: `select id, region_code, gone, phone_index from household
    where id = any($1::text[]) and id > $6 and $4::int is null and $5::int is null`,
}

/**
 * What stands against asking each of them, the first that applies: what anybody may know before what nobody may. The links from
 * household to resident are the proved ones
 * alone. $2: asked since then is lately; $3: except by this campaign; $7: only who can be written to. 退订 is of messages: where the
 * door is a way too, who refused them is called upon.
 * A household that mourns or is looked after and one that was muted for another reason look alike from here on.
 */
const standingOf = (frame: string) => `
  with frame as materialized (${frame}),
  speaker as materialized (
    select f.id, r.resident_id from frame f join household_resident r on r.household_id = f.id and r.ended_at is null
    union
    select f.id, p.resident_id from frame f join resident_phone p on p.phone_index = f.phone_index
      where ${phoneSpeaks('f')}
  ),
  left_alone as materialized (
    select household_id as id from mute where lifted_at is null and household_id is not null
    union select s.id from speaker s join mute m on m.resident_id = s.resident_id and m.lifted_at is null
    union select household_id from care_family where status <> 'ended' and household_id is not null
    union select s.id from speaker s
      join (select unnest(resident_ids) as resident_id from care_family where status <> 'ended') c using (resident_id)
  ),
  complaining as materialized (
    select s.id from speaker s join complaint c on c.resident_id = s.resident_id and c.status <> 'closed'
  ),
  refusing as materialized (
    select s.id from speaker s
      left join message_opt_out o on o.resident_id = s.resident_id and o.purpose = 'survey' and o.is_out
      group by s.id having bool_and(o.resident_id is not null)
  )
  select f.id, f.region_code,
    case
      when f.gone is not null then 'gone'
      when $7::boolean and f.id not in (select id from speaker) then 'noWay'
      when f.id in (select id from left_alone) then 'leftAlone'
      when f.id in (select id from complaining) then 'openComplaint'
      when $7::boolean and f.id in (select id from refusing) then 'optedOut'
      when exists (select from campaign_household a where a.household_id = f.id and a.asked_at > $2::timestamptz
        and a.campaign_id is distinct from $3::text) then 'askedLately'
    end as reason
  from frame f`

const standing = {
  count: `select region_code, reason, count(*) as households from (${standingOf(frames.villages)}) s
    group by region_code, reason`,
  page: `select id, reason, '{}'::text[] as residents from (${standingOf(frames.page)}) s order by id`,
  ids: `select s.id, s.reason, coalesce((select array_agg(resident_id) from (
        select r.resident_id from household_resident r where r.household_id = s.id and r.ended_at is null
        union select p.resident_id from household h join resident_phone p on p.phone_index = h.phone_index
          where h.id = s.id and ${phoneSpeaks('h')}
      ) who), '{}') as residents
    from (${standingOf(frames.ids)}) s`,
}

type Population = Pick<CampaignPort, 'planAnew' | 'oneMoment' | 'villagesOf' | 'count' | 'page' | 'standing'>

interface StandingRow {
  id: string
  reason: string | null
  residents: string[]
}

export function campaignPopulationIn({ client }: Work): Population {
  const scanned = async (name: 'page' | 'ids', values: unknown[]) => {
    const { rows } = await client.query<StandingRow>({ name: `campaign.${name}`, text: standing[name], values })
    return rows.map(householdOf)
  }
  return {
    planAnew: async () => {
      await client.query('set local plan_cache_mode = force_custom_plan')
    },
    oneMoment: async () => {
      await client.query('set transaction isolation level repeatable read')
    },
    villagesOf: async regionCode => {
      // Jumps from village to village along the index instead of reading every household. Left to itself the server, which expects
      // one row beside the policy of the table, read and sorted the rest of the list for every jump: 3.1 s among 50,000 households
      // of sixty villages right after an import, beyond the limit of a statement. So: 0.6 ms.
      await client.query(jumping('off'))
      const { rows } = await client.query<{ code: string }>(
        `with recursive village (code) as (
            (select region_code from household where region_code >= $1 and region_code < $1 || '~' order by 1 limit 1)
            union all
            select (select region_code from household where region_code > code and region_code < $1 || '~' order by 1 limit 1)
              from village where code is not null
          )
          select code from village where code is not null`,
        [regionCode],
      )
      await client.query(jumping('on'))
      return rows.map(({ code }) => code)
    },
    count: async (scan, villageCodes) => {
      const { rows } = await client.query<{ region_code: string; reason: string | null; households: number }>({
        name: 'campaign.count',
        text: standing.count,
        values: valuesOf(scan, villageCodes),
      })
      return rows.map(({ region_code: villageCode, reason, households }) => {
        return { villageCode, reason: reason === null ? null : oneOf(exclusionReasons, reason), households }
      })
    },
    page: (scan, villageCode, after) => scanned('page', valuesOf(scan, [villageCode], after)),
    standing: async (scan, householdIds) => {
      const filter = { ...scan.filter, membersFrom: null, membersTo: null }
      const found = await scanned('ids', valuesOf({ ...scan, filter }, householdIds))
      return new Map(found.map(household => [household.id, household]))
    },
  }
}

/** Within this transaction: whether other ways than along an index are taken. */
const jumping = (others: 'on' | 'off') =>
  ['enable_seqscan', 'enable_bitmapscan', 'enable_sort'].map(way => `set local ${way} = ${others}`).join('; ')

function valuesOf({ campaignId, filter, askedSince }: Scan, codesOrIds: string[], after = ''): unknown[] {
  const since = askedSince === null ? null : moment(askedSince)
  return [codesOrIds, since, campaignId, filter.membersFrom, filter.membersTo, after, filter.way === 'chat']
}

function householdOf({ id, reason, residents }: StandingRow): ScannedHousehold {
  return { id, reason: reason === null ? null : oneOf(exclusionReasons, reason), residentIds: residents }
}
