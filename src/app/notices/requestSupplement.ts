import type { Application } from '../../domain/application.ts'
import { foldApplication, type ApplicationState } from '../../domain/applicationState.ts'
import { composeGaps, type GapWords } from '../../domain/notice/gaps.ts'
import { noticeFacts, type NoticeSubject } from '../../domain/notice/matterFacts.ts'
import type { Notice } from '../../domain/notice/notice.ts'
import { situationOf } from '../../domain/notice/situation.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { officerActions } from '../../domain/officerActions.ts'
import type { Task } from '../../domain/task.ts'
import { officerActor } from '../../domain/taskState.ts'
import { shanghaiDate, type LocalDate } from '../../domain/world.ts'
import type { Outcome } from '../app.ts'
import { appendEvent } from '../appendEvent.ts'
import { caseTaskOf, followClocks } from '../cases/caseTask.ts'
import { endOverdueTask } from '../cases/supplementDue.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { composeNotice, type NoticeIssue } from './composeNotice.ts'
import { noticeWords } from './noticeInBrief.ts'
import type { SupplementRequest } from './noticeUse.ts'
import { tellNotice } from './tellNotice.ts'

export interface Requested {
  application: Application
  notice: Notice
}

interface Asked {
  officer: Officer
  id: string
  fence: number
  request: SupplementRequest
}

/**
 * 一次性告知 on a case (行政许可法 32(4)): one notice with all gaps. The clocks stand still until they are mended, and the resident
 * is told. A second one is refused; a supervisor who is not the one who sent the first may send it with a reason, and it counts
 * as a fault of the office.
 */
export async function requestSupplement(parts: AppParts, tx: Tx, asked: Asked): Promise<Outcome<Requested>> {
  const found = await caseFor(parts, tx, asked)
  if (!found.ok) return found
  const { application, state, task } = found.value
  const subject = subjectOf(application)
  const pack = parts.packFor(application.regionCode)
  const composed = composeGaps(pack, subject, asked.request.gaps, gapWords(parts))
  const supplementBy = supplementDay(parts, application, asked.request.due)
  if (!composed.ok) return refused({ code: 'badInput', fields: [composed.field] })
  if (!supplementBy) return refused({ code: 'badInput', fields: ['due'] })
  const { officer } = asked
  const { reason } = asked.request
  const notice = await composeNotice(parts, tx, occasionOf(parts, application), {
    edition: state.notices.length + 1,
    gaps: composed.gaps,
    supplementBy,
    firstReceiver: await firstReceiverOf(tx, state, task),
    exception: reason === null ? null : { officer: officer.name, reason },
  })
  const requested = await record(parts, tx, { application, notice, officer, reason })
  await tellNotice(parts, tx, requested, notice)
  return { ok: true, value: { application: requested, notice } }
}

/** Which matter a case is of, for its notice. */
export function subjectOf({ matter, content }: Application): NoticeSubject {
  return { matter, document: 'document' in content ? content.document : null }
}

/** The sentences of the house for what an officer leaves out. */
export function gapWords(parts: AppParts): GapWords {
  const words = noticeWords(parts, 'zh-CN')
  return {
    nameOf: key => parts.text('zh-CN', key),
    missing: words('gap.missing'),
    mend: what => words('gap.mend', { what }),
  }
}

interface FoundCase {
  application: Application
  state: ApplicationState
  task: Task
}

async function caseFor(parts: AppParts, tx: Tx, asked: Asked): Promise<Outcome<FoundCase>> {
  const { officer, id, fence } = asked
  const isException = asked.request.reason !== null
  const known = caseTaskOf(await tx.tasks.ofApplication(id))
  const task = known ? await tx.tasks.lock(known.id) : null
  const application = await tx.applications.byId(id)
  if (!task || !application || !covers(officer.regionCode, application.regionCode)) return refused({ code: 'notFound' })
  const state = foldApplication(application.actions)
  const allowed = officerActions(parts.packFor(application.regionCode), application, officer)
  if (!allowed.includes(isException ? 'noticeException' : 'notice')) return refused({ code: 'notAllowed', allowed })
  if ((await tx.officers.residentsOf(officer.id)).includes(application.residentId)) return refused({ code: 'ownCase' })
  // A supervisor decides over the head of who holds the case; anybody else must hold it.
  const holds = task.status === 'leased' && task.assigneeId === officer.id
  if (!isException && !holds) return refused({ code: 'notAllowed', allowed })
  if (task.fence !== fence) return refused({ code: 'staleFence', allowed })
  return { ok: true, value: { application, state, task } }
}

/** Working days to mend, where no pack says how many: the product's own default, as in regions/packs/nation.yaml. */
const SUPPLEMENT_DAYS = 15

function supplementDay(parts: AppParts, { regionCode }: Application, due: LocalDate | null) {
  const today = shanghaiDate(parts.world.now())
  if (due !== null) return due > today ? { date: due, provisional: false } : null
  const days = noticeFacts(parts.packFor(regionCode)).supplementDays.value ?? SUPPLEMENT_DAYS
  return parts.addWorkingDays(today, days)
}

function occasionOf(parts: AppParts, application: Application) {
  const { regionCode, residentId, content } = application
  return {
    subject: subjectOf(application),
    situation: situationOf(application),
    regionCode,
    residentId,
    applicantName: content.applicantName,
    application,
    at: parts.world.now(),
  }
}

async function firstReceiverOf(tx: Tx, state: ApplicationState, task: Task): Promise<NoticeIssue['firstReceiver']> {
  const id = state.firstReceiverId ?? task.firstReceiverId
  return id === null ? null : ((await tx.officers.byId(id))?.name ?? null)
}

async function record(
  parts: AppParts,
  tx: Tx,
  issued: { application: Application; notice: Notice; officer: Officer; reason: string | null },
): Promise<Application> {
  const { application, notice, officer, reason } = issued
  const actor = officerActor(officer)
  const exception = reason === null ? null : { officerId: officer.id, reason }
  await tx.notices.insert(notice, actor)
  const requested = await appendEvent(tx, application, {
    actor,
    event: {
      type: 'supplementRequested',
      noticeNumber: notice.number,
      due: notice.content.supplementBy,
      exception,
    },
    at: notice.issuedAt,
    detail: { notice: notice.number, exception: exception !== null },
    ...(reason === null ? {} : { reason }),
  })
  await followClocks(parts, tx, requested, actor)
  await endOverdueTask(parts, tx, application.id, { actor, reason: notice.number })
  return requested
}
