import { HEAVY_TIMER } from '../conversation/distress.ts'
import { INVITED_TIMER } from '../conversation/timers.ts'
import type { TurnInput } from '../conversation/types.ts'
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
      if (sessionId.startsWith(HEAVY_TIMER) && (await contactsOf(tx, residentId)).length === 0) return
      const muted = await isMuted(tx, { residentId })
      const timer: TurnInput = { kind: 'timer', sessionId, name, turnId }
      const input = muted && sessionId.startsWith(INVITED_TIMER) ? noRating : timer
      const turn = await unaskedTurn(parts, tx, residentId, input)
      parts.crash('timer.fired')
      if (!turn) return
      const channel = turn.address?.channel ?? 'web'
      await openHandoffs(parts, tx, { residentId, channel }, turn.result)
      // Nothing of itself to a house in mourning; the session goes on as if it had been said.
      if (muted) return
      const dedupeKey = `timer:${sessionId}:${name}:${turnId}`
      await post(parts, tx, turn, [{ residentId, replies: turn.result.replies, dedupeKey, critical: false }])
    })
}

/** Nobody in mourning is asked to rate, now or later; a question that is owed waits until he writes. */
const noRating: TurnInput = { kind: 'settled', flow: 'service-rating', slots: {} }
