import { erasableKinds, type ErasableKind, type ErasureCause } from '../../domain/privacy/retention.ts'
import type { PrivacyPort } from '../../app/privacy/privacyPort.ts'
import { moment, oneOf } from '../rows.ts'
import { sealBlank } from '../turnRows.ts'
import { isUndecidedIn } from '../undecided.ts'
import type { Work } from '../work.ts'
import { proveDeletion } from './deletionProof.ts'
import { forgetMessages, forgetOldDecisions } from './forgetMessages.ts'
import { lapsePhones } from './lapsedPhones.ts'

/** The dialogue in which somebody asks for deletion is still being delivered; retention takes it later. */
const YOUNG = `interval '1 minute'`

const undecided = (owner: string) => `(
  exists (select from application a where a.resident_id = ${owner}
    and ${isUndecidedIn('a.status')})
  or exists (select from complaint c where c.resident_id = ${owner} and c.status <> 'closed'))`

/** Ended for good, and nobody waits to be told how. */
const settled = `o.status in ('sent', 'failed', 'undeliverable') and (not o.critical or o.told_at is not null)`

/** Rows of one resident ($1) that may go, now ($2). */
const ofResident: Partial<Record<ErasableKind, string>> = {
  chat: `delete from inbox i where i.resident_id = $1 and i.at < $2::timestamptz - ${YOUNG} returning i.turn_id as key`,
  messages: `delete from outbox o where o.resident_id = $1 and ${settled} and $2::timestamptz is not null
    returning o.id as key`,
  uploads: `delete from upload u where u.resident_id = $1 and not u.kept and u.at <= $2 returning u.id as key`,
  // With a case on file a consent is the proof that its data were asked for rightly: it stays as long as the case.
  consents: `delete from consent s where s.resident_id = $1 and s.at <= $2
    and not exists (select from application a where a.resident_id = $1) returning s.id::text as key`,
  timers: `delete from timer t where t.resident_id = $1 and $2::timestamptz is not null
    returning t.session_id || ':' || t.name as key`,
  forms: `update task t set detail = null where t.resident_id = $1 and t.detail is not null
    and t.status in ('done', 'cancelled') and t.created_at <= $2 returning t.id as key`,
}

/** Rows of anybody older than $1, at most $2. Of chat in no order: a sort would read all of it for each batch. */
const old: Partial<Record<ErasableKind, string>> = {
  chat: `delete from inbox where (channel, sender_index, message_key) in (
      select i.channel, i.sender_index, i.message_key from inbox i where i.at < $1 and not ${undecided('i.resident_id')}
      limit $2 for update skip locked) returning turn_id as key`,
  messages: `delete from outbox where id in (
      select o.id from outbox o where o.created_at < $1 and ${settled} and not ${undecided('o.resident_id')}
      limit $2 for update skip locked) returning id as key`,
  uploads: `delete from upload where id in (
      select u.id from upload u where u.at < $1 and not u.kept and not ${undecided('u.resident_id')}
      order by u.at limit $2 for update skip locked) returning id as key`,
  forms: `update task set detail = null where id in (
      select t.id from task t where t.closed_at < $1 and t.detail is not null and t.status in ('done', 'cancelled')
        and not coalesce(${undecided('t.resident_id')}, false)
      order by t.closed_at limit $2 for update skip locked) returning id as key`,
  // Days are counted from the end of the campaign; what was counted stays and holds nobody.
  surveyAnswers: `delete from survey_response where (campaign_id, household_id) in (
      select r.campaign_id, r.household_id from survey_response r join campaign c on c.id = r.campaign_id
      where c.closes_at < $1 limit $2 for update of r skip locked) returning campaign_id || '|' || household_id as key`,
  surveyWords: `delete from survey_words where id in (
      select w.id from survey_words w join campaign c on c.id = w.campaign_id
      where c.closes_at < $1 limit $2 for update of w skip locked) returning id as key`,
  staffAnswers: `with due as (
      select a.survey_id, a.officer_id from staff_survey_asked a join staff_survey s on s.id = a.survey_id
      where s.closes_at < $1 limit $2 for update of a skip locked),
    answers as (delete from staff_survey_answer where survey_id in (select survey_id from due))
    delete from staff_survey_asked a using due d where a.survey_id = d.survey_id and a.officer_id = d.officer_id
      returning a.survey_id || '|' || a.officer_id as key`,
  conversation: `update conversation set state = null, version = version + 1 where resident_id in (
      select v.resident_id from conversation v where v.updated_at < $1 and v.state is not null
        and not ${undecided('v.resident_id')}
      order by v.updated_at limit $2 for update skip locked) returning resident_id as key`,
}

/** Families whose days are over, held until they are gone. */
const endedFamilies = `select f.id from care_family f where f.ended_at < $1 and f.status = 'ended' order by f.ended_at limit $2
  for update skip locked`
const familiesGone = `with actions as (delete from care_action where family_id = any($1)),
    links as (delete from care_link where family_id = any($1)),
    signups as (delete from care_signup where family_id = any($1))
  delete from care_family where id = any($1) returning id as key`

