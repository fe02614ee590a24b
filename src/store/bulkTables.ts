import type pg from 'pg'
import type { BirthRow } from '../domain/import/births.ts'
import type { Household } from '../domain/import/households.ts'
import type { ListedEnds } from '../domain/import/listedEnds.ts'
import type { RegisterRow } from '../domain/import/registers.ts'
import { readEnds } from './bulkEnds.ts'
import type { FieldCipher, FieldPlace } from './fieldCipher.ts'
import { registerMerge, sealedEntry } from './tx/register.ts'

/** How a kind of list is staged, told apart from what is there, and merged. `$1` of `merge` is the moment, `$2` the file. */
export interface BulkTable<T> {
  /** Columns of the staging table behind `line`. */
  columns: readonly string[]
  /** What makes two rows of a file the same. */
  key: string
  values(row: T, cipher: FieldCipher): (string | number | Buffer | null)[]
  /** One row of counts: added, changed, unchanged, kept (as it is here, whatever the list says), gone (noted so by it). */
  counts: string
  merge: string
  /** What it ends; absent: nothing. Asked where `gone` is not zero. */
  ends?(client: pg.ClientBase): Promise<ListedEnds>
  /** Rows that lie here under another id than staged: a sealed field is bound to its row. Null where that cannot be. */
  reseal: { find: string; update: string; place: FieldPlace } | null
}

export interface Resealed {
  line: number
  id: string
  theirs: string
  content: Buffer
}

const countyOf = (regionCode: string) => regionCode.slice(0, 6)

/** What a row of the list leaves: where it does not say whether they are there, as it was. */
const goneNow = `(case when s.standing is null then h.gone else nullif(s.standing, 'there') end)`

export const householdTable: BulkTable<Household> = {
  columns: ['id text', 'region text', 'phone bytea', 'members int', 'content bytea', 'digest bytea', 'standing text'],
  key: 'id',
  values: ({ number, regionCode, headName, phone, members, standing }, cipher) => {
    const id = cipher.index('household|number', `${countyOf(regionCode)}|${number}`).toString('base64url')
    const content = JSON.stringify({ number, headName, phone })
    return [
      id,
      regionCode,
      phone === null ? null : cipher.index('household|phone', phone),
      members,
      cipher.seal('household|content', id, content),
      cipher.index('household|digest', JSON.stringify([content, regionCode, members])),
      standing,
    ]
  },
  counts: `select count(*) filter (where h.id is null) as added,
      count(*) filter (where h.digest <> s.digest or h.id is not null and ${goneNow} is distinct from h.gone) as changed,
      count(*) filter (where h.digest = s.digest and ${goneNow} is not distinct from h.gone) as unchanged, 0 as kept,
      count(*) filter (where ${goneNow} is not null and ${goneNow} is distinct from h.gone) as gone
    from import_stage s left join household h using (id)`,
  merge: `insert into household (id, region_code, phone_index, members, content, digest, imported_at, gone, gone_by, gone_at)
    select s.id, s.region, s.phone, s.members, s.content, s.digest, $1::timestamptz, ${goneNow},
        case when ${goneNow} is distinct from h.gone then 'list' else h.gone_by end,
        case when ${goneNow} is distinct from h.gone then $1 else h.gone_at end
      from import_stage s left join household h using (id) where $2::text is not null
    on conflict (id) do update set region_code = excluded.region_code, phone_index = excluded.phone_index,
      members = excluded.members, content = excluded.content, digest = excluded.digest, imported_at = excluded.imported_at,
      gone = excluded.gone, gone_by = excluded.gone_by, gone_at = excluded.gone_at
    where household.digest <> excluded.digest or household.gone is distinct from excluded.gone`,
  ends: readEnds,
  reseal: null,
}

export const registerTable: BulkTable<RegisterRow> = {
  columns: [
    ...['id text', 'document text', 'number text', 'region text', 'holder bytea', 'content bytea', 'digest bytea'],
    ...['issued date', 'office text', 'status text'],
  ],
  key: 'document, number',
  values: (row, cipher) => {
    const { document, number, regionCode, issuedOn, office, status } = row
    const id = cipher.index('certificate_register|number', `${document}|${number}`).toString('base64url')
    const { holder, content, digest } = sealedEntry(cipher, id, row)
    return [id, document, number, regionCode, holder, content, digest, issuedOn, office, status]
  },
  counts: `select count(*) filter (where r.id is null) as added,
      count(*) filter (where r.source = 'imported' and r.digest <> s.digest) as changed,
      count(*) filter (where r.source = 'imported' and r.digest = s.digest) as unchanged,
      count(*) filter (where r.source <> 'imported') as kept, 0 as gone
    from import_stage s left join certificate_register r using (document, number)`,
  merge: `insert into certificate_register (id, document, number, region_code, holder_index, content, digest, issued_on,
      office, status, source)
    select id, document, number, region, holder, content, digest, issued, office, status, 'imported' from import_stage
      where $1::timestamptz is not null and $2::text is not null
    ${registerMerge}`,
  reseal: {
    find: `select s.line, s.id, r.id as theirs, s.content from import_stage s
      join certificate_register r using (document, number)
      where r.id <> s.id and r.source = 'imported' and r.digest <> s.digest limit 1000`,
    update: `update import_stage s set id = n.id, content = decode(n.content, 'hex')
      from jsonb_to_recordset($1) as n (line int, id text, content text) where n.line = s.line`,
    place: 'certificate_register|content',
  },
}

export const birthTable: BulkTable<BirthRow> = {
  columns: ['birth bytea', 'region text', 'person bytea', 'other bytea', 'born date'],
  key: 'birth',
  values: ({ regionCode, birthDate, motherId, fatherId, mark }, cipher) => {
    // The hash under which a registration claims its person, so that both meet without a name.
    const person = (id: string) => cipher.index('application_subject|subject', `birthRegistration|${id}`)
    const birth = cipher.index('birth_list_entry|birth', [countyOf(regionCode), motherId, birthDate, mark].join('|'))
    return [birth, regionCode, person(motherId), fatherId === null ? null : person(fatherId), birthDate]
  },
  // The place stays the one of the first list: it has been counted there.
  counts: `select count(*) filter (where b.birth_key is null) as added,
      count(*) filter (where b.region_code = s.region and s.other <> coalesce(b.other_index, '')) as changed,
      count(*) filter (where b.region_code = s.region and (s.other is null or s.other = b.other_index)) as unchanged,
      count(*) filter (where b.region_code <> s.region) as kept, 0 as gone
    from import_stage s left join birth_list_entry b on b.birth_key = s.birth`,
  merge: `insert into birth_list_entry (list_id, line, region_code, person_index, other_index, birth_date, birth_key)
    select $2, line, region, person, other, born, birth from import_stage where $1::timestamptz is not null
    on conflict (birth_key) where birth_key is not null do update set other_index = excluded.other_index,
      compared_on = null
    where birth_list_entry.region_code = excluded.region_code and excluded.other_index is not null
      and excluded.other_index is distinct from birth_list_entry.other_index`,
  reseal: null,
}
