import {
  goneWays,
  type HouseholdLink,
  type HouseholdPort,
  type ListedHousehold,
} from '../../app/households/householdPort.ts'
import { householdProofs } from '../../app/messages/messagePort.ts'
import { moment, oneOf, parseOwn } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'
import { BY_AGE, speakers } from './speakers.ts'

export function householdsIn(work: Work): HouseholdPort {
  return { ...lists(work), ...links(work), ...changes(work), ...phones(work) }
}

interface HouseholdRow {
  id: string
  region_code: string
  gone: string | null
  content: Buffer
}

type Lists = Pick<HouseholdPort, 'byId' | 'isGone' | 'byNumber' | 'ofVillage' | 'speakerCounts'>

function lists(work: Work): Lists {
  const { client, cipher } = work
  const read = async (where: string, first: string, limit: number): Promise<ListedHousehold[]> => {
    const { condition, values } = withinScope(work.scope(), 'h', 2)
    const { rows } = await client.query<HouseholdRow>(
      `select h.id, h.region_code, h.gone, h.content from household h where ${where} and ${condition}
        order by h.id limit ${limit}`,
      [first, ...values],
    )
    return rows.map(({ id, region_code: regionCode, gone, content }) => {
      const { number, headName } = parseOwn<{ number: string; headName: string }>(
        cipher.open('household|content', id, content),
      )
      return { id, number, headName, regionCode, gone: gone === null ? null : oneOf(goneWays, gone) }
    })
  }
  const one = async (id: string) => (await read('h.id = $1', id, 1))[0] ?? null
  return {
    byId: one,
    isGone: async id => {
      const { rows } = await client.query('select from household where id = $1 and gone is not null', [id])
      return rows.length > 0
    },
    byNumber: (countyCode, number) =>
      one(cipher.index('household|number', `${countyCode}|${number}`).toString('base64url')),
    ofVillage: (villageCode, limit) => read('h.region_code = $1', villageCode, limit),
    speakerCounts: async householdIds => {
      const { rows } = await client.query<{ household_id: string; n: number }>(
        `select s.household_id, count(distinct s.resident_id)::int as n from ${speakers} s
          where s.household_id = any($1) group by s.household_id`,
        [householdIds],
      )
      return new Map(rows.map(row => [row.household_id, row.n]))
    },
  }
}

interface LinkRow {
  household_id: string
  resident_id: string
  proof: string
  linked_by: string
  linked_at: number
  confirmed_at: number | null
}

type Links = Pick<HouseholdPort, 'linksOf' | 'linksAt' | 'choices'>

function links({ client }: Work): Links {
  const read = async (column: 'household_id' | 'resident_id', value: string): Promise<HouseholdLink[]> => {
    const { rows } = await client.query<LinkRow>(
      `select distinct on (s.linked_at, s.household_id, s.resident_id) s.*, case when s.proof = 'phone' then (
          select max(p.confirmed_at) from resident_phone p join household h on h.phone_index = p.phone_index
            where p.resident_id = s.resident_id and h.id = s.household_id) end as confirmed_at
        from ${speakers} s where s.${column} = $1
        order by s.linked_at, s.household_id, s.resident_id, s.proof`,
      [value],
    )
    return rows.map(row => ({
      ...{ householdId: row.household_id, residentId: row.resident_id, by: row.linked_by, since: row.linked_at },
      ...{ proof: oneOf(householdProofs, row.proof), confirmedAt: row.confirmed_at },
    }))
  }
  return {
    linksOf: residentId => read('resident_id', residentId),
    linksAt: householdId => read('household_id', householdId),
    choices: async residentId => {
      const { rows } = await client.query<{ id: string }>(
        `select distinct h.id from resident_phone p join household h on h.phone_index = p.phone_index
          where p.resident_id = $1 and h.gone is null
            and not exists (select from ${speakers} s where s.household_id = h.id and s.resident_id = $1)
          order by h.id`,
        [residentId],
      )
      return rows.map(({ id }) => id)
    },
  }
}

