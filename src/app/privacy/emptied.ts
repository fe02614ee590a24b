import type { Conversation } from '../../conversation/types.ts'

/** A conversation without what it keeps of other matters: drafts, open sessions, what waits. The session in hand stays. */
export function emptied(conversation: Conversation): Conversation {
  const { drafts: _drafts, offered: _offered, ...kept } = conversation
  return { ...kept, sessions: kept.sessions.filter(({ id }) => id === kept.current), queue: [] }
}
