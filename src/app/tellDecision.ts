import type { Reply, TurnContext } from '../conversation/types.ts'
import type { Application } from '../domain/application.ts'
import { foldApplication } from '../domain/applicationState.ts'
import { shanghaiDate } from '../domain/world.ts'
import { certificateLink } from './certificates.ts'
import { DECISION_KEY } from './outboxReports.ts'
import type { AppParts } from './parts.ts'
import type { Tx } from './ports.ts'

/**
 * Tells the resident how it ended and invites one rating. Both leave by the outbox; the invitation waits inside the
 * conversation while another matter is in progress.
 */
export async function tellDecision(parts: AppParts, tx: Tx, application: Application): Promise<void> {
  await tx.as({ kind: 'system' })
  const address = await tx.turns.addressOf(application.residentId)
  const held = await tx.turns.lock(application.residentId)
  if (!address || !held) return // an application without a chat (window case): the officer tells in person
  const at = parts.world.now()
  const context = systemContext(parts)
  const invited = parts.converse(
    held.conversation,
    {
      kind: 'invite',
      flow: 'service-rating',
      slots: { applicationId: application.id, applicationNumber: application.number },
    },
    context,
  )
  await tx.turns.save(application.residentId, held.version, invited.conversation, at)
  await tx.turns.applyEffects(application.residentId, invited.effects, invited.trace, at)
  const language = invited.conversation.language
  const notice = decisionReply(parts, application, language, context.turnId)
  const { certificateNumber } = foldApplication(application.actions)
  if (certificateNumber !== null) notice.url = certificateLink(tx, { number: certificateNumber, at, ...address })
  const messages = [
    { key: DECISION_KEY + application.id, replies: [notice], critical: true },
    { key: `rating:${application.id}`, replies: invited.replies, critical: false },
  ].filter(message => message.replies.length > 0)
  const ids: string[] = []
  for (const { key, replies, critical } of messages) {
    const id = parts.world.newId()
    ids.push(id)
    await tx.outbox.add({
      id,
      residentId: application.residentId,
      ...address,
      replies,
      dedupeKey: key,
      critical,
      notBefore: at,
      createdAt: at,
    })
  }
  tx.afterCommit(() => parts.wake.outbox(ids))
}

/** The context of a turn that nobody wrote: timers, invitations. */
export function systemContext(parts: AppParts): TurnContext {
  const now = parts.world.now()
  return {
    turnId: parts.world.newId(),
    now,
    today: shanghaiDate(now),
    newId: () => parts.world.newId(),
    officer: false,
  }
}

function decisionReply(parts: AppParts, application: Application, language: 'zh-CN' | 'en', turnId: string): Reply {
  const state = foldApplication(application.actions)
  const values = {
    number: application.number,
    certificateNumber: state.certificateNumber,
    reason: state.refusal?.reason ?? null,
    remedies: parts.text(language, 'app.decision.remedies'),
  }
  const granted = state.status === 'granted'
  return {
    id: `${turnId}-decision`,
    kind: granted ? 'card' : 'text',
    text: parts.text(language, granted ? 'app.decision.granted' : 'app.decision.refused', values),
  }
}
