import type { Officer } from '../../domain/officer.ts'
import type { TaskStatus } from '../../domain/task.ts'
import { mayBeNamed } from '../../domain/taskSight.ts'
import { isOverdue } from '../../domain/taskState.ts'
import { shanghaiDate, startOfDay, type Instant, type LocalDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/** What of a day's doings is counted, by its name in the audit trail. */
const counted = {
  leased: 'task.leased',
  done: 'task.done',
  paused: 'task.paused',
  offered: 'task.transferOffered',
  urged: 'task.urged',
  accepted: 'application.accepted',
  granted: 'application.granted',
  refused: 'application.refused',
  noticed: 'application.supplementRequested',
} as const

/** Overdue tasks named in the report, of those that may be read by others; the rest is counted. */
const LATE_NAMED = 3

type Counts = Record<keyof typeof counted, number>

/** A late task as it is named: masked. */
export type LateTask = {
  summary: string
  due: LocalDate | null
  status: TaskStatus
}

/** 日报: what an officer did today and what is left on his desk, counted; people are masked. */
export interface DayReport extends Counts {
  date: LocalDate
  name: string
  held: number
  onHold: number
  dueToday: number
  overdue: number
  /** Transfers that wait for his yes or no. */
  asked: number
  /** The first of them. */
  late: LateTask[]
}

export async function dayReport(tx: Tx, officer: Officer, at: Instant): Promise<DayReport> {
  const date = shanghaiDate(at)
  const of = (action: string) => tx.audit.count({ actorId: officer.id, action, since: startOfDay(date) })
  const [desk] = await tx.tasks.desks([officer.id], date, at)
  const held = await tx.tasks.list({ assigneeId: officer.id, status: ['leased', 'paused'], limit: 4 * LATE_NAMED })
  const { leased = 0, paused: onHold = 0, dueToday = 0, overdue = 0, offered: asked = 0 } = desk ?? {}
  return {
    ...{ date, name: officer.name, held: leased + onHold, onHold, dueToday, overdue, asked },
    leased: await of(counted.leased),
    done: await of(counted.done),
    paused: await of(counted.paused),
    offered: await of(counted.offered),
    urged: await of(counted.urged),
    accepted: await of(counted.accepted),
    granted: await of(counted.granted),
    refused: await of(counted.refused),
    noticed: await of(counted.noticed),
    late: held.items
      .filter(task => mayBeNamed(task) && isOverdue(task, at))
      .slice(0, LATE_NAMED)
      .map(lateTask),
  }
}

function lateTask({ summary, promiseDue, legalDue, status }: Parameters<typeof isOverdue>[0]): LateTask {
  return { summary, due: promiseDue ?? legalDue, status }
}

/** The same in words, to be read out or pasted into a group. */
export async function dayReportText(parts: AppParts, tx: Tx, officer: Officer): Promise<string> {
  const { late, ...values } = await dayReport(tx, officer, parts.world.now())
  const said = (key: string, named: Record<string, string | number>) => parts.text('zh-CN', key, named)
  const lines = late.map(({ summary, due }) => said('officers.reportLate', { summary, due: due ?? '' }))
  return [said('officers.report', values), ...lines].join('\n')
}
