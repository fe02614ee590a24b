import { HEAVY_TIMER } from '../conversation/distress.ts'
import type { App } from './app.ts'
import { contactsOf } from './distress/contactsOf.ts'
import { openHandoffs } from './handoff.ts'
import { isMuted } from './messages/mutes.ts'
import type { AppParts } from './parts.ts'
import { post, unaskedTurn } from './unaskedTurn.ts'

/** Fires a timer under the conversation's lock. The engine ignores it when the session has moved on. */
export function makeFireTimer(parts: AppParts): App['fireTimer'] {
  return ({ residentId, sessionId, name, turnId }) =>
    parts.store.transaction({ kind: 'system' }, async tx => {
      // Silence after a heavy word is a sign in a family that is looked after; elsewhere nobody is called by it.
      if (sessionId === HEAVY_TIMER && (await contactsOf(tx, residentId)).length === 0) return
      const turn = await unaskedTurn(parts, tx, residentId, { kind: 'timer', sessionId, name, turnId })
      parts.crash('timer.fired')
      if (!turn) return
      const channel = turn.address?.channel ?? 'web'
      await openHandoffs(parts, tx, { residentId, channel }, turn.result)
      // Nothing of itself to a house in mourning; the session goes on as if it had been said.
      if (await isMuted(tx, { residentId })) return
      const dedupeKey = `timer:${sessionId}:${name}:${turnId}`
      await post(parts, tx, turn, [{ residentId, replies: turn.result.replies, dedupeKey, critical: false }])
    })
}
