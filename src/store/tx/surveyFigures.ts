import type { SurveyCampaign, SurveyPort } from '../../app/surveys/surveyPort.ts'
import { campaignStatuses } from '../../domain/campaign/campaignState.ts'
import { surveyKinds, surveyWays } from '../../domain/survey/kinds.ts'
import { lostAt, type SurveyFate } from '../../domain/survey/surveyFunnel.ts'
import { oneOf, parseOwn } from '../rows.ts'
import type { Work } from '../work.ts'
import { turnDidNotCome } from './campaignHouseholds.ts'
import { speakers } from './speakers.ts'

export interface CampaignRow {
  campaign_id: string
  kind: string
  flow: string
  revision: number
  title: string
  region_code: string
  campaign_status: string
  opens_at: number
  closes_at: number
}

export const campaignColumns = `c.id as campaign_id, c.kind, c.flow, c.revision, c.title, c.region_code,
  c.status as campaign_status, c.opens_at, c.closes_at`

type Figures = Pick<
  SurveyPort,
  'campaign' | 'campaigns' | 'counts' | 'populations' | 'fates' | 'words' | 'officerNames' | 'atDoor'
>

/** Codes of a place and all below it. */
const within = (column: string, parameter: string) => `${column} >= ${parameter} and ${column} < ${parameter} || '~'`

/** What the figures of a campaign are made from. */
export function surveyFiguresIn({ client, cipher }: Work): Figures {
  return {
    campaign: async campaignId => {
      const { rows } = await client.query<CampaignRow>(`select ${campaignColumns} from campaign c where c.id = $1`, [
        campaignId,
      ])
      return rows[0] ? surveyCampaignOf(rows[0]) : null
    },
    campaigns: async ({ kind, regionCode, limit }) => {
      const { rows } = await client.query<CampaignRow>(
        `select ${campaignColumns} from campaign c
          where ($1::text is null or c.kind = $1) and c.status <> 'draft'
            and (starts_with($2, c.region_code) or starts_with(c.region_code, $2))
          order by c.opens_at desc, c.id desc limit $3`,
        [kind, regionCode, limit],
      )
      return rows.map(surveyCampaignOf)
    },
    counts: async campaignId => {
      const { rows } = await client.query<{
        village_code: string
        way: string
        question: string
        option: string
        n: number
      }>('select village_code, way, question, option, n from survey_count where campaign_id = $1', [campaignId])
      return rows.map(({ village_code: villageCode, way, question, option, n }) => {
        return { villageCode, way: oneOf(surveyWays, way), question, option, n }
      })
    },
    populations: async campaignId => {
      const { rows } = await client.query<{ village_code: string; population: number }>(
        `select village_code, sum(weight)::double precision as population from campaign_household
          where campaign_id = $1 and status <> 'test' group by village_code`,
        [campaignId],
      )
      return new Map(rows.map(({ village_code: code, population }) => [code, population]))
    },
    fates: async (campaignId, regionCode) => {
      const { rows } = await client.query<{ fate: string; n: number }>(
        `select ${fate} as fate, count(*) as n from campaign_household w
            join campaign c on c.id = w.campaign_id
            left join survey_response r on r.campaign_id = w.campaign_id and r.household_id = w.household_id
            left join outbox o on o.id = w.message_id
          where w.campaign_id = $1 and w.status <> 'test' and ${within('w.village_code', '$2')} group by 1`,
        [campaignId, regionCode],
      )
      return Object.fromEntries(rows.map(({ fate: name, n }) => [oneOf(fates, name), n]))
    },
    words: async (campaignId, regionCode, limit) => {
      const { rows } = await client.query<{ id: string; words: Buffer }>(
        `select id, words from survey_words
          where campaign_id = $1 and ${within('village_code', '$2')} order by md5(id) limit $3`,
        [campaignId, regionCode, limit],
      )
      return rows.map(({ id, words }) => cipher.open('survey_words|words', id, words).toString())
    },
    officerNames: async regionCode => {
      const { rows } = await client.query<{ name: string }>(
        `select distinct name from officer where ${within('region_code', '$1')}`,
        [regionCode],
      )
      return rows.map(({ name }) => name)
    },
    atDoor: async (campaignId, regionCode, after, limit) => {
      const { rows } = await client.query<{ household_id: string; village_code: string; content: Buffer | null }>(
        `select w.household_id, w.village_code, h.content from campaign_household w
            left join household h on h.id = w.household_id
          where w.campaign_id = $1 and w.status = 'officer' and ${within('w.village_code', '$2')}
            and h.gone is null and w.household_id > $3 and not exists (select from survey_response r
              where r.campaign_id = w.campaign_id and r.household_id = w.household_id and r.status = 'finished')
            and not exists (select from mute m where m.household_id = w.household_id and m.lifted_at is null)
            and not exists (select from mute m join (
                select s.resident_id from ${speakers} s where s.household_id = w.household_id
              ) who using (resident_id) where m.lifted_at is null)
            and not exists (select from care_family f where f.household_id = w.household_id and f.status <> 'ended')
          order by w.household_id limit $4`,
        [campaignId, regionCode, after, limit],
      )
      return rows.map(({ household_id: householdId, village_code: villageCode, content }) => {
        const opened = content && cipher.open('household|content', householdId, content)
        const known = opened && parseOwn<{ number: string; headName: string }>(opened)
        const shown = known && { number: known.number, head: known.headName }
        return { campaignId, householdId, villageCode, content: shown }
      })
    },
  }
}

const fates = Object.keys(lostAt).filter((name): name is SurveyFate => name in lostAt)

/** The fate of one household. A message that was not delivered counts only where nobody opened it by another way. */
const fate = `case
  when r.status = 'finished' then 'finished'
  when r.status = 'partial' then 'partial'
  when w.reply is not null then w.reply
  when w.opened_at is not null then 'leftAtOnce'
  when w.status = 'officer' then 'notCalledOn'
  when w.status = 'asked' and o.status in ('failed', 'undeliverable') then 'undelivered'
  when w.status = 'asked' then 'notOpened'
  when w.status = 'excluded' then coalesce(w.reason, 'notSent')
  when ${turnDidNotCome} then 'notSent'
  else 'waiting' end`

export function surveyCampaignOf(row: CampaignRow): SurveyCampaign {
  return {
    ...{ id: row.campaign_id, flow: row.flow, revision: row.revision, title: row.title, regionCode: row.region_code },
    ...{ opensAt: row.opens_at, closesAt: row.closes_at },
    kind: oneOf(surveyKinds, row.kind),
    status: oneOf(campaignStatuses, row.campaign_status),
  }
}
