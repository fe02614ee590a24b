/** Questions to other bureaus: asked by an officer, carried by an adapter, answered with a narrow token. */
import type { Application } from '../../domain/application.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import type { Officer } from '../../domain/officer.ts'
import { officerActor } from '../../domain/taskState.ts'
import { shanghaiDate, startOfDay, addDays } from '../../domain/world.ts'
import type { Outcome } from '../app.ts'
import type { AnswerTaken, BureauDesk, ConfirmationAnswer, SharedField } from '../bureauDesk.ts'
import { appendEvent } from '../appendEvent.ts'
import { isKey } from '../linkKey.ts'
import { heldCase } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

export interface Question {
  id: string
  fence: number
  bureau: string
  text: string
  share: SharedField[]
}

/** Writes the question down; the job carries it to the bureau. */
export async function requestConfirmation(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, fence, bureau, text, share }: Question,
): Promise<Outcome<Application>> {
  const at = parts.world.now()
  const held = await heldCase(parts, tx, officer, id, fence, 'requestConfirmation')
  if (!held.ok) return held
  const { application } = held.value
  const { date } = parts.addWorkingDays(shanghaiDate(at), parts.settings.confirmationDays)
  const requestId = parts.world.newId()
  await tx.confirmations.insert({
    ...{ id: requestId, applicationId: id, regionCode: application.regionCode, residentId: application.residentId },
    ...{ bureau, askedAt: at, expiresAt: startOfDay(addDays(date, 1)) },
    question: { text, about: Object.fromEntries(share.map(field => [field, application.content[field]])) },
  })
  const event = { type: 'confirmationRequested' as const, requestId, bureau, question: text }
  const detail = { bureau, shared: share.join(',') }
  return { ok: true, value: await appendEvent(tx, application, { actor: officerActor(officer), event, at, detail }) }
}

/** Takes a bureau's answer, once, for the one request that its token is for. */
export async function answerConfirmation(parts: AppParts, given: ConfirmationAnswer): Promise<AnswerTaken> {
  const { requestId, token, answer, note } = given
  return parts.store.transaction({ kind: 'system' }, async tx => {
    const at = parts.world.now()
    const request = await tx.confirmations.byId(requestId)
    if (!request || request.expiresAt <= at) return 'unknown'
    if (!isKey(parts, tx.confirmations.token(requestId, request.expiresAt), token)) return 'unknown'
    const application = await tx.applications.byId(request.applicationId)
    if (!application) return 'unknown'
    if (!(await tx.confirmations.answered(requestId, at))) return 'repeated'
    if (!foldApplication(application.actions).openConfirmations.includes(requestId)) return 'repeated'
    const event = { type: 'confirmationAnswered' as const, requestId, answer, note }
    const detail = { bureau: request.bureau, answer }
    await appendEvent(tx, application, { actor: { kind: 'system' }, event, at, detail })
    return 'taken'
  })
}

/** A sending that failed comes again after this. */
const SEND_AGAIN_MS = 60_000
const BATCH = 20

/** Carries what waits and collects what came. Several workers at once send each request once, unless one of them dies. */
export async function exchangeConfirmations(parts: AppParts, desk: BureauDesk): Promise<void> {
  const at = parts.world.now()
  const waiting = await parts.store.transaction({ kind: 'system' }, async tx => {
    const requests = await tx.confirmations.takeUnsent(at, at + SEND_AGAIN_MS, BATCH)
    return requests.map(request => ({ ...request, token: tx.confirmations.token(request.id, request.expiresAt) }))
  })
  for (const request of waiting) {
    try {
      await desk.send(request)
      await parts.store.transaction({ kind: 'system' }, tx => tx.confirmations.sent(request.id, parts.world.now()))
    } catch (error) {
      parts.report(error, 'carry a question to a bureau')
    }
  }
  await desk.collect(answer => answerConfirmation(parts, answer))
}
