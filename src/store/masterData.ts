import type pg from 'pg'
import { z } from 'zod'
import type { Actor } from '../domain/application.ts'
import type { OfficerEntry } from '../domain/import/officers.ts'
import type { CountyList } from '../domain/import/regions.ts'
import type { ListedSeat } from '../domain/import/seats.ts'
import type { VillageSeat } from '../domain/seats/villageSeat.ts'
import type { OfficerAccounts } from '../app/officer/officerChanges.ts'
import type { Officer } from '../domain/officer.ts'
import type { WorkCalendar } from '../domain/workingDays.ts'
import type { Instant } from '../domain/world.ts'
import { asSystem } from './asSystem.ts'
import { endSessions, leaveOffice, leavePlace, type DepartureWork } from './officerDeparture.ts'
import { officerColumns, officerOf, type OfficerRow } from './officers.ts'
import { moment } from './rows.ts'
import { auditIn } from './tx/audit.ts'
import { seatsIn } from './tx/seats.ts'

/** What was imported and takes the place of built-in data at the start of every process. */
export interface ImportedData {
  calendars: WorkCalendar[]
  counties: CountyList[]
}

export interface OfficerChange {
  create: { id: string; entry: OfficerEntry; passwordHash: string }[]
  update: { before: Officer; after: OfficerEntry }[]
  disable: Officer[]
}

/** Whose list it was, when it came by a county's own page. */
export interface OfficerOrder {
  by: Actor
  /** SHA-256 of the file in hex. */
  fileHash: string
  /** The county. */
  regionCode: string
}

export interface PasswordRenewal {
  officerId: string
  /** He works here or below, else nothing happens. */
  within: string
  passwordHash: string
  by: Actor
  reason: string
}

/** Every change is one transaction with its entry in the audit trail: all of a file or nothing. */
export interface MasterData extends OfficerAccounts {
  read(): Promise<ImportedData>
  /** @throws OfficersMoved when somebody changed one of these officers since they were read; then nothing was written. */
  changeOfficers(change: OfficerChange, at: Instant, order?: OfficerOrder): Promise<void>
  /** Ends his sessions too. Null when no working officer of this place, other than an auditor, has this id. */
  renewPassword(renewal: PasswordRenewal, at: Instant): Promise<Officer | null>
  saveCalendar(calendar: WorkCalendar, at: Instant): Promise<void>
  /** `list` null: the places stay as they are. */
  saveCounty(county: CountyChange, at: Instant): Promise<void>
  /** Where the village offices of a county lie. */
  seats(county: string): Promise<VillageSeat[]>
}

export interface CountyChange {
  county: string
  list: CountyList | null
  /** Village offices that the list places anew. */
  seats: ListedSeat[]
}

/** The officers are not as they were when the change was planned. */
export class OfficersMoved extends Error {
  override readonly name = 'OfficersMoved'
}

type Sources = Omit<DepartureWork, 'client'> & { pool: pg.Pool }

const days = z.array(z.iso.date())
const pairs = z.array(z.tuple([z.string(), z.string()]))
const calendarRow = z.object({ year: z.int(), days_off: days, make_up_days: days, source: z.string() })
const countyRow = z.object({ county_code: z.string(), places: pairs, aliases: pairs })

export function openMasterData({ pool, cipher, newId }: Sources): MasterData {
  return {
    read: () => readImported(pool),
    officers: async () => {
      const { rows } = await pool.query<OfficerRow>(`select ${officerColumns} from officer o order by o.username`)
      return rows.map(officerOf)
    },
    changeOfficers: (change, at, order) =>
      asSystem(pool, client => changeOfficers({ client, cipher, newId }, { change, order: order ?? null }, at)),
    renewPassword: (renewal, at) => asSystem(pool, client => renewPassword({ client, cipher, newId }, renewal, at)),
    changeOfficer: async (change, at) => {
      try {
        await asSystem(pool, client => changeOfficer({ client, cipher, newId }, change, at))
        return true
      } catch (error) {
        if (error instanceof OfficersMoved) return false
        throw error
      }
    },
    saveCalendar: (calendar, at) => asSystem(pool, client => saveCalendar(client, calendar, at)),
    saveCounty: (change, at) => asSystem(pool, client => saveCounty(client, change, at)),
    seats: county => asSystem(pool, client => seatsIn({ client }).within(county)),
  }
}

