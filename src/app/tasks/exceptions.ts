import { maskName } from '../../domain/mask.ts'
import type { ApplicationEvent, Matter } from '../../domain/application.ts'
import type { Officer } from '../../domain/officer.ts'
import type { TaskSource } from '../../domain/task.ts'
import { startOfDay, type Instant, type LocalDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Page, Tx } from '../ports.ts'
import type { ExceptionKind, ExceptionRow } from './exceptionPort.ts'
import { rulesAt } from './taskTime.ts'

/** What a supervisor asks for: one kind, from a day on, page by page. */
export interface ExceptionsAsked {
  kind: ExceptionKind
  /** Null: the last 90 days. */
  from: LocalDate | null
  cursor?: string
  limit: number
}

/** One exception in words; names of residents are masked. */
export interface ExceptionLine {
  kind: ExceptionKind
  /** Unique within the kind. */
  key: string
  at: Instant
  regionCode: string
  /** Of a case. */
  application: { id: string; number: string; matter: Matter; name: string } | null
  /** Of a task. */
  task: { id: string; source: TaskSource; summary: string } | null
  /** Who did or allowed it; null for the service and for residents. */
  by: { name: string | null; role: string; regionCode: string } | null
  /** Why a second request was allowed: it stands on the paper. Residents' own words are read in the log of the task. */
  reason: string | null
  times: number
}

/** A quarter: what supervisors check is over by then. */
const DAYS_BACK_MS = 90 * 86_400_000

/** Exceptions in an officer's place, newest first. */
export async function exceptionsOf(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { kind, from, ...page }: ExceptionsAsked,
): Promise<Page<ExceptionLine>> {
  const since = from === null ? parts.world.now() - DAYS_BACK_MS : startOfDay(from)
  const urges = rulesAt(parts, officer.regionCode).urgesPerDay
  const { items, next } = await tx.exceptions.list({ kind, since, urges, ...page })
  const applications = await applicationsOf(tx, items)
  const tasks = await tasksOf(tx, items)
  const names = await namesOf(tx, items)
  return {
    next,
    items: items.map(row => ({
      ...{ kind, key: `${row.id}:${row.seq}`, at: row.at, regionCode: row.regionCode, times: row.times },
      application: applications.get(row.id)?.shown ?? null,
      task: tasks.get(row.id) ?? null,
      by: byOf(row, names),
      reason: reasonOf(applications.get(row.id)?.events.get(row.seq)),
    })),
  }
}

async function applicationsOf(tx: Tx, rows: readonly ExceptionRow[]) {
  const found = await tx.applications.byIds([...idsOf(rows, 'application')])
  return new Map(
    found.map(({ id, number, matter, content, actions }) => [
      id,
      {
        shown: { id, number, matter, name: maskName(content.applicantName) },
        events: new Map(actions.map(({ seq, event }) => [seq, event])),
      },
    ]),
  )
}

async function tasksOf(tx: Tx, rows: readonly ExceptionRow[]) {
  const found = await tx.tasks.byIds([...idsOf(rows, 'task')])
  return new Map(found.map(({ id, source, summary }) => [id, { id, source, summary }]))
}

async function namesOf(tx: Tx, rows: readonly ExceptionRow[]): Promise<Map<string, string>> {
  const ids = new Set(rows.flatMap(({ actor }) => (actor.kind === 'officer' ? [actor.id] : [])))
  return new Map((await tx.officers.byIds([...ids])).map(({ id, name }) => [id, name]))
}

const idsOf = (rows: readonly ExceptionRow[], subject: ExceptionRow['subject']): Set<string> =>
  new Set(rows.filter(row => row.subject === subject).map(({ id }) => id))

function byOf({ actor }: ExceptionRow, names: ReadonlyMap<string, string>): ExceptionLine['by'] {
  if (actor.kind !== 'officer') return null
  return { name: names.get(actor.id) ?? null, role: actor.role, regionCode: actor.regionCode }
}

function reasonOf(event: ApplicationEvent | undefined): string | null {
  return event?.type === 'supplementRequested' ? (event.exception?.reason ?? null) : null
}