type Changes = Pick<HouseholdPort, 'endOthers' | 'choose' | 'end' | 'setGone'>

/** Ends links, one row for each: those written down, and phones, whose end is the only row that there is of them. */
const endText = (which: string) => `with ended as (
    update household_resident r set ended_by = $3, ended_at = $4 from household h
      where r.resident_id = $2 and r.ended_at is null and h.id = r.household_id and ${which} returning r.household_id
  ), unspoken as (
    insert into household_resident (household_id, resident_id, proof, linked_by, linked_at, ended_by, ended_at)
      select h.id, p.resident_id, 'phone', 'service', p.confirmed_at, $3, $4
      from resident_phone p join household h on h.phone_index = p.phone_index
      where p.resident_id = $2 and ${which} and not exists (select from household_resident e
        where e.household_id = h.id and e.resident_id = p.resident_id and e.proof = 'phone')
      returning household_id
  ) select household_id from ended union select household_id from unspoken`

type Ending = Parameters<HouseholdPort['end']>[0]

function changes({ client }: Work): Changes {
  const end = async (which: string, { householdId, residentId, by, at }: Ending): Promise<number> => {
    const { rowCount } = await client.query(endText(which), [householdId, residentId, by, moment(at)])
    return rowCount ?? 0
  }
  return {
    endOthers: ending =>
      end(
        'h.id <> $1 and left(h.region_code, 6) = (select left(k.region_code, 6) from household k where k.id = $1)',
        ending,
      ),
    end: async ending => (await end('h.id = $1', ending)) > 0,
    choose: async ({ householdId, residentId, at }) => {
      const { rowCount } = await client.query(
        `insert into household_resident (household_id, resident_id, proof, linked_by, linked_at)
          select h.id, p.resident_id, 'phone', 'service', $3
          from resident_phone p join household h on h.phone_index = p.phone_index
          where h.id = $1 and p.resident_id = $2 and h.gone is null limit 1
          on conflict (household_id, resident_id) where ended_at is null do nothing`,
        [householdId, residentId, moment(at)],
      )
      return rowCount === 1
    },
    setGone: async (householdId, { way, by, at }) => {
      const { rowCount } = await client.query(
        `update household set gone = $2, gone_by = $3, gone_at = $4 where id = $1 and gone is distinct from $2`,
        [householdId, way, by, moment(at)],
      )
      return rowCount === 1
    },
  }
}

type Phones = Pick<HouseholdPort, 'phoneConfirmedAt' | 'phoneRefusedAt' | 'refusePhone' | 'lapsedAt' | 'isOfficer'>

function phones({ client }: Work): Phones {
  const newest = async (text: string, residentId: string): Promise<number | null> => {
    const { rows } = await client.query<{ at: number | null }>(text, [residentId])
    return rows[0]?.at ?? null
  }
  return {
    phoneConfirmedAt: id => newest('select max(confirmed_at) as at from resident_phone where resident_id = $1', id),
    lapsedAt: id =>
      newest(
        `select case when r.ended_by = '${BY_AGE}' then r.ended_at end as at from household_resident r
          where r.resident_id = $1 order by r.ended_at desc nulls first limit 1`,
        id,
      ),
    phoneRefusedAt: id => newest('select refused_at as at from phone_refusal where resident_id = $1', id),
    refusePhone: async (residentId, at) => {
      await client.query(
        `insert into phone_refusal (resident_id, refused_at) values ($1, $2)
          on conflict (resident_id) do update set refused_at = excluded.refused_at`,
        [residentId, moment(at)],
      )
    },
    isOfficer: async residentId => {
      const { rows } = await client.query(
        `select from officer_identity o join resident_identity i on i.channel = o.channel and i.sender_index = o.sender_index
          where i.resident_id = $1 limit 1`,
        [residentId],
      )
      return rows.length > 0
    },
  }
}
