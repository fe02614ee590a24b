import type { Application } from '../../domain/application.ts'
import { likenesses } from '../../domain/duplicates.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import type { Officer } from '../../domain/officer.ts'
import { covers } from '../../domain/officer.ts'
import type { Outcome } from '../app.ts'
import type { CaseAct, OfficerCases } from '../caseUse.ts'
import { requestConfirmation } from '../cases/confirmations.ts'
import { fileForResident, noteWrongCode } from '../cases/officerFiling.ts'
import { freshCode } from '../cases/shortCodes.ts'
import { vouchableAt } from '../cases/vouched.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { takeOpenStep, takeStep } from './caseSteps.ts'
import { correctCase } from './correctCase.ts'
import { reopenCase, revokeCertificate } from './countySteps.ts'
import { eyesOf, untilQuiet } from './eyes.ts'
import { moveCase } from './moveCase.ts'
import { printForHolder } from './printCertificate.ts'
import { applicationViewer } from './views.ts'
import { refused } from './work.ts'

/** Officers' use cases around a case's life. Every call is one transaction with this officer's eyes. */
export function makeOfficerCases(parts: AppParts): OfficerCases {
  const as = <T>(officer: Officer, run: (tx: Tx) => Promise<T>): Promise<T> =>
    untilQuiet(() => parts.store.transaction(eyesOf(officer), run))
  const shown = async (tx: Tx, officer: Officer, application: Application) => {
    await tx.as(eyesOf(officer))
    return (await applicationViewer(parts, tx, officer, [application]))(application)
  }
  return {
    act: (officer, id, act) =>
      as(officer, async tx => {
        const done = await perform(parts, tx, officer, { ...act, id })
        return done.ok ? { ok: true, value: await shown(tx, officer, done.value) } : done
      }),
    file: async (officer, filing) => {
      const outcome = await as(officer, async tx => {
        const filed = await fileForResident(parts, tx, officer, filing)
        if (!filed.ok) return filed
        const { application, task, repeated } = filed.value
        const value = { application: await shown(tx, officer, application), fence: task.fence, repeated }
        return { ok: true as const, value }
      })
      if (!outcome.ok && outcome.refusal.fields?.includes('assistCode')) await noteWrongCode(parts, officer)
      return outcome
    },
    print: (officer, number) => as(officer, tx => printForHolder(parts, tx, officer, number)),
    vouchable: (regionCode, matter) => vouchableAt(parts, regionCode, matter),
    invite: (officer, { matter, slots }) =>
      as(officer, async tx => {
        await tx.as({ kind: 'system' })
        const owner = { purpose: 'invitation' as const, residentId: null, officerId: officer.id }
        const content = { flow: flowOf(matter), slots }
        return { ok: true, value: await freshCode(parts, tx, { ...owner, regionCode: officer.regionCode }, content) }
      }),
  }
}

/** Flows are named as their matters, in another spelling: birthRegistration, birth-registration. */
const flowOf = (matter: string): string => matter.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

function perform(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  act: CaseAct & { id: string },
): Promise<Outcome<Application>> {
  const { id } = act
  switch (act.act) {
    case 'startReview':
      return takeStep(parts, tx, officer, { id, fence: act.fence, action: act.act, event: { type: 'reviewStarted' } })
    case 'pause': {
      const { fence, reason } = act
      return takeStep(parts, tx, officer, { id, fence, reason, action: act.act, event: { type: 'paused', reason } })
    }
    case 'resume':
      return takeStep(parts, tx, officer, { id, fence: act.fence, action: act.act, event: { type: 'resumed' } })
    case 'correct':
      return correctCase(parts, tx, officer, act)
    case 'requestConfirmation':
      return requestConfirmation(parts, tx, officer, act)
    case 'notDuplicate':
      return notDuplicate(parts, tx, officer, act)
    case 'move':
      return moveCase(parts, tx, officer, act)
    case 'deliver':
      return takeOpenStep(parts, tx, officer, { id, action: act.act, event: { type: 'delivered' } })
    case 'reopen':
      return reopenCase(parts, tx, officer, act)
    case 'revoke':
      return revokeCertificate(parts, tx, officer, act)
  }
}

/** Only of a case that really looks like it, so that nobody writes down what he did not look at. */
async function notDuplicate(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, of }: { id: string; of: string },
): Promise<Outcome<Application>> {
  const application = await tx.applications.byId(id)
  if (!application || !covers(officer.regionCode, application.regionCode)) return refused({ code: 'notFound' })
  const { notDuplicateOf } = foldApplication(application.actions)
  const alike = likenesses(await tx.applications.similar([id]), notDuplicateOf)
  if (!alike.some(({ otherId }) => otherId === of)) return refused({ code: 'badInput', fields: ['of'] })
  return takeOpenStep(parts, tx, officer, { id, action: 'notDuplicate', event: { type: 'notDuplicate', of } })
}