async function readImported(pool: pg.Pool): Promise<ImportedData> {
  const calendars = await pool.query('select year, days_off, make_up_days, source from work_calendar order by year')
  const counties = await pool.query('select county_code, places, aliases from county_list order by county_code')
  return {
    calendars: z
      .array(calendarRow)
      .parse(calendars.rows)
      .map(row => ({ year: row.year, daysOff: row.days_off, makeUpDays: row.make_up_days, source: row.source })),
    counties: z
      .array(countyRow)
      .parse(counties.rows)
      .map(row => ({ county: row.county_code, rows: row.places, aliases: row.aliases })),
  }
}

async function saveCalendar(client: pg.ClientBase, calendar: WorkCalendar, at: Instant): Promise<void> {
  const { year, daysOff, makeUpDays, source } = calendar
  await client.query(
    `insert into work_calendar (year, days_off, make_up_days, source, imported_at) values ($1, $2, $3, $4, $5)
      on conflict (year) do update set days_off = excluded.days_off, make_up_days = excluded.make_up_days,
        source = excluded.source, imported_at = excluded.imported_at`,
    [year, JSON.stringify(daysOff), JSON.stringify(makeUpDays), source, moment(at)],
  )
  await note(client, { action: 'masterData.calendar', objectId: String(year), regionCode: null, at })
}

async function saveCounty(client: pg.ClientBase, { county, list, seats }: CountyChange, at: Instant): Promise<void> {
  if (list) await saveList(client, list, at)
  for (const seat of seats) {
    await seatsIn({ client }).record({ ...seat, accuracy: null, source: 'list', by: null, at })
  }
  if (seats.length > 0) await note(client, { action: 'masterData.seats', objectId: county, regionCode: county, at })
}

async function saveList(client: pg.ClientBase, { county, rows, aliases }: CountyList, at: Instant): Promise<void> {
  await client.query(
    `insert into county_list (county_code, places, aliases, imported_at) values ($1, $2, $3, $4)
      on conflict (county_code) do update set places = excluded.places, aliases = excluded.aliases,
        imported_at = excluded.imported_at`,
    [county, JSON.stringify(rows), JSON.stringify(aliases), moment(at)],
  )
  await note(client, { action: 'masterData.regions', objectId: county, regionCode: county, at })
}

async function changeOfficers(
  work: DepartureWork,
  { change, order }: { change: OfficerChange; order: OfficerOrder | null },
  at: Instant,
): Promise<void> {
  const { client } = work
  const touched = [
    ...(await create(client, change.create, at)),
    ...(await update(work, change.update, at)),
    ...(await disable(work, change.disable, at)),
  ]
  for (const { id, regionCode, what } of touched) {
    await note(client, {
      action: `masterData.officer.${what}`,
      objectId: id,
      regionCode,
      at,
      actor: order?.by ?? SYSTEM,
    })
  }
  if (order) await auditOf(work).add({ ...entryOf(order, change), at })
}

function entryOf({ by, fileHash, regionCode }: OfficerOrder, { create, update, disable }: OfficerChange) {
  const detail = { added: create.length, changed: update.length, disabled: disable.length }
  return { actor: by, action: 'import.officers', objectKind: 'import', objectId: fileHash, regionCode, detail }
}

function auditOf(work: DepartureWork) {
  return auditIn({ ...work, scope: () => ({ kind: 'system' }) })
}

/** @throws OfficersMoved */
async function changeOfficer(
  work: DepartureWork,
  { before, wish, by, reason }: Parameters<OfficerAccounts['changeOfficer']>[0],
  at: Instant,
): Promise<void> {
  const { id: objectId, username, name } = before
  const { role, regionCode, officePhone, disabled } = wish
  // The change first: who is to leave leaves the place where he was sent, and nothing of the former one stays with him.
  const differs = before.role !== role || before.regionCode !== regionCode || before.officePhone !== officePhone
  const after = { username, name, role, regionCode, officePhone }
  if (differs || (before.disabled && !disabled)) await update(work, [{ before, after }], at)
  if (disabled && (!before.disabled || differs)) await disable(work, [{ ...before, ...wish }], at)
  const detail = {
    ...{ fromRole: before.role, toRole: role, fromRegion: before.regionCode, toRegion: regionCode, disabled },
  }
  const action = `masterData.officer.${disabled ? 'disabled' : 'changed'}`
  await auditOf(work).add({ actor: by, action, objectKind: 'officer', objectId, regionCode, detail, reason, at })
}

