/** 这家搬走了: all that goes on with one family goes to another village at once, after a preview. */
import { allowedActions } from '../../domain/allowedActions.ts'
import type { Application } from '../../domain/application.ts'
import { foldApplication, isUndecided } from '../../domain/applicationState.ts'
import { moveTask } from '../../domain/moveTask.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import type { Task, TaskSource } from '../../domain/task.ts'
import { assigns, isClosed, officerActor } from '../../domain/taskState.ts'
import { asService } from '../asService.ts'
import { caseTaskOf } from '../cases/caseTask.ts'
import type { Outcome } from '../caseViews.ts'
import { eyesOf } from '../officer/eyes.ts'
import { isServed, moveCase } from '../officer/moveCase.ts'
import { refused } from '../officer/work.ts'
import { officesOf } from '../offices.ts'
import type { AppParts } from '../parts.ts'
import { Conflict, type Tx } from '../ports.ts'
import { recordTask } from '../recordTask.ts'
import { tellResident } from '../tellResident.ts'
import { familySources } from './rounds.ts'
import { tellOfficer } from './tellOfficer.ts'
import { responsible } from './whoDoesIt.ts'

/** By any task of the family that names it; to the village with this code, and why. */
export interface FamilyMoveAsked {
  taskId: string
  to: string
  reason: string
}

/** Why something of the family stays where it is. */
export type StaysWhy = 'decided' | 'notAllowed' | 'sameOffice'

export interface FamilyMoved {
  /** Shown before it is done: the same number has to come again, or nothing is done. */
  moved: number
  place: string
  items: { id: string; kind: 'case' | 'task'; summary: string }[]
  stays: { id: string; summary: string; why: StaysWhy }[]
  /** Who is to do it there. */
  receivers: { name: string; place: string }[]
}

/** Calls and help are asked for wherever one lives; what hangs on a case goes with it. */
const alone: readonly TaskSource[] = ['halfFilledCase', 'helpRequest', 'unreachable']
/** More lies open with no family. */
const MOST = 50

/**
 * Cases move by the same rule as one alone (`moveCase`), tasks that hang on none move beside them; leases end, first receivers
 * stay. By town or county, in its place, in one transaction. `expected` null only looks; a number does it when the preview still
 * holds. What is about few eyes only (complaints, ratings, surveys, care) is neither named nor moved. Refused: `notFound`,
 * `badInput` with field `to`, `ownCase`, `notAllowed` when something changed since the preview.
 */
export async function moveFamily(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  asked: FamilyMoveAsked & { expected: number | null },
): Promise<Outcome<FamilyMoved>> {
  const task = assigns(officer) ? await tx.tasks.byId(asked.taskId) : null
  if (!task || !covers(officer.regionCode, task.regionCode)) return refused({ code: 'notFound' })
  if (!familySources.includes(task.source)) return refused({ code: 'notAllowed', allowed: [] })
  if (!(await isServed(parts, tx, asked.to))) return refused({ code: 'badInput', fields: ['to'] })
  const residentId = await familyOf(tx, task)
  if (residentId === null) return refused({ code: 'notAllowed', allowed: [] })
  if ((await tx.officers.residentsOf(officer.id)).includes(residentId)) return refused({ code: 'ownCase' })
  const plan = await planOf(tx, officer, { task, residentId, to: asked.to })
  const moved = plan.cases.length + plan.tasks.length
  if (asked.expected !== null && asked.expected !== moved) return refused({ code: 'notAllowed', allowed: ['preview'] })
  const receivers = await receiversOf(parts, tx, plan, asked.to)
  if (asked.expected !== null && moved > 0)
    await carryOut(parts, tx, officer, { ...asked, residentId, plan, receivers })
  return { ok: true, value: { moved, ...shown(parts, plan, asked.to), receivers: receivers.map(named(parts)) } }
}

async function familyOf(tx: Tx, { applicationId, detail }: Task): Promise<string | null> {
  const application = applicationId === null ? null : await tx.applications.byId(applicationId)
  return application?.residentId ?? detail?.residentId ?? null
}

interface Plan {
  cases: { application: Application; tasks: Task[] }[]
  tasks: Task[]
  stays: FamilyMoved['stays']
}

async function planOf(
  tx: Tx,
  officer: Officer,
  { task, residentId, to }: { task: Task; residentId: string; to: string },
): Promise<Plan> {
  const plan: Plan = { cases: [], tasks: [], stays: [] }
  const applications = await tx.applications.ofResident(residentId)
  const ofCases = await tx.tasks.ofApplications(applications.map(({ id }) => id))
  for (const application of applications.filter(({ regionCode }) => regionCode !== to)) {
    const tasks = ofCases.filter(one => one.applicationId === application.id)
    const why = whyStays(application, officer)
    if (why === null) plan.cases.push({ application, tasks })
    else if (tasks.some(one => !isClosed(one))) plan.stays.push({ ...lineOf(application, tasks), why })
  }
  const others = await tx.tasks.ofSameFamily(task.id, alone, MOST)
  for (const one of [task, ...others]) {
    if (one.applicationId !== null || isClosed(one) || one.onlyFor || !alone.includes(one.source)) continue
    if (to.startsWith(one.regionCode)) plan.stays.push({ id: one.id, summary: one.summary, why: 'sameOffice' })
    else plan.tasks.push(one)
  }
  return plan
}

