import type { Conversation } from '../../conversation/types.ts'

/**
 * A conversation without what it keeps of other matters: drafts, open sessions, what waits, what was said sadly. The session in
 * hand stays, and so does that a human was called.
 */
export function emptied(conversation: Conversation): Conversation {
  const { drafts: _drafts, offered: _offered, low: _low, heavy: _heavy, ...kept } = conversation
  return { ...kept, sessions: kept.sessions.filter(({ id }) => id === kept.current), queue: [] }
}
