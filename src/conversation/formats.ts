import { DAMAGED, FORMAT } from './storedForm.ts'
import type { Conversation, Place, Session } from './types.ts'

/** A conversation as some version wrote it: every format has its own number. */
export interface StoredConversation {
  format: number
}

type Migration = (stored: Record<string, unknown>) => Record<string, unknown>

/**
 * One entry for each format that was ever released, from which to the next. What is stored is never older than the
 * oldest of them.
 */
const migrations: Record<number, Migration> = {
  // 1 knew one reminder only, as a flag; flows may now say how many there are, so they are counted.
  1: stored => ({ ...stored, format: 2, sessions: sessionsOf(stored).map(countReminders) }),
  // 2 kept the moment at which a session began, which nothing ever read; 3 is also written shorter (`storedForm.ts`).
  2: stored => withEachSession(stored, withoutStart),
}

/**
 * A stored conversation in the present format.
 * @throws RangeError when a newer version wrote it, or when it is damaged: nobody may guess what it means.
 */
export function readConversation(stored: StoredConversation): Conversation {
  let read: Record<string, unknown> = { ...stored }
  for (let format = stored.format; format !== FORMAT; format = Number(read['format'])) {
    const migrate = migrations[format]
    if (!migrate) throw new RangeError(refusalOf(format))
    read = migrate(read)
  }
  // A decoder: the engine itself wrote it, and every change of shape since then stands above.
  return read as unknown as Conversation
}

function sessionsOf({ sessions }: Record<string, unknown>): Record<string, unknown>[] {
  return Array.isArray(sessions) ? sessions.filter(isRecord) : []
}

function withoutStart(session: Record<string, unknown>): Record<string, unknown> {
  const { startedAt: _, ...rest } = session
  return rest
}

function refusalOf(format: number): string {
  if (format === DAMAGED) return 'a stored conversation is damaged: it has not the fields of its format'
  return `a conversation of format ${format} cannot be read, this version writes ${FORMAT}`
}

/** Drafts are sessions too. */
function withEachSession(
  stored: Record<string, unknown>,
  change: (session: Record<string, unknown>) => Record<string, unknown>,
): Record<string, unknown> {
  const { drafts } = stored
  const changed = { ...stored, format: 3, sessions: sessionsOf(stored).map(change) }
  return Array.isArray(drafts) ? { ...changed, drafts: drafts.filter(isRecord).map(change) } : changed
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function countReminders({ reminded, ...session }: Record<string, unknown>): Record<string, unknown> {
  return reminded === true ? { ...session, reminders: 1 } : session
}

/** Every place of a session: where it stands, the flows that wait, and what called flows left. */
export function* placesOf(session: Session): Generator<Place> {
  for (const place of [session, ...(session.stack ?? [])]) yield* withKept(place)
}

function* withKept(place: Place): Generator<Place> {
  yield place
  for (const kept of Object.values(place.kept ?? {})) yield* withKept(kept)
}
