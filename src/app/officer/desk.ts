import type { Application } from '../../domain/application.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { officerActions } from '../../domain/officerActions.ts'
import type { Task } from '../../domain/task.ts'
import { isCareTask } from '../../domain/taskSight.ts'
import { closeTask, pauseTask, releaseTask, resumeTask, type TaskChange } from '../../domain/taskState.ts'
import type { App, Outcome, TaskView } from '../app.ts'
import { liftDistress } from '../distress/liftDistress.ts'
import { handBack } from '../handBack.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { checkCommitment } from './checkCommitment.ts'
import { eyesOf, untilQuiet } from './eyes.ts'
import { stepBadRating } from '../ratings/stepBadRating.ts'
import { linesOf } from '../tasks/chain.ts'
import { reveal, revealTask } from './reveal.ts'
import { revealPhoto } from './revealPhoto.ts'
import { applicationViewer, taskViewer } from './views.ts'
import { acceptCase, changeTask, decideTask, leaseTaskById, refused } from './work.ts'

/** The officers' side of the service. Every call is one transaction with this officer's eyes. */
export function makeOfficerDesk(parts: AppParts): App['officer'] {
  const { store } = parts
  const as = <T>(officer: Officer, run: (tx: Tx) => Promise<T>): Promise<T> =>
    untilQuiet(() => store.transaction(eyesOf(officer), run))

  const changed = (officer: Officer, run: (tx: Tx) => Promise<Outcome<Task>>): Promise<Outcome<TaskView>> =>
    as(officer, async tx => {
      const result = await run(tx)
      return result.ok
        ? { ok: true, value: (await taskViewer(parts, tx, officer, [result.value]))(result.value) }
        : result
    })

  const change = (
    officer: Officer,
    id: string,
    rule: (task: Task, now: number) => TaskChange,
  ): Promise<Outcome<TaskView>> => changed(officer, tx => changeTask(parts, tx, officer, id, rule))

  return {
    tasks: (officer, { mine, ...filter }) =>
      as(officer, async tx => {
        const page = await tx.tasks.list({ ...filter, ...(mine ? { assigneeId: officer.id } : {}) })
        return { ...page, items: page.items.map(await taskViewer(parts, tx, officer, page.items)) }
      }),
    task: (officer, id) =>
      as(officer, async tx => {
        const task = await tx.tasks.byId(id)
        if (!task || !covers(officer.regionCode, task.regionCode)) return refused({ code: 'notFound' })
        const shown = (await taskViewer(parts, tx, officer, [task]))(task)
        return { ok: true, value: { task: shown, lines: await linesOf(tx, id) } }
      }),
    lease: (officer, id, fence) => changed(officer, tx => leaseTaskById(parts, tx, officer, id, fence)),
    release: (officer, id, fence) => change(officer, id, (task, now) => releaseTask(task, { officer, fence, now })),
    pause: (officer, id, fence, reason) =>
      change(officer, id, (task, now) => pauseTask(task, { officer, fence, now }, reason)),
    resume: (officer, id, fence) =>
      change(officer, id, (task, now) => resumeTask(task, { officer, fence, now }, parts.settings.leaseMs)),
    close: (officer, id, fence, evidence) => changed(officer, tx => close(parts, tx, officer, { id, fence, evidence })),
    check: (officer, taskId, fence, found) =>
      changed(officer, tx => checkCommitment(parts, tx, officer, { taskId, fence, ...found })),
    applications: (officer, filter) =>
      as(officer, async tx => {
        const page = await tx.applications.list(filter)
        return { ...page, items: page.items.map(await applicationViewer(parts, tx, officer, page.items)) }
      }),
    application: (officer, id) => as(officer, tx => oneApplication(parts, tx, officer, id)),
    reveal: (officer, id, reason) => as(officer, tx => reveal(parts, tx, officer, { id, reason })),
    photo: (officer, id, photo) => as(officer, tx => revealPhoto(parts, tx, officer, { id, ...photo })),
    revealTask: (officer, id, reason) => as(officer, tx => revealTask(parts, tx, officer, { id, reason })),
    accept: (officer, id, fence) =>
      as(officer, async tx => {
        const result = await acceptCase(parts, tx, officer, id, fence)
        return result.ok ? shown(parts, tx, officer, result.value) : result
      }),
    decide: (officer, id, fence, decision) =>
      as(officer, async tx => {
        const result = await decideTask(parts, tx, officer, id, fence, decision)
        await tx.as(eyesOf(officer))
        return result.ok ? shown(parts, tx, officer, result.value.application) : result
      }),
  }
}

/** A task of an application closes with its decision; any other one by a sentence about what was done. */
export async function close(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, fence, evidence }: { id: string; fence: number; evidence: string | null },
): Promise<Outcome<Task>> {
  const task = await tx.tasks.byId(id)
  const mine = task?.assigneeId === officer.id && task.fence === fence
  // The decision has closed it already: saying so once more changes nothing.
  if (task?.status === 'done' && mine) return { ok: true, value: task }
  if (task?.source === 'applicationStep' && task.applicationId)
    return decideFirst(parts, tx, officer, task.applicationId)
  if (task?.source === 'complaint') return refused({ code: 'notAllowed', allowed: ['answered', 'handedOver'] })
  if (task && isCareTask(task)) return refused({ code: 'notAllowed', allowed: ['careFamily'] })
  if (task?.source === 'householdChange') return refused({ code: 'notAllowed', allowed: ['confirmed', 'undone'] })
  if (task?.source === 'badRating' && evidence !== null) {
    const rating = await tx.badRatings.ofTask(id)
    if (rating) return stepBadRating(parts, tx, officer, { rating, fence, words: evidence })
    // The county decides an appeal by its own step. Ratings of before have no steps and close by a sentence.
    if (task.applicationId === null) return refused({ code: 'notAllowed', allowed: ['setAside', 'upheld'] })
  }
  const closed = await changeTask(parts, tx, officer, id, (held, now) =>
    evidence ? closeTask(held, { officer, fence, now }, evidence) : { ok: false, code: 'notAllowed' },
  )
  if (closed.ok) {
    await handBack(parts, tx, closed.value)
    await liftDistress(parts, tx, officer, closed.value)
    await tx.as(eyesOf(officer))
  }
  return closed
}

async function decideFirst(parts: AppParts, tx: Tx, officer: Officer, applicationId: string): Promise<Outcome<Task>> {
  const application = await tx.applications.byId(applicationId)
  if (!application) return refused({ code: 'notFound' })
  const allowed = officerActions(parts.packFor(application.regionCode), application, officer)
  return refused({ code: 'notAllowed', allowed })
}

async function oneApplication(parts: AppParts, tx: Tx, officer: Officer, id: string) {
  const application = await tx.applications.byId(id)
  if (!application || !covers(officer.regionCode, application.regionCode)) return refused({ code: 'notFound' })
  return shown(parts, tx, officer, application)
}

async function shown(parts: AppParts, tx: Tx, officer: Officer, application: Application) {
  const view = await applicationViewer(parts, tx, officer, [application])
  return { ok: true as const, value: view(application) }
}
