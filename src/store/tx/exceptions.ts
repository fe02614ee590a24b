import { z } from 'zod'
import type { ExceptionKind, ExceptionPort, ExceptionQuery, ExceptionRow } from '../../app/tasks/exceptionPort.ts'
import type { Page } from '../../app/ports.ts'
import type { Actor } from '../../domain/application.ts'
import { cursorMoment, moment, readCursor, writeCursor } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'

const cursor = z.tuple([cursorMoment, z.string(), z.int()])

/**
 * Each kind: whose log, and its rare rows by an index of their own (0044). `x` is the line of the log, `r` what makes it an
 * exception; `$2` is the number of urges, of which one kind makes use.
 */
const kinds: Record<ExceptionKind, { subject: ExceptionRow['subject']; from: string; times: string }> = {
  secondNotice: {
    subject: 'application',
    from: `case_figure r join application_action x on x.application_id = r.application_id and x.type = 'supplementRequested'
      where r.exceptions > 0 and $2 > 0 and exists (select from application_action before
        where before.application_id = x.application_id and before.type = x.type and before.seq < x.seq)`,
    times: 'r.notices',
  },
  bySilence: {
    subject: 'application',
    from: `case_figure r join application_action x on x.application_id = r.application_id and x.type = 'accepted'
      where r.by_silence and $2 > 0 and x.actor ->> 'kind' = 'system'`,
    times: '1',
  },
  urgedAgain: {
    subject: 'task',
    from: `task r join lateral (select * from task_action a where a.task_id = r.id and a.type = 'urged'
        order by a.seq desc limit 1) x on true
      where r.urged_total > 1 and r.urged_total > $2`,
    times: 'r.urged_total',
  },
  reopened: {
    subject: 'task',
    from: `task r join task_action x on x.task_id = r.id and x.type = 'reopened' where r.reopenings > 0 and $2 > 0`,
    times: 'r.reopenings',
  },
}

export function exceptionsIn(work: Work): ExceptionPort {
  return { list: query => list(work, query) }
}

interface Row {
  id: string
  seq: number
  at: number
  region_code: string
  actor: Actor
  times: number
}

async function list(work: Work, query: ExceptionQuery): Promise<Page<ExceptionRow>> {
  const { subject, from, times } = kinds[query.kind]
  const [beforeAt, beforeId, beforeSeq] = readCursor(query.cursor, cursor) ?? [null, '', 0]
  const { condition, values } = withinScope(work.scope(), placeOf(subject), 7)
  const id = `x.${subject}_id`
  const { rows } = await work.client.query<Row>({
    name: `exception.${query.kind}.${work.scope().kind}`,
    text: `select ${id} as id, x.seq, x.at, x.region_code, x.actor, ${times} as times from ${from}
        and x.at >= $1 and ($3::timestamptz is null or (x.at, ${id}, x.seq) < ($3, $4, $5)) and ${condition}
      order by x.at desc, ${id} desc, x.seq desc limit $6`,
    values: [
      ...[moment(query.since), query.urges, beforeAt === null ? null : moment(beforeAt), beforeId, beforeSeq],
      ...[query.limit + 1, ...values],
    ],
  })
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const next = rows.length > page.length && last ? writeCursor([last.at, last.id, last.seq]) : null
  return { items: page.map(row => rowOf(subject, row)), next }
}

/** Whose place decides: that of the task, and for a case the place that has it now. */
function placeOf(subject: ExceptionRow['subject']): string {
  return subject === 'task' ? 'r' : 'x'
}

function rowOf(subject: ExceptionRow['subject'], { id, seq, at, region_code, actor, times }: Row): ExceptionRow {
  return { subject, id, seq, at, regionCode: region_code, actor, times }
}
