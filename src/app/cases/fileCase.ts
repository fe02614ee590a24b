import type { Actor, Application } from '../../domain/application.ts'
import type { Clocks } from '../../domain/clocks.ts'
import { marksOf } from '../../domain/duplicates.ts'
import type { Task } from '../../domain/task.ts'
import { openTask, taskCreated } from '../../domain/taskState.ts'
import { shanghaiDate } from '../../domain/world.ts'
import { officesOf, type Office } from '../offices.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { blockerOf, subjectOf } from './subject.ts'

/** A case as it is filed: by chat, at the window, or by an officer for somebody. */
export interface NewCase {
  /** With its first action `submitted`. */
  application: Application
  /** One masked line for the list of tasks. */
  summary: string
  actor: Actor
}

export type FiledCase =
  { ok: true; clocks: Clocks; office: Office; task: Task } | { ok: false; number: string; isOwn: boolean }

/**
 * Files a case: application, claim, marks against doubles, task for the officer of the place, audit row. Needs the eyes of the
 * service. A place without an officer keeps nobody from filing: then the home county is asked to bring the case there.
 * Not `ok`: another application holds the same subject; its number is told to nobody but its own resident.
 */
export async function fileCase(parts: AppParts, tx: Tx, filed: NewCase): Promise<FiledCase> {
  const { application, actor } = filed
  const blocker = await blockerOf(tx, application)
  if (blocker !== null) {
    const held = await tx.applications.byId(blocker)
    return { ok: false, number: held?.number ?? '', isOwn: held?.residentId === application.residentId }
  }
  const clocks = parts.clocks(application)
  const office = (await officesOf(parts, tx, [application.regionCode]))(application.regionCode)
  await tx.applications.insert(application)
  await tx.applications.claimSubject(subjectOf(application), application.id)
  await tx.applications.setMarks(application, marksOf(application))
  const task = caseTask(parts, { application, clocks, summary: filed.summary })
  await tx.tasks.insert(task, taskCreated(task, actor))
  await tx.audit.add({
    actor,
    action: 'application.submit',
    objectKind: 'application',
    objectId: application.id,
    regionCode: application.regionCode,
    detail: filingDetail(application),
    at: application.receivedAt,
  })
  if (!office.covered) await askHomeToPassOn(parts, tx, application)
  return { ok: true, clocks, office, task }
}

function filingDetail({ matter, actions }: Application): Record<string, string | boolean> {
  const event = actions[0]?.event
  if (event?.type !== 'submitted') return { matter }
  return { matter, online: event.online, way: event.way ?? 'self' }
}

/** The task that is closed by the decision. While the clocks stand still it has no due day. */
export function caseTask(
  parts: AppParts,
  { application, clocks, summary }: { application: Application; clocks: Clocks; summary: string },
): Task {
  return openTask({
    id: parts.world.newId(),
    source: 'applicationStep',
    regionCode: application.regionCode,
    applicationId: application.id,
    summary,
    promiseDue: clocks.stopped ? null : clocks.promiseDue,
    legalDue: clocks.stopped ? null : clocks.legalDue,
    dueProvisional: clocks.provisional,
    createdAt: parts.world.now(),
  })
}

/** Nobody sees a case of a place without an officer: the home county is asked to bring it there. */
async function askHomeToPassOn(parts: AppParts, tx: Tx, application: Application): Promise<void> {
  const regionCode = parts.settings.homeRegion
  const at = application.receivedAt
  const due = parts.addWorkingDays(shanghaiDate(at), parts.settings.callBackDays)
  const { number, content } = application
  const task = openTask({
    id: parts.world.newId(),
    source: 'noOfficer',
    regionCode,
    // The home county does not see the cases of other places, only that there is one.
    applicationId: null,
    summary: parts.text('zh-CN', 'app.task.noOfficer', { number, place: content.regionName }),
    promiseDue: due.date,
    dueProvisional: due.provisional,
    createdAt: at,
  })
  await tx.tasks.insert(task, taskCreated(task, { kind: 'system' }))
  await tx.audit.add({
    actor: { kind: 'system' },
    action: 'application.noOfficer',
    objectKind: 'application',
    objectId: application.id,
    regionCode,
    detail: { number, place: application.regionCode },
    at,
  })
}
