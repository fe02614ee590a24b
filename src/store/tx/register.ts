import type { Tx } from '../../app/ports.ts'
import type { RegisterEntry, RegisterHolder } from '../../domain/certificateRegister.ts'
import type { FieldCipher } from '../fieldCipher.ts'
import { moment, oneOf, parseOwn } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'
import { certificateStatuses } from './certificates.ts'

interface RegisterRow {
  id: string
  document: string
  number: string
  region_code: string
  resident_id: string | null
  content: Buffer
  issued_on: string
  office: string
  status: string
  superseded_by: string | null
  source: string
  locked_until: number | null
}

const columns = `r.id, r.document, r.number, r.region_code, r.resident_id, r.content, r.issued_on, r.office, r.status,
  r.superseded_by, r.source, r.locked_until`
const sources = ['own', 'imported'] as const

export function registerIn(work: Work): Tx['register'] {
  const { client, cipher } = work
  const find = async (text: string, wanted: unknown[]) => {
    const { condition, values } = withinScope(work.scope(), 'r', wanted.length + 1)
    const query = `select ${columns} from certificate_register r where ${text} and ${condition} order by r.issued_on desc, r.id`
    const { rows } = await client.query<RegisterRow>(query, [...wanted, ...values])
    return rows.map(row => entryOf(work, row))
  }
  return {
    upsert: entries => upsert(work, entries),
    ofHolder: (document, idNumber) =>
      find('r.holder_index = $1 and r.document = $2', [
        cipher.index('certificate_register|holder', idNumber),
        document,
      ]),
    byNumber: async (document, number) =>
      (await find('r.document = $1 and r.number = $2', [document, number]))[0] ?? null,
    setStatus: async (id, status, supersededBy) => {
      await client.query('update certificate_register set status = $2, superseded_by = $3 where id = $1', [
        id,
        status,
        supersededBy,
      ])
    },
    lock: async (id, until) => {
      await client.query('update certificate_register set locked_until = $2 where id = $1', [id, moment(until)])
    },
  }
}

function entryOf({ cipher }: Work, row: RegisterRow): RegisterEntry {
  return {
    id: row.id,
    document: row.document,
    number: row.number,
    holder: parseOwn<RegisterHolder>(cipher.open('certificate_register|content', row.id, row.content)),
    issuedOn: row.issued_on,
    office: row.office,
    regionCode: row.region_code,
    residentId: row.resident_id,
    status: oneOf(certificateStatuses, row.status),
    supersededBy: row.superseded_by,
    source: oneOf(sources, row.source),
    lockedUntil: row.locked_until,
  }
}

/**
 * All in one statement. A document that is there is brought up to date unless nothing changed. What was revoked or replaced
 * here stays so: an older book does not make it valid again.
 */
async function upsert({ client, cipher }: Work, entries: readonly RegisterEntry[]): Promise<number> {
  if (entries.length === 0) return 0
  const known = await idsOf({ client }, entries)
  const rows = entries.map(entry => {
    const id = known.get(`${entry.document} ${entry.number}`) ?? entry.id
    const { holder, content, digest } = sealedEntry(cipher, id, entry)
    return {
      id,
      document: entry.document,
      number: entry.number,
      region: entry.regionCode,
      resident: entry.residentId,
      holder: holder.toString('hex'),
      content: content.toString('hex'),
      digest: digest.toString('hex'),
      issued: entry.issuedOn,
      office: entry.office,
      status: entry.status,
      source: entry.source,
    }
  })
  const { rowCount } = await client.query(upsertText, [JSON.stringify(rows)])
  return rowCount ?? 0
}

/** What is kept of an entry beside its clear columns. The digest is the same whatever the row is called. */
export function sealedEntry(
  cipher: FieldCipher,
  id: string,
  { holder, issuedOn, office, regionCode, status }: Omit<RegisterEntry, 'id'>,
): { holder: Buffer; content: Buffer; digest: Buffer } {
  const content = JSON.stringify(holder)
  return {
    holder: cipher.index('certificate_register|holder', holder.idNumber),
    content: cipher.seal('certificate_register|content', id, content),
    digest: cipher.index(
      'certificate_register|digest',
      JSON.stringify([content, issuedOn, office, regionCode, status]),
    ),
  }
}

/** What a book may change: nothing of ours, nothing that is as it says, and no end that is known here. */
export const registerMerge = `on conflict (document, number) do update set region_code = excluded.region_code,
    holder_index = excluded.holder_index, content = excluded.content, digest = excluded.digest,
    issued_on = excluded.issued_on, office = excluded.office,
    status = case when certificate_register.status = 'valid' then excluded.status else certificate_register.status end
  where certificate_register.source = excluded.source and certificate_register.digest <> excluded.digest`

const upsertText = `insert into certificate_register (id, document, number, region_code, resident_id, holder_index, content,
    digest, issued_on, office, status, source)
  select id, document, number, region, resident, decode(holder, 'hex'), decode(content, 'hex'), decode(digest, 'hex'), issued,
    office, status, source
  from json_to_recordset($1) as r (id text, document text, number text, region text, resident text, holder text,
    content text, digest text, issued date, office text, status text, source text)
  ${registerMerge}`

/** A sealed field is bound to its row, so a row that is there keeps its id. */
async function idsOf(
  { client }: Pick<Work, 'client'>,
  entries: readonly RegisterEntry[],
): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; document: string; number: string }>(
    `select r.id, r.document, r.number from certificate_register r
      join unnest($1::text[], $2::text[]) as w (document, number) using (document, number)`,
    [entries.map(({ document }) => document), entries.map(({ number }) => number)],
  )
  return new Map(rows.map(({ id, document, number }) => [`${document} ${number}`, id]))
}
