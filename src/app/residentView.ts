import { allowedActions } from '../domain/allowedActions.ts'
import type { Application } from '../domain/application.ts'
import { foldApplication } from '../domain/applicationState.ts'
import { residentWord } from '../domain/residentWord.ts'
import { isClosed } from '../domain/taskState.ts'
import type { ResidentApplicationView } from './app.ts'
import { caseTaskOf } from './cases/caseTask.ts'
import { officesOf } from './offices.ts'
import type { AppParts } from './parts.ts'
import type { Tx } from './ports.ts'
import { handlersOf } from './tasks/ownRequests.ts'
import { rulesAt } from './tasks/taskTime.ts'

/**
 * Shows applications as their own resident sees them: where each is, who has it, both dates. No login names, no other
 * people. As many queries for a page as for one.
 */
export async function residentViewer(
  parts: AppParts,
  tx: Tx,
  applications: Application[],
): Promise<(application: Application) => ResidentApplicationView> {
  const officeOf = await officesOf(
    parts,
    tx,
    applications.map(({ regionCode }) => regionCode),
  )
  const certificates = await tx.certificates.ofApplications(applications.map(({ id }) => id))
  const codes = new Map(certificates.map(({ certificate, checkCode }) => [certificate.applicationId, checkCode]))
  const names = await receiverNames(tx, applications)
  const workOn = await workViewer(parts, tx, applications)
  return application => {
    const state = foldApplication(application.actions)
    const clocks = parts.clocks(application)
    const office = officeOf(application.regionCode)
    return {
      id: application.id,
      number: application.number,
      matter: application.matter,
      status: state.status,
      receivedAt: application.receivedAt,
      promiseDue: clocks.promiseDue,
      legalDue: clocks.legalDue,
      dueProvisional: clocks.provisional,
      clockStopped: clocks.stopped,
      acceptedBySilence: state.acceptedBySilence,
      firstReceiver: state.firstReceiverId && (names.get(state.firstReceiverId) ?? null),
      certificateStatus: state.certificate,
      allowedActions: allowedActions(state, 'resident').filter(name => name === 'withdraw' || name === 'supplement'),
      notices: state.notices,
      certificateNumber: state.certificateNumber,
      checkCode: codes.get(application.id) ?? null,
      office: office.name,
      officePhone: office.phone,
      ...workOn(application.id),
    }
  }
}

type Work = Pick<ResidentApplicationView, 'handler' | 'mayUrge' | 'urgeFrom'>

/** Who works on each case now, and whether its resident may urge it. */
async function workViewer(parts: AppParts, tx: Tx, applications: Application[]): Promise<(id: string) => Work> {
  const tasks = await tx.tasks.ofApplications(applications.map(({ id }) => id))
  const handlerOf = await handlersOf(parts, tx, tasks)
  const now = parts.world.now()
  return id => {
    const task = caseTaskOf(tasks.filter(({ applicationId }) => applicationId === id))
    if (!task || isClosed(task)) return { handler: null, mayUrge: false, urgeFrom: null }
    const { mayUrge, urgeFrom } = residentWord(task, rulesAt(parts, task.regionCode), now)
    return { handler: handlerOf(task), mayUrge, urgeFrom }
  }
}

/** Of officers only the name: no log-in, no number of his own. */
async function receiverNames(tx: Tx, applications: Application[]): Promise<Map<string, string>> {
  const ids = applications.flatMap(({ actions }) => foldApplication(actions).firstReceiverId ?? [])
  const officers = ids.length > 0 ? await tx.officers.byIds([...new Set(ids)]) : []
  return new Map(officers.map(({ id, name }) => [id, name]))
}