export function privacyIn(work: Work): PrivacyPort {
  const { client } = work
  const erase = async (
    kind: ErasableKind,
    cause: ErasureCause,
    at: number,
    query: { text: string; values: unknown[] },
  ) => {
    const { rows } = await client.query<{ key: string }>(query.text, query.values)
    await proveDeletion(work, { kind, cause, at, keys: rows.map(({ key }) => key) })
    return rows.length
  }
  return {
    held: residentId => held(work, residentId),
    endConsent: async (residentId, purpose, at) => {
      const { rowCount } = await client.query(
        `insert into consent (resident_id, session_id, purpose, version, text_hash, granted, at)
          select resident_id, 'privacy', purpose, version, text_hash, false, $3 from (
            select distinct on (purpose) * from consent where resident_id = $1 and purpose = $2
            order by purpose, at desc, id desc) last
          where last.granted`,
        [residentId, purpose, moment(at)],
      )
      return rowCount === 1
    },
    hasOpenCase: async residentId => {
      const { rows } = await client.query<{ open: boolean }>(`select ${undecided('$1')} as open`, [residentId])
      return rows[0]?.open ?? false
    },
    erase: async (residentId, cause, at) => {
      const erased = []
      for (const [kind, text] of entries(ofResident)) {
        erased.push({ kind, rows: await erase(kind, cause, at, { text, values: [residentId, moment(at)] }) })
      }
      return erased
    },
    blankChat: (residentId, since) => blankChat(work, residentId, since),
    closeAccount: async (residentId, at) => {
      await client.query('update resident set closed_at = $2 where id = $1', [residentId, moment(at)])
    },
    purge: async (residentId, cause, at) => {
      await client.query('delete from resident_session where resident_id = $1', [residentId])
      await client.query(
        `update conversation set state = null, version = version + 1, last_channel = null, last_sender_index = null
          where resident_id = $1`,
        [residentId],
      )
      await forgetMessages(work, residentId)
      const text = `delete from resident_identity where resident_id = $1 returning encode(sender_index, 'hex') as key`
      await erase('account', cause, at, { text, values: [residentId] })
      await client.query('update resident set closed_at = null where id = $1', [residentId])
    },
    closedAccounts: async (before, limit) => {
      // Whoever wrote again ten minutes after closing has come back.
      await client.query(
        `update resident r set closed_at = null from conversation v
          where v.resident_id = r.id and r.closed_at is not null and v.updated_at > r.closed_at + interval '10 minutes'`,
      )
      const { rows } = await client.query<{ id: string }>(
        `select r.id from resident r where r.closed_at < $1 and not ${undecided('r.id')} order by r.closed_at limit $2`,
        [moment(before), limit],
      )
      return rows.map(({ id }) => id)
    },
    lapsePhones: (before, at, limit) => lapsePhones(work, before, at, limit),
    forgetDecisions: (at, limit) => forgetOldDecisions(work, at, limit),
    deleteOld: async (kind, before, at, limit) => {
      if (kind === 'care') {
        const { rows } = await client.query<{ id: string }>(endedFamilies, [moment(before), limit])
        const families = rows.map(({ id }) => id)
        // While they can still be found by the family.
        await client.query('select forget_care_tasks($1)', [families])
        return erase(kind, 'retention', at, { text: familiesGone, values: [families] })
      }
      const text = old[kind]
      if (text === undefined) throw new Error(`nothing of the kind ${kind} ends by its age`)
      return erase(kind, 'retention', at, { text, values: [moment(before), limit] })
    },
  }
}

const entries = (queries: Partial<Record<ErasableKind, string>>): [ErasableKind, string][] =>
  Object.entries(queries).map(([kind, text]) => [oneOf(erasableKinds, kind), text])

async function held({ client }: Work, residentId: string): Promise<Awaited<ReturnType<PrivacyPort['held']>>> {
  const counts = await client.query<{ turns: number; messages: number; uploads: number; channels: string[] }>(
    `select (select count(*)::int from inbox where resident_id = $1) as turns,
      (select count(*)::int from outbox where resident_id = $1) as messages,
      (select count(*)::int from upload where resident_id = $1) as uploads,
      (select coalesce(array_agg(distinct channel order by channel), '{}') from resident_identity where resident_id = $1)
        as channels`,
    [residentId],
  )
  const consents = await client.query<{ purpose: string; version: number; at: number; granted: boolean }>(
    `select distinct on (purpose) purpose, version, at, granted from consent where resident_id = $1
      order by purpose, at desc, id desc`,
    [residentId],
  )
  const { turns = 0, messages = 0, uploads = 0, channels = [] } = counts.rows[0] ?? {}
  return {
    ...{ turns, messages, uploads },
    channels,
    consents: consents.rows
      .filter(({ granted }) => granted)
      .map(({ purpose, version, at }) => ({ purpose, version, at })),
  }
}

/** The rows stay, so that a message which comes twice is still known. */
async function blankChat({ client, cipher }: Work, residentId: string, since: number): Promise<void> {
  const { rows } = await client.query<{ turn_id: string }>(
    'select turn_id from inbox where resident_id = $1 and at >= $2 for update',
    [residentId, moment(since)],
  )
  const ids = rows.map(({ turn_id }) => turn_id)
  await client.query(
    `update inbox i set body = b.body from unnest($2::text[], $3::bytea[]) as b (turn_id, body)
      where i.resident_id = $1 and i.turn_id = b.turn_id`,
    [residentId, ids, ids.map(id => sealBlank(cipher, id))],
  )
  await client.query(
    `delete from outbox o where o.resident_id = $1 and o.created_at >= $2 and o.dedupe_key like 'turn:%' and ${settled}`,
    [residentId, moment(since)],
  )
}