/** What was decided stays with the office that answers for it. */
function whyStays({ actions }: Application, { role }: Officer): StaysWhy | null {
  const state = foldApplication(actions)
  if (!isUndecided(state.status)) return 'decided'
  return role !== 'auditor' && allowedActions(state, role).includes('move') ? null : 'notAllowed'
}

const lineOf = ({ id, number }: Application, tasks: Task[]) => ({ id, summary: caseTaskOf(tasks)?.summary ?? number })

/** All who are to take something of it there, as the place and the matter say. */
async function receiversOf(parts: AppParts, tx: Tx, { cases, tasks }: Plan, to: string): Promise<Officer[]> {
  const going = [...cases.flatMap(one => caseTaskOf(one.tasks) ?? []), ...tasks]
  const found = new Map<string, Officer>()
  for (const task of going) {
    const there = { ...task, regionCode: to.slice(0, task.regionCode.length) }
    for (const officer of await responsible(parts, tx, there)) found.set(officer.id, officer)
  }
  return [...found.values()]
}

const named =
  (parts: AppParts) =>
  ({ name, regionCode }: Officer) => ({ name, place: parts.regionName(regionCode) })

function shown(
  parts: AppParts,
  { cases, tasks, stays }: Plan,
  to: string,
): Pick<FamilyMoved, 'place' | 'items' | 'stays'> {
  const items = [
    ...cases.map(one => ({ ...lineOf(one.application, one.tasks), kind: 'case' as const })),
    ...tasks.map(({ id, summary }) => ({ id, summary, kind: 'task' as const })),
  ]
  return { place: parts.regionName(to), items, stays }
}

interface Doing extends FamilyMoveAsked {
  residentId: string
  plan: Plan
  receivers: Officer[]
}

async function carryOut(parts: AppParts, tx: Tx, officer: Officer, doing: Doing): Promise<void> {
  const { taskId, to, reason, plan } = doing
  for (const { application } of plan.cases) {
    await tx.as(eyesOf(officer))
    const moved = await moveCase(parts, tx, officer, { id: application.id, to, reason })
    // What the plan allowed was changed by somebody else meanwhile: all of it is looked at anew.
    if (!moved.ok) throw new Conflict('A case of the family changed while it moved')
  }
  await asService(tx, () => moveAlone(parts, tx, officer, doing))
  const at = parts.world.now()
  const detail = { to, cases: plan.cases.length, tasks: plan.tasks.length }
  const entry = { actor: officerActor(officer), action: 'task.familyMoved', objectKind: 'task', objectId: taskId }
  await tx.audit.add({ ...entry, regionCode: officer.regionCode, reason, detail, at })
  await tellAll(parts, tx, officer, doing)
  await tx.as(eyesOf(officer))
}

async function moveAlone(parts: AppParts, tx: Tx, officer: Officer, { to, reason, plan }: Doing): Promise<void> {
  const by = { actor: officerActor(officer), at: parts.world.now() }
  for (const { id } of plan.tasks) {
    const task = await tx.tasks.lock(id)
    const moved = task && moveTask(task, { to, reason }, by)
    if (!moved?.ok) throw new Conflict('A task of the family changed while it moved')
    await recordTask(tx, moved.task, { ...by, event: moved.event })
  }
}

/** Those who get it, those who had it in hand, and for what hangs on no case the family itself; of each case it is told apart. */
async function tellAll(parts: AppParts, tx: Tx, officer: Officer, doing: Doing): Promise<void> {
  const { plan, to, receivers, residentId, taskId } = doing
  const values = { by: officer.name, place: parts.regionName(to), count: plan.cases.length + plan.tasks.length }
  const dedupe = `familyMoved:${taskId}:${parts.world.now()}`
  for (const one of receivers) {
    await tellOfficer(parts, tx, one, { key: 'tasks.familyCame', values, dedupeKey: `${dedupe}:${one.id}` })
  }
  const held = [...plan.cases.flatMap(one => one.tasks), ...plan.tasks].flatMap(({ assigneeId }) => assigneeId ?? [])
  for (const id of new Set(held)) {
    const holder = id === officer.id ? null : await tx.officers.byId(id)
    if (holder)
      await tellOfficer(parts, tx, holder, { key: 'tasks.familyLeft', values, dedupeKey: `${dedupe}:left:${id}` })
  }
  if (plan.tasks.length === 0) return
  const { name, phone } = (await officesOf(parts, tx, [to]))(to)
  const told = { count: plan.tasks.length, office: name, phone }
  await tellResident(parts, tx, residentId, { key: 'app.told.familyMoved', values: told, dedupeKey: dedupe })
}