async function renewPassword(
  work: DepartureWork,
  { officerId, within, passwordHash, by, reason }: PasswordRenewal,
  at: Instant,
): Promise<Officer | null> {
  const { rows } = await work.client.query<OfficerRow>(
    `update officer o set password_hash = $3, failures = 0, locked_until = null
      where o.id = $1 and starts_with(o.region_code, $2) and o.role <> 'auditor' and not o.disabled
      returning ${officerColumns}`,
    [officerId, within, passwordHash],
  )
  const [row] = rows
  if (!row) return null
  const officer = officerOf(row)
  await endSessions(work, [officer.id])
  const { id: objectId, regionCode } = officer
  const detail = { username: officer.username }
  const action = 'masterData.officer.passwordRenewed'
  await auditOf(work).add({ actor: by, action, objectKind: 'officer', objectId, regionCode, detail, reason, at })
  return officer
}

interface Touched {
  id: string
  regionCode: string
  what: 'created' | 'changed' | 'disabled'
}

async function create(client: pg.ClientBase, officers: OfficerChange['create'], at: Instant): Promise<Touched[]> {
  const rows = officers.map(({ id, entry, passwordHash }) => ({ id, ...entry, passwordHash }))
  const { rowCount } = await client.query(
    `insert into officer (id, username, name, role, region_code, office_phone, password_hash, created_at)
      select id, username, name, role, "regionCode", "officePhone", "passwordHash", $2
      from jsonb_to_recordset($1) as n (id text, username text, name text, role text, "regionCode" text,
        "officePhone" text, "passwordHash" text)
      on conflict (username) do nothing`,
    [JSON.stringify(rows), moment(at)],
  )
  expectAll(rowCount, rows.length)
  return rows.map(({ id, regionCode }) => ({ id, regionCode, what: 'created' }))
}

/**
 * Each row is changed only while it still is as it was read. Who goes to another place leaves his tasks of the former one; a new
 * role or place begins with a new log-in.
 */
async function update(work: DepartureWork, officers: OfficerChange['update'], at: Instant): Promise<Touched[]> {
  const rows = officers.map(({ before, after }) => ({ ...after, id: before.id, before }))
  const { rowCount } = await work.client.query(
    `update officer o set name = n.name, role = n.role, region_code = n."regionCode", office_phone = n."officePhone",
        disabled = false
      from jsonb_to_recordset($1) as n (id text, name text, role text, "regionCode" text, "officePhone" text, before jsonb)
      where o.id = n.id and o.name = n.before ->> 'name' and o.role = n.before ->> 'role'
        and o.region_code = n.before ->> 'regionCode' and o.disabled = (n.before ->> 'disabled')::boolean
        and o.office_phone is not distinct from n.before ->> 'officePhone'`,
    [JSON.stringify(rows)],
  )
  expectAll(rowCount, rows.length)
  await leavePlace(work, rows, at)
  const elsewhere = rows.filter(
    ({ before, ...now }) => before.role !== now.role || before.regionCode !== now.regionCode,
  )
  await endSessions(
    work,
    elsewhere.map(({ id }) => id),
  )
  return rows.map(({ id, regionCode }) => ({ id, regionCode, what: 'changed' }))
}

/** Sessions end with the account and tasks go back to the list; chat asks at every turn whether its officer still works. */
async function disable(work: DepartureWork, officers: Officer[], at: Instant): Promise<Touched[]> {
  const ids = officers.map(({ id }) => id)
  const { rowCount } = await work.client.query(
    'update officer set disabled = true where id = any($1) and not disabled',
    [ids],
  )
  expectAll(rowCount, ids.length)
  await leaveOffice(work, ids, at)
  return officers.map(({ id, regionCode }) => ({ id, regionCode, what: 'disabled' }))
}

function expectAll(changed: number | null, wanted: number): void {
  if (changed !== wanted) throw new OfficersMoved(`${wanted} officers were to change, ${changed ?? 0} were as planned`)
}

interface Note {
  action: string
  objectId: string
  regionCode: string | null
  at: Instant
  actor?: Actor
}

const SYSTEM: Actor = { kind: 'system' }

async function note(client: pg.ClientBase, { action, objectId, regionCode, at, actor = SYSTEM }: Note): Promise<void> {
  await client.query(
    `insert into audit (actor, action, object_kind, object_id, region_code, detail, at)
      values ($6, $1, $2, $3, $4, '{}', $5)`,
    [action, action.split('.')[1], objectId, regionCode, moment(at), JSON.stringify(actor)],
  )
}
