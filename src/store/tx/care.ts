import { z } from 'zod'
import type { CareLink, CarePort } from '../../app/care/carePort.ts'
import { Conflict } from '../../app/ports.ts'
import type { CareAction, CareFamily } from '../../domain/care/careFamily.ts'
import type { CareCount } from '../../domain/care/careCoverage.ts'
import type { CareState } from '../../domain/care/careState.ts'
import { moment, oneOf, parseOwn, readCursor, writeCursor } from '../rows.ts'
import type { Work } from '../work.ts'
import { careActivitiesIn } from './careActivities.ts'
import { openOfCause } from './tasks.ts'

interface FamilyRow {
  id: string
  region_code: string
  resident_ids: string[]
  household_id: string | null
}

const columns = 'f.id, f.region_code, f.resident_ids, f.household_id'
const listCursor = z.tuple([z.string(), z.string()])
const actionRow = (familyId: string, seq: number) => `${familyId}:${seq}`

export function careIn(work: Work): CarePort {
  const { client } = work
  const one = async (condition: string, value: string, lock = ''): Promise<CareFamily | null> => {
    const seen = withinSight(work, 2)
    const text = `select ${columns} from care_family f where ${condition} and ${seen.condition} ${lock}`
    const { rows } = await client.query<FamilyRow>(text, [value, ...seen.values])
    return (await familiesOf(work, rows))[0] ?? null
  }
  const ids = async (text: string, values: unknown[]) =>
    (await client.query<{ id: string }>(text, values)).rows.map(({ id }) => id)
  return {
    insert: (family, state) => insert(work, family, state),
    byId: id => one('f.id = $1', id),
    lock: id => one('f.id = $1', id, 'for update of f'),
    of: who =>
      'residentId' in who
        ? one(`f.resident_ids @> array[$1] and f.status <> 'ended'`, who.residentId)
        : one(`f.household_id = $1 and f.status <> 'ended'`, who.householdId),
    ofTask: taskId =>
      one(`f.id = (select split_part(cause, ':', 2) from task where id = $1 and cause like 'care:%')`, taskId),
    append: async (action, state) => {
      await appendRow(work, action)
      await client.query(
        `update care_family set status = $2, leader_id = $3, cadre_id = $4, has_doctor = $5, has_card = $6,
            ended_at = case when $2 = 'ended' then coalesce(ended_at, $7) end
          where id = $1`,
        [action.familyId, ...holdingOf(state), moment(action.at)],
      )
    },
    link: async (id, to) => {
      const text =
        'residentId' in to
          ? `update care_family set resident_ids = array_append(resident_ids, $2) where id = $1 and not resident_ids @> array[$2]`
          : 'update care_family set household_id = $2 where id = $1'
      await client.query(text, [id, 'residentId' in to ? to.residentId : to.householdId])
    },
    list: filter => list(work, filter),
    toPlan: (day, limit) =>
      ids(
        `select id from care_family where status = 'active' and (planned_to is null or planned_to < $1)
          order by planned_to nulls first, id limit $2`,
        [day, limit],
      ),
    plannedUpTo: async id => {
      const text = 'select planned_to from care_family where id = $1'
      return (await client.query<{ planned_to: string | null }>(text, [id])).rows[0]?.planned_to ?? null
    },
    setPlannedTo: async (id, day) => {
      await client.query('update care_family set planned_to = $2 where id = $1', [id, day])
    },
    planAnew: async id => {
      await client.query('update care_family set planned_to = planned_to - 1 where id = $1', [id])
    },
    activeBelow: place =>
      ids(
        `select id from care_family where status = 'active' and region_code >= $1 and region_code < $1 || '~' order by id`,
        [place],
      ),
    ofContact: officerId =>
      ids('select id from care_family where $1 in (leader_id, cadre_id) order by id', [officerId]),
    counts: place => counts(work, place),
    openTasks: familyId => openOfCause(work, `care:${familyId}:`),
    showTasksTo: async (familyId, officerIds) => {
      await client.query(
        `update task set only_for = $2
          where cause >= $1 and cause < $1 || '~' and only_for is not null and only_for <> $2`,
        [`care:${familyId}:`, officerIds],
      )
    },
    ...linksIn(work),
    activities: careActivitiesIn(work),
  }
}

/** The same limit as row-level security has, once more in the query: the town, or one of the two contacts. */
function withinSight(work: Work, first: number): { condition: string; values: string[] } {
  const scope = work.scope()
  if (scope.kind === 'system') return { condition: 'true', values: [] }
  if (scope.kind === 'resident') return { condition: 'false', values: [] }
  const place = `f.region_code >= $${first} and f.region_code < $${first} || '~'`
  if (scope.regionCode.length === 9) return { condition: place, values: [scope.regionCode] }
  return {
    condition: `${place} and $${first + 1} in (f.leader_id, f.cadre_id)`,
    values: [scope.regionCode, scope.officerId],
  }
}

const holdingOf = ({ status, contacts, doctor, card }: CareState) => [
  ...[status, contacts.leader, contacts.cadre],
  ...[doctor !== null, card !== null],
]

