import type { App } from './app.ts'
import type { AppParts } from './parts.ts'
import { post, unaskedTurn } from './unaskedTurn.ts'

/** Fires a timer under the conversation's lock. The engine ignores it when the session has moved on. */
export function makeFireTimer(parts: AppParts): App['fireTimer'] {
  return ({ residentId, sessionId, name, turnId }) =>
    parts.store.transaction({ kind: 'system' }, async tx => {
      const turn = await unaskedTurn(parts, tx, residentId, { kind: 'timer', sessionId, name, turnId })
      parts.crash('timer.fired')
      if (!turn) return
      const dedupeKey = `timer:${sessionId}:${name}:${turnId}`
      await post(parts, tx, turn, [{ residentId, replies: turn.result.replies, dedupeKey, critical: false }])
    })
}
