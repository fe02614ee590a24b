import type { LapsedPhones } from '../../app/privacy/privacyPort.ts'
import { moment } from '../rows.ts'
import type { Work } from '../work.ts'
import { proveDeletion } from './deletionProof.ts'
import { BY_AGE, phoneSpeaks } from './speakers.ts'

/** Held until they are gone: who confirms his anew at this moment waits, and confirms it as a new one. */
const oldest = `select resident_id, phone_index from resident_phone where confirmed_at < $1
  order by confirmed_at limit $2 for update skip locked`

/**
 * Ends what the phones of $1 and $2 prove, at $3, one row for each: links that were written down, unless a phone of the same
 * resident that was confirmed since $4 proves them as well, and those that are phones alone.
 */
const endLinks = `with due as (
    select p.resident_id, p.phone_index, p.confirmed_at from unnest($1::text[], $2::bytea[]) as d (resident_id, phone_index)
      join resident_phone p using (resident_id, phone_index)
  ), ended as (
    update household_resident r set ended_by = '${BY_AGE}', ended_at = $3 from household h
      where r.resident_id in (select resident_id from due) and r.proof = 'phone' and r.ended_at is null
        and h.id = r.household_id and not exists (select from resident_phone q
          where q.resident_id = r.resident_id and q.phone_index = h.phone_index and q.confirmed_at >= $4)
      returning r.household_id, r.resident_id
  ), unspoken as (
    insert into household_resident (household_id, resident_id, proof, linked_by, linked_at, ended_by, ended_at)
      select h.id, p.resident_id, 'phone', 'service', p.confirmed_at, '${BY_AGE}', $3
      from due p join household h on h.phone_index = p.phone_index where ${phoneSpeaks('h')}
      returning household_id, resident_id
  ), links as (select * from ended union select * from unspoken)
  select l.household_id as "householdId", l.resident_id as "residentId", h.region_code as "regionCode"
    from links l join household h on h.id = l.household_id order by 1, 2`

const gone = `delete from resident_phone p using unnest($1::text[], $2::bytea[]) as d (resident_id, phone_index)
  where p.resident_id = d.resident_id and p.phone_index = d.phone_index`

/** As `PrivacyPort.lapsePhones` says. */
export async function lapsePhones(work: Work, before: number, at: number, limit: number): Promise<LapsedPhones> {
  const { client } = work
  const { rows } = await client.query<{ resident_id: string; phone_index: Buffer }>(oldest, [moment(before), limit])
  if (rows.length === 0) return { phones: 0, links: [] }
  const due = [rows.map(row => row.resident_id), rows.map(row => row.phone_index)]
  const ended = await client.query<LapsedPhones['links'][number]>(endLinks, [...due, moment(at), moment(before)])
  await client.query(gone, due)
  const keys = rows.map(row => `${row.resident_id}|${row.phone_index.toString('hex')}`)
  await proveDeletion(work, { kind: 'phones', cause: 'retention', at, keys })
  return { phones: rows.length, links: ended.rows }
}
