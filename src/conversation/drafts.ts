import type { CompiledFlow, Turn, Walk } from './machine.ts'
import { shanghaiDate, type LocalDate } from '../domain/world.ts'
import { rootOf } from './places.ts'
import { MAX_DRAFTS } from './settings.ts'
import { setDraftTimer, silenceOf } from './timers.ts'
import type { Session } from './types.ts'

/**
 * Puts a session that silence has ended aside as a draft. Answers the day on which it is deleted; null when nothing in it
 * is worth keeping, or its flow keeps none.
 */
export function putAwayAsDraft(walk: Walk): LocalDate | null {
  const { session, turn } = walk
  const settings = silenceOf(walk)
  const said = session.path.length > 0 || session.stack !== undefined
  if (settings.keepDraftDays === 0 || !said || session.sealed) return null
  const { confirming: _, within: __, partly: ___, reminders: ____, ...draft } = session
  draft.status = 'paused'
  turn.conversation.drafts = [...(turn.conversation.drafts ?? []), draft].slice(-MAX_DRAFTS)
  return shanghaiDate(setDraftTimer(turn, draft, settings))
}

/** The draft of a matter, taken out as a session that waits for the word whether to go on; null when there is none. */
export function takeDraft(turn: Turn, flow: CompiledFlow): Session | null {
  const draft = (turn.conversation.drafts ?? []).findLast(candidate => rootOf(candidate).flow === flow.name)
  if (!draft) return null
  forgetDraft(turn, draft.id)
  const session: Session = { ...draft, slots: { ...draft.slots }, path: [...draft.path], status: 'waiting' }
  session.visit += 1
  return session
}

/** The flow of the newest draft; null when there is none or it is not loaded any more. */
export function flowOfNewestDraft({ conversation, library }: Turn): CompiledFlow | null {
  const draft = conversation.drafts?.at(-1)
  return draft ? library.flow(rootOf(draft).flow, null) : null
}

/** Deletes a draft. */
export function forgetDraft({ conversation }: Turn, id: string): void {
  const rest = (conversation.drafts ?? []).filter(draft => draft.id !== id)
  if (rest.length > 0) conversation.drafts = rest
  else delete conversation.drafts
}
