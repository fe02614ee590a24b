/** What officers do to tasks and applications, inside a transaction that already has their eyes. Chat and page share it. */
import type { Application, ApplicationEvent } from '../../domain/application.ts'
import { allowedActions, type ApplicationActionName } from '../../domain/allowedActions.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import { frozenClocks } from '../../domain/clocks.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { officerActions } from '../../domain/officerActions.ts'
import type { Task } from '../../domain/task.ts'
import { allowedTaskActions, closeTask, leaseTask, officerActor, type TaskChange } from '../../domain/taskState.ts'
import type { Decision, Outcome, Refusal } from '../app.ts'
import { appendEvent } from '../appendEvent.ts'
import { caseTaskOf } from '../cases/caseTask.ts'
import { issueCertificate } from '../certificates.ts'
import { isOwn, noteAssigned } from '../complaints/assignComplaint.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { recordTask } from '../recordTask.ts'
import { tellDecision } from '../tellDecision.ts'

/** Takes a task. `fence`: the number the officer last saw, or null to take it as it is. */
export async function leaseTaskById(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  id: string,
  fence: number | null,
): Promise<Outcome<Task>> {
  if (await isAboutHim(tx, officer, id)) return refused({ code: 'ownCase' })
  const leased = await changeTask(parts, tx, officer, id, (task, now) => {
    if (fence !== null && task.fence !== fence) return { ok: false, code: 'staleFence' }
    return leaseTask(task, officer, now, parts.settings.leaseMs)
  })
  if (leased.ok) await noteTaken(parts, tx, officer, leased.value)
  return leased
}

/** Nobody answers a complaint of his own. */
export async function isAboutHim(tx: Tx, officer: Officer, taskId: string): Promise<boolean> {
  const complaint = await tx.complaints.ofTask(taskId)
  return complaint !== null && (await isOwn(tx, officer, complaint))
}

/** What follows when an officer has a task in his hands, by his own lease or from another. */
export async function noteTaken(parts: AppParts, tx: Tx, officer: Officer, task: Task): Promise<void> {
  await noteFirstReceiver(parts, tx, officer, task)
  const complaint = await tx.complaints.ofTask(task.id)
  if (complaint) await noteAssigned(parts, tx, officer, complaint)
}

/** 首接负责: who takes a case first answers for it to the end, whoever has it later. Nobody receives his own. */
async function noteFirstReceiver(parts: AppParts, tx: Tx, officer: Officer, task: Task): Promise<void> {
  if (task.source !== 'applicationStep' || task.applicationId === null) return
  const application = await tx.applications.byId(task.applicationId)
  if (!application || !allowedActions(foldApplication(application.actions), officer.role).includes('firstReceive'))
    return
  if ((await tx.officers.residentsOf(officer.id)).includes(application.residentId)) return
  const event = { type: 'firstReceived' as const, officerId: officer.id }
  await appendEvent(tx, application, { actor: officerActor(officer), event, at: parts.world.now() })
}

/** Reads a task under lock, changes it by a pure rule, writes it with its log entry and audit row. */
export async function changeTask(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  id: string,
  change: (task: Task, now: number) => TaskChange,
): Promise<Outcome<Task>> {
  const now = parts.world.now()
  const task = await tx.tasks.lock(id)
  // Row-level security hides foreign tasks already; this is the second layer.
  if (!task || !covers(officer.regionCode, task.regionCode)) return refused({ code: 'notFound' })
  const changed = change(task, now)
  if (!changed.ok) return refused(await explain(tx, officer, task, changed.code, now))
  await recordTask(tx, changed.task, { actor: officerActor(officer), event: changed.event, at: now })
  return { ok: true, value: changed.task }
}

async function explain(tx: Tx, officer: Officer, task: Task, code: Refusal['code'], now: number): Promise<Refusal> {
  const holder = task.assigneeId && task.assigneeId !== officer.id ? await tx.officers.byId(task.assigneeId) : null
  return { code, allowed: allowedTaskActions(task, officer, now), ...(holder ? { heldBy: holder.name } : {}) }
}

export interface HeldCase {
  task: Task
  application: Application
}

/** The case and its open task, held by this officer under this fencing number, in a state that allows `action`. */
export async function heldCase(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  applicationId: string,
  fence: number,
  action: ApplicationActionName,
): Promise<Outcome<HeldCase>> {
  const now = parts.world.now()
  const found = caseTaskOf(await tx.tasks.ofApplication(applicationId))
  const task = found ? await tx.tasks.lock(found.id) : null
  const application = await tx.applications.byId(applicationId)
  if (!task || !application || !covers(officer.regionCode, application.regionCode)) return refused({ code: 'notFound' })
  const allowed = officerActions(parts.packFor(application.regionCode), application, officer)
  if (!allowed.includes(action)) return refused({ code: 'notAllowed', allowed })
  // Nobody accepts or decides a case of his own, by chat or by page.
  if ((await tx.officers.residentsOf(officer.id)).includes(application.residentId)) return refused({ code: 'ownCase' })
  if (task.status !== 'leased' || task.assigneeId !== officer.id) {
    return refused(await explain(tx, officer, task, 'notAllowed', now))
  }
  if (task.fence !== fence) return refused(await explain(tx, officer, task, 'staleFence', now))
  return { ok: true, value: { task, application } }
}

/** 受理. */
export async function acceptCase(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  id: string,
  fence: number,
): Promise<Outcome<Application>> {
  const now = parts.world.now()
  const held = await heldCase(parts, tx, officer, id, fence, 'accept')
  if (!held.ok) return held
  return {
    ok: true,
    value: await appendEvent(tx, held.value.application, {
      actor: officerActor(officer),
      event: { type: 'accepted', bySilence: false, asOf: now },
      at: now,
    }),
  }
}

export interface Decided {
  application: Application
  certificateNumber: string | null
}

/** Decides the case, issues the certificate when granted, closes the task and tells the resident: all or nothing. */
export async function decideTask(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  applicationId: string,
  fence: number,
  decision: Decision,
): Promise<Outcome<Decided>> {
  const now = parts.world.now()
  const held = await heldCase(parts, tx, officer, applicationId, fence, 'decide')
  if (!held.ok) return held
  const { task, application } = held.value
  const certificate = decision.decision === 'granted' ? await issueCertificate(parts, tx, application, now) : null
  const event = decisionEvent(parts, application, decision, certificate?.number ?? null)
  const decided = await appendEvent(tx, application, { actor: officerActor(officer), event, at: now })
  const closed = closeTask(task, { officer, fence, now }, event.type)
  if (!closed.ok) return refused({ code: closed.code })
  await recordTask(tx, closed.task, { actor: officerActor(officer), event: closed.event, at: now })
  if (event.type === 'refused') await tx.applications.releaseSubject(applicationId)
  await tellDecision(parts, tx, decided)
  return { ok: true, value: { application: decided, certificateNumber: certificate?.number ?? null } }
}

function decisionEvent(
  parts: AppParts,
  application: Application,
  decision: Decision,
  certificateNumber: string | null,
): ApplicationEvent {
  const clocks = frozenClocks(parts.clocks(application))
  if (decision.decision === 'granted' && certificateNumber) return { type: 'granted', certificateNumber, clocks }
  // 人口与计划生育法 art. 46: residents may ask for 行政复议 or sue; every refusal must say so.
  const remedies = parts.text('zh-CN', 'app.decision.remedies')
  return { type: 'refused', reason: decision.decision === 'refused' ? decision.reason : '', remedies, clocks }
}

export function refused(refusal: Refusal): { ok: false; refusal: Refusal } {
  return { ok: false, refusal }
}
