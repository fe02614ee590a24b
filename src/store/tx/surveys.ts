import type { AskedHousehold, SurveyPort } from '../../app/surveys/surveyPort.ts'
import type { SurveyAnswers } from '../../domain/survey/answers.ts'
import { surveyKinds, surveyWays } from '../../domain/survey/kinds.ts'
import { moment, oneOf, parseOwn } from '../rows.ts'
import type { Work } from '../work.ts'
import { speakers } from './speakers.ts'
import { campaignColumns, surveyCampaignOf, surveyFiguresIn, type CampaignRow } from './surveyFigures.ts'

interface AskedRow extends CampaignRow {
  household_id: string
  village_code: string
  status: string
  reply: string | null
  answer_status: string | null
  way: string | null
  answers: Buffer | null
}

const statuses = ['waiting', 'asked', 'officer', 'excluded', 'test'] as const
const replies = ['later', 'declined'] as const
const answerStatuses = ['partial', 'finished'] as const

/** What binds a sealed answer to its row. */
const rowOf = (campaignId: string, householdId: string) => `${campaignId}|${householdId}`

export function surveysIn(work: Work): SurveyPort {
  const { client, cipher } = work
  const find = async (condition: string, value: unknown) => {
    const { rows } = await client.query<{ campaign_id: string; household_id: string }>(condition, [value])
    const [row] = rows
    return row ? { campaignId: row.campaign_id, householdId: row.household_id } : null
  }
  return {
    ...surveyFiguresIn(work),
    lock: async ({ campaignId, householdId }) => {
      const { rows } = await client.query<AskedRow>(
        `select ${campaignColumns}, w.household_id, w.village_code, w.status, w.reply,
            r.status as answer_status, r.way, r.answers
          from campaign_household w join campaign c on c.id = w.campaign_id
            left join survey_response r on r.campaign_id = w.campaign_id and r.household_id = w.household_id
          where w.campaign_id = $1 and w.household_id = $2 for update of w`,
        [campaignId, householdId],
      )
      return rows[0] ? askedOf(work, rows[0]) : null
    },
    byToken: tokenHash =>
      find('select campaign_id, household_id from campaign_household where token_hash = $1', Buffer.from(tokenHash)),
    byCode: code =>
      find(
        'select campaign_id, household_id from survey_door_code where code_index = $1',
        cipher.index('survey_door_code|code', code),
      ),
    handlersOf: async householdId => {
      const { rows } = await client.query<{ officer_id: string }>(
        `select distinct a.actor ->> 'id' as officer_id
          from (select resident_id from ${speakers} k where k.household_id = $1) s
            join application c on c.resident_id = s.resident_id
            join application_action a on a.application_id = c.id
          where a.actor ->> 'kind' = 'officer'`,
        [householdId],
      )
      return rows.map(({ officer_id: officerId }) => officerId)
    },
    setCode: async ({ campaignId, householdId }, code, at) => {
      const index = cipher.index('survey_door_code|code', code)
      await client.query(
        `insert into survey_door_code (code_index, campaign_id, household_id, issued_at) values ($1, $2, $3, $4)
          on conflict do nothing`,
        [index, campaignId, householdId, moment(at)],
      )
      const { rows } = await client.query<{ household_id: string; campaign_id: string }>(
        'select campaign_id, household_id from survey_door_code where code_index = $1',
        [index],
      )
      return rows.some(row => row.household_id === householdId && row.campaign_id === campaignId)
    },
    openFor: async (householdIds, at) => {
      const { rows } = await client.query<{ campaign_id: string; household_id: string; kind: string }>(
        `select w.campaign_id, w.household_id, c.kind from campaign_household w join campaign c on c.id = w.campaign_id
          where w.household_id = any($1) and w.asked_at is not null and w.status in ('asked', 'officer')
            and c.status in ('running', 'paused') and c.opens_at <= $2 and c.closes_at > $2
            and not exists (select from survey_response r where r.campaign_id = w.campaign_id
              and r.household_id = w.household_id and r.status = 'finished')
          order by c.opens_at desc, c.id desc, w.household_id limit 5`,
        [householdIds, moment(at)],
      )
      return rows.map(({ campaign_id: campaignId, household_id: householdId, kind }) => {
        return { campaignId, householdId, kind: oneOf(surveyKinds, kind) }
      })
    },
    opened: async ({ campaignId, householdId }, at) => {
      await client.query(
        `update campaign_household set opened_at = $3 where campaign_id = $1 and household_id = $2 and opened_at is null`,
        [campaignId, householdId, moment(at)],
      )
    },
    reply: async ({ campaignId, householdId }, reply, at) => {
      await client.query(
        `update campaign_household set reply = $3, replied_at = $4, opened_at = coalesce(opened_at, $4)
          where campaign_id = $1 and household_id = $2`,
        [campaignId, householdId, reply, moment(at)],
      )
    },
    keep: async response => {
      const { campaignId, householdId, villageCode, flow, revision, status, way, askedBy, at } = response
      const sealed = cipher.seal(
        'survey_response|answers',
        rowOf(campaignId, householdId),
        JSON.stringify(response.answers),
      )
      const { rowCount } = await client.query(
        `insert into survey_response as r (campaign_id, household_id, village_code, flow, revision, answers, status, way,
            asked_by, started_at, updated_at, finished_at)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, case when $7 = 'finished' then $10::timestamptz end)
          on conflict (campaign_id, household_id) do update set flow = excluded.flow, revision = excluded.revision,
            answers = excluded.answers, status = excluded.status, way = excluded.way, asked_by = excluded.asked_by,
            updated_at = excluded.updated_at, finished_at = excluded.finished_at
          where r.status = 'partial'`,
        [campaignId, householdId, villageCode, flow, revision, sealed, status, way, askedBy, moment(at)],
      )
      return rowCount === 1
    },
    count: async ({ campaignId, villageCode, way }, tallies) => {
      // In one order, or two answers of one village would wait for each other.
      const sorted = tallies.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
      await client.query(
        `insert into survey_count as s (campaign_id, village_code, way, question, option, n)
          select $1, $2, $3, t.question, t.option, 1 from unnest($4::text[], $5::text[]) as t (question, option)
          on conflict (campaign_id, village_code, way, question, option) do update set n = s.n + 1`,
        [campaignId, villageCode, way, sorted.map(({ question }) => question), sorted.map(({ option }) => option)],
      )
    },
    addWords: async ({ id, campaignId, villageCode, question, words }) => {
      await client.query(
        'insert into survey_words (id, campaign_id, village_code, question, words) values ($1, $2, $3, $4, $5)',
        [id, campaignId, villageCode, question, cipher.seal('survey_words|words', id, words)],
      )
    },
    responsesOf: async householdIds => {
      const { rows } = await client.query<{
        campaign_id: string
        household_id: string
        title: string
        updated_at: number
        answers: Buffer
      }>(
        `select r.campaign_id, r.household_id, c.title, r.updated_at, r.answers from survey_response r
          join campaign c on c.id = r.campaign_id where r.household_id = any($1) order by r.updated_at desc limit 100`,
        [householdIds],
      )
      return rows.map(row => ({
        title: row.title,
        at: row.updated_at,
        answers: openAnswers(work, row.campaign_id, row.household_id, row.answers),
      }))
    },
  }
}

const orderOf = ({ question, option }: { question: string; option: string }) => `${question} ${option}`

function openAnswers({ cipher }: Work, campaignId: string, householdId: string, sealed: Buffer): SurveyAnswers {
  return parseOwn<SurveyAnswers>(cipher.open('survey_response|answers', rowOf(campaignId, householdId), sealed))
}

function askedOf(work: Work, row: AskedRow): AskedHousehold {
  const { campaign_id: campaignId, household_id: householdId, answers } = row
  return {
    ...{ campaignId, householdId, villageCode: row.village_code, campaign: surveyCampaignOf(row) },
    status: oneOf(statuses, row.status),
    reply: row.reply === null ? null : oneOf(replies, row.reply),
    response: answers && {
      status: oneOf(answerStatuses, row.answer_status ?? ''),
      way: oneOf(surveyWays, row.way ?? ''),
      answers: openAnswers(work, campaignId, householdId, answers),
    },
  }
}
