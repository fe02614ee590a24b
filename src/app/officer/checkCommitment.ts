import type { ApplicationEvent } from '../../domain/application.ts'
import { foldApplication, statusAfter } from '../../domain/applicationState.ts'
import {
  breakCommitment,
  checkResults,
  keepCommitment,
  mendCommitment,
  type CheckResult,
  type Commitment,
  type CommitmentChange,
} from '../../domain/commitment.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Task } from '../../domain/task.ts'
import { closeByResult, officerActor } from '../../domain/taskState.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { Outcome } from '../app.ts'
import { appendEvent } from '../appendEvent.ts'
import { openCommitmentTask } from '../cases/commitmentTasks.ts'
import { ruleOf, tellBreach } from '../cases/watchCommitments.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { eyesOf } from './eyes.ts'
import { changeTask, refused } from './work.ts'

export interface Check {
  /** The task in which the commitment is checked or seen mended, held under this fencing number. */
  taskId: string
  fence: number
  result: CheckResult
  /** What was looked at; stands in the log of the task. */
  evidence: string
}

/**
 * Writes the result of a check and closes its task. Broken: the resident is told until when to mend it, and a task of its own
 * watches over that. Nobody checks what he promised himself. Refused with what is possible when the result does not fit.
 */
export async function checkCommitment(parts: AppParts, tx: Tx, officer: Officer, check: Check): Promise<Outcome<Task>> {
  const commitment = await tx.commitments.ofTask(check.taskId)
  if (!commitment) return (await tx.tasks.byId(check.taskId)) ? notNow(null) : refused({ code: 'notFound' })
  const isOwn = (await tx.officers.residentsOf(officer.id)).includes(commitment.residentId)
  if (isOwn) return refused({ code: 'ownCase' })
  if (!fits(commitment, check.result)) return notNow(commitment)
  const closed = await changeTask(parts, tx, officer, check.taskId, (task, now) =>
    closeByResult(task, { officer, fence: check.fence, now }, `${check.result}：${check.evidence}`),
  )
  if (!closed.ok) return closed
  await take(parts, tx, officer, { commitment, result: check.result })
  await tx.as(eyesOf(officer))
  return closed
}

function fits({ status }: Commitment, result: CheckResult): boolean {
  return (status === 'made') === (result !== 'mended')
}

function notNow(commitment: Commitment | null): Outcome<Task> {
  const allowed = commitment ? checkResults.filter(result => fits(commitment, result)) : []
  return refused({ code: 'notAllowed', allowed })
}

interface Found {
  commitment: Commitment
  result: CheckResult
}

async function take(parts: AppParts, tx: Tx, officer: Officer, { commitment, result }: Found): Promise<void> {
  switch (result) {
    case 'kept':
      return save(tx, keepCommitment(commitment))
    case 'broken':
      return takeBroken(parts, tx, officer, commitment)
    case 'mended': {
      const { applicationId } = commitment
      await save(tx, mendCommitment(commitment))
      await note(parts, tx, officer, {
        applicationId,
        event: { type: 'commitmentMended', commitmentId: commitment.id },
      })
      return tellBreach(parts, tx, commitment, { key: 'app.told.commitmentMended', cause: 'mended' })
    }
  }
}

async function takeBroken(parts: AppParts, tx: Tx, officer: Officer, commitment: Commitment): Promise<void> {
  const on = shanghaiDate(parts.world.now())
  const { date: correctBy, provisional } = parts.addWorkingDays(on, ruleOf(parts, commitment).correctionDays)
  const taskId = await openCommitmentTask(parts, tx, commitment, { kind: 'correct', due: correctBy, provisional })
  const broken = breakCommitment(commitment, { on, correctBy, taskId })
  await save(tx, broken)
  const { id: commitmentId, applicationId } = commitment
  await note(parts, tx, officer, { applicationId, event: { type: 'commitmentBroken', commitmentId, correctBy } })
  if (broken.ok) await tellBreach(parts, tx, broken.commitment, { key: 'app.told.commitmentBroken', cause: 'broken' })
}

/** In the log of the case, where it still takes it. */
async function note(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { applicationId, event }: { applicationId: string; event: ApplicationEvent },
): Promise<void> {
  const application = await tx.applications.byId(applicationId)
  if (!application || statusAfter(foldApplication(application.actions), event) === null) return
  await appendEvent(tx, application, { actor: officerActor(officer), event, at: parts.world.now() })
}

async function save(tx: Tx, change: CommitmentChange): Promise<void> {
  if (change.ok) await tx.commitments.save(change.commitment)
}
