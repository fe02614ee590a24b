import type { Reply } from '../conversation/types.ts'
import type { Application } from '../domain/application.ts'
import { foldApplication } from '../domain/applicationState.ts'
import { certificateLink } from './certificates.ts'
import { isMuted } from './messages/mutes.ts'
import { DECISION_KEY } from './outboxReports.ts'
import type { AppParts } from './parts.ts'
import type { Tx } from './ports.ts'
import { inviteByDay, post, unaskedTurn } from './unaskedTurn.ts'

/**
 * Tells the resident how it ended and invites one rating. Both leave by the outbox; the invitation waits inside the
 * conversation while another matter is in progress.
 */
export async function tellDecision(parts: AppParts, tx: Tx, application: Application): Promise<void> {
  const { residentId, id, number } = application
  const slots = { applicationId: id, applicationNumber: number }
  // Nobody in mourning or distress is asked to rate, now or later.
  const matter = { flow: 'service-rating', slots }
  const turn = (await isMuted(tx, { residentId }))
    ? await unaskedTurn(parts, tx, residentId, { kind: 'settled', ...matter })
    : await inviteByDay(parts, tx, residentId, { kind: 'invite', ...matter })
  if (!turn?.address) return // an application without a chat (window case): the officer tells in person
  const { result, turnId, at, address } = turn
  const { key, values, reply } = decisionReply(parts, application, result.conversation.language, turnId)
  const { certificateNumber } = foldApplication(application.actions)
  if (certificateNumber !== null) reply.url = certificateLink(tx, { number: certificateNumber, at, ...address })
  const notice = { key, values, ...(reply.url === undefined ? {} : { url: reply.url }) }
  await post(parts, tx, turn, [
    { residentId, replies: [reply], notice, dedupeKey: DECISION_KEY + id, critical: true },
    { residentId, replies: result.replies, dedupeKey: `rating:${id}`, critical: false },
  ])
}

/** Each matter ends in a document of its own. */
const grantedKey: Record<Application['matter'], string> = {
  birthRegistration: 'app.decision.granted',
  additionalBirthPermit: 'app.decision.grantedPermit',
  certificateReissue: 'app.decision.grantedReissue',
}

interface Decision {
  key: string
  values: Record<string, string | null>
  reply: Reply
}

function decisionReply(parts: AppParts, application: Application, language: 'zh-CN' | 'en', turnId: string): Decision {
  const state = foldApplication(application.actions)
  const values = {
    number: application.number,
    certificateNumber: state.certificateNumber,
    reason: state.refusal?.reason ?? null,
    remedies: parts.text(language, 'app.decision.remedies'),
  }
  const granted = state.status === 'granted'
  const key = granted ? grantedKey[application.matter] : 'app.decision.refused'
  const text = parts.text(language, key, values)
  return { key, values, reply: { id: `${turnId}-decision`, kind: granted ? 'card' : 'text', text } }
}
