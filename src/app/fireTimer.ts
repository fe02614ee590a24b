import type { App } from './app.ts'
import type { AppParts } from './parts.ts'
import { systemContext } from './tellDecision.ts'

/** Fires a timer under the conversation's lock. The engine ignores it when the session has moved on. */
export function makeFireTimer(parts: AppParts): App['fireTimer'] {
  return ({ residentId, sessionId, name, turnId }) =>
    parts.store.transaction({ kind: 'system' }, async tx => {
      const held = await tx.turns.lock(residentId)
      if (!held?.conversation) return
      const at = parts.world.now()
      const context = systemContext(parts)
      const result = parts.converse(held.conversation, { kind: 'timer', sessionId, name, turnId }, context)
      await tx.turns.save(residentId, held.version, result.conversation, at)
      await tx.turns.applyEffects(residentId, result.effects, result.trace, at)
      parts.crash('timer.fired')
      const address = result.replies.length > 0 ? await tx.turns.addressOf(residentId) : null
      if (!address) return
      const id = parts.world.newId()
      const dedupeKey = `timer:${sessionId}:${name}:${turnId}`
      await tx.outbox.add({
        id,
        residentId,
        ...address,
        replies: result.replies,
        dedupeKey,
        critical: false,
        notBefore: at,
        createdAt: at,
      })
      tx.afterCommit(() => parts.wake.outbox([id]))
    })
}
