/** What only the county does: take a case up again, take a certificate back. */
import type { Application } from '../../domain/application.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import type { Officer } from '../../domain/officer.ts'
import { officerActor, taskCreated } from '../../domain/taskState.ts'
import type { Outcome } from '../app.ts'
import { appendEvent } from '../appendEvent.ts'
import { caseTask } from '../cases/fileCase.ts'
import { blockerOf, subjectOf } from '../cases/subject.ts'
import { endCertificate } from '../endCertificate.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { tellResident } from '../tellResident.ts'
import { seenCase } from './caseSteps.ts'
import { refused } from './work.ts'

interface Because {
  id: string
  reason: string
}

/** Takes a finished case up again, with a task of its own. Not while another case holds the same subject. */
export async function reopenCase(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, reason }: Because,
): Promise<Outcome<Application>> {
  const seen = await seenCase(parts, tx, officer, id, 'reopen')
  if (!seen.ok) return seen
  const { value: application } = seen
  if ((await blockerOf(tx, application)) !== null) return refused({ code: 'alreadyDone' })
  const [summary = application.number] = (await tx.tasks.ofApplication(id))
    .filter(({ source }) => source === 'applicationStep')
    .map(task => task.summary)
  const actor = officerActor(officer)
  const after = await appendEvent(tx, application, {
    actor,
    event: { type: 'reopened', reason },
    at: parts.world.now(),
    reason,
  })
  await tx.applications.claimSubject(subjectOf(application), id)
  const task = caseTask(parts, { application: after, clocks: parts.clocks(after), summary })
  await tx.tasks.insert(task, taskCreated(task, actor))
  return { ok: true, value: after }
}

/** Takes the certificate of a case back, with a reason; the check page and the register say so from now on, and the holder is told. */
export async function revokeCertificate(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, reason }: Because,
): Promise<Outcome<Application>> {
  const seen = await seenCase(parts, tx, officer, id, 'revoke')
  if (!seen.ok) return seen
  const { certificateNumber } = foldApplication(seen.value.actions)
  if (certificateNumber === null) return refused({ code: 'notFound' })
  const event = { type: 'certificateRevoked' as const, reason }
  const after = await endCertificate(parts, tx, seen.value, { actor: officerActor(officer), event })
  await tellResident(parts, tx, after.residentId, {
    key: 'app.told.revoked',
    values: { number: certificateNumber, reason },
    dedupeKey: `revoked:${certificateNumber}`,
  })
  return { ok: true, value: after }
}