async function insert(work: Work, family: CareFamily, state: CareState): Promise<void> {
  const { id, regionCode, residentIds, householdId, actions } = family
  // A household is that of one family; of one that has ended it goes over to who is looked after anew.
  if (householdId !== null) {
    const text = `update care_family set household_id = null where household_id = $1 and status = 'ended'`
    await work.client.query(text, [householdId])
  }
  await work.client.query(
    `insert into care_family (id, region_code, resident_ids, household_id, status, leader_id, cadre_id, has_doctor, has_card)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, regionCode, residentIds, householdId, ...holdingOf(state)],
  )
  for (const action of actions) await appendRow(work, action)
}

async function appendRow({ client, cipher }: Work, { familyId, seq, at, actor, event }: CareAction): Promise<void> {
  const { rowCount } = await client.query(
    `insert into care_action (family_id, seq, at, type, actor, event) values ($1, $2, $3, $4, $5, $6)
      on conflict do nothing`,
    [
      ...[familyId, seq, moment(at), event.type, JSON.stringify(actor)],
      cipher.seal('care_action|event', actionRow(familyId, seq), JSON.stringify(event)),
    ],
  )
  if (rowCount === 0) throw new Conflict(`Action ${seq} of this family is taken`)
}

async function list(work: Work, { ended, cursor, limit }: Parameters<CarePort['list']>[0]) {
  const [region, id] = readCursor(cursor, listCursor) ?? ['', '']
  const seen = withinSight(work, 5)
  const { rows } = await work.client.query<FamilyRow>(
    `select ${columns} from care_family f where (f.status = 'ended') = $1 and (f.region_code, f.id) > ($2, $3)
        and ${seen.condition} order by f.region_code, f.id limit $4`,
    [ended, region, id, limit + 1, ...seen.values],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > shown.length && last ? writeCursor([last.region_code, last.id]) : null
  return { items: await familiesOf(work, shown), next }
}

async function counts({ client }: Work, place: string): Promise<CareCount[]> {
  const { rows } = await client.query<{
    region_code: string
    families: number
    pair: number
    doctor: number
    card: number
  }>(
    `select region_code, count(*)::int as families,
        (count(*) filter (where leader_id is not null and cadre_id is not null))::int as pair,
        (count(*) filter (where has_doctor))::int as doctor, (count(*) filter (where has_card))::int as card
      from care_family where status = 'active' and region_code >= $1 and region_code < $1 || '~'
      group by region_code order by region_code`,
    [place],
  )
  return rows.map(row => ({
    ...{ regionCode: row.region_code, families: row.families },
    ...{ contactPair: row.pair, familyDoctor: row.doctor, greenChannel: row.card },
  }))
}

/** With their logs, in one query for all. */
async function familiesOf({ client, cipher }: Work, rows: FamilyRow[]): Promise<CareFamily[]> {
  if (rows.length === 0) return []
  const found = await client.query<{
    family_id: string
    seq: number
    at: number
    actor: CareAction['actor']
    event: Buffer
  }>('select family_id, seq, at, actor, event from care_action where family_id = any($1) order by family_id, seq', [
    rows.map(({ id }) => id),
  ])
  const actions = found.rows.map(({ family_id: familyId, seq, at, actor, event }): CareAction => {
    const opened = cipher.open('care_action|event', actionRow(familyId, seq), event)
    return { familyId, seq, at, actor, event: parseOwn<CareAction['event']>(opened) }
  })
  return rows.map(({ id, region_code, resident_ids, household_id }) => ({
    ...{ id, regionCode: region_code, residentIds: resident_ids, householdId: household_id },
    actions: actions.filter(({ familyId }) => familyId === id),
  }))
}

interface LinkRow {
  family_id: string
  purpose: string
  ref: string
  code: Buffer
  issued_at: number
  ends_at: number | null
  looks: number
  last_look_at: number | null
}

const linkColumns = 'family_id, purpose, ref, code, issued_at, ends_at, looks, last_look_at'
const purposes = ['card', 'errand'] as const
const linkRow = ({ familyId, purpose, ref }: Pick<CareLink, 'familyId' | 'purpose' | 'ref'>) =>
  `${familyId}:${purpose}:${ref}`

function linksIn({ client, cipher }: Work): Pick<CarePort, 'addLink' | 'links' | 'endLink' | 'look'> {
  const linkOf = (row: LinkRow): CareLink => {
    const known = { familyId: row.family_id, purpose: oneOf(purposes, row.purpose), ref: row.ref }
    return {
      ...known,
      code: cipher.open('care_link|code', linkRow(known), row.code).toString(),
      ...{ issuedAt: row.issued_at, endsAt: row.ends_at, looks: row.looks, lastLookAt: row.last_look_at },
    }
  }
  return {
    addLink: async ({ familyId, purpose, ref, code, issuedAt, endsAt }) => {
      const { rowCount } = await client.query(
        `insert into care_link (code_index, family_id, purpose, ref, code, issued_at, ends_at)
          values ($1, $2, $3, $4, $5, $6, $7) on conflict (code_index) do nothing`,
        [
          ...[cipher.index('care_link|index', code), familyId, purpose, ref],
          cipher.seal('care_link|code', linkRow({ familyId, purpose, ref }), code),
          ...[moment(issuedAt), endsAt === null ? null : moment(endsAt)],
        ],
      )
      return rowCount === 1
    },
    links: async familyId => {
      const text = `select ${linkColumns} from care_link where family_id = $1 order by issued_at, ref`
      return (await client.query<LinkRow>(text, [familyId])).rows.map(linkOf)
    },
    endLink: async (familyId, purpose, ref, at) => {
      await client.query(
        `update care_link set ends_at = $4 where family_id = $1 and purpose = $2 and ref = $3
          and (ends_at is null or ends_at > $4)`,
        [familyId, purpose, ref, moment(at)],
      )
    },
    look: async (code, purpose, at) => {
      const { rows } = await client.query<LinkRow>(
        `update care_link set looks = looks + 1, last_look_at = $3 where code_index = $1 and purpose = $2
          returning ${linkColumns}`,
        [cipher.index('care_link|index', code), purpose, moment(at)],
      )
      return rows[0] ? linkOf(rows[0]) : null
    },
  }
}
