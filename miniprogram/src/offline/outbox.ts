/** What an officer wrote and the service has not confirmed yet. Pure: the rules of the outbox, without storage and network. */
import type { Problem } from '../api/answer.ts'

export interface Entry {
  /** Stays through every attempt and every redo. */
  id: string
  /** Goes with every attempt, so that the service does it once. */
  key: string
  /** Entries go out by rising number. */
  seq: number
  officerId: string
  taskId: string
  /** What it does to its task, by the service's name of the action: the lists show it as done meanwhile. */
  action: string
  /** The same in words, and of which task: masked, as the list has it. */
  what: string
  about: string
  path: string
  body: string
  /** User name of the absent colleague in whose place it was written; empty: in one's own. */
  standInFor: string
  /** Fencing number of the task as last known; null where the write asks for none. */
  fence: number | null
  /** Milliseconds since 1970. */
  at: number
  /** Why the service did not take it; null while it waits. The officer discards it or does it again. */
  refusal: Problem | null
}

export const inOrder = (entries: readonly Entry[]): Entry[] =>
  [...entries].sort((one, other) => one.seq - other.seq || one.id.localeCompare(other.id))

/**
 * The entry that goes next: the oldest that waits. What was written on top of a refused one waits for the officer's word,
 * for it may make no sense any more; other tasks go on.
 */
export function nextOf(entries: readonly Entry[]): Entry | null {
  const held = new Set<string>()
  for (const entry of inOrder(entries)) {
    if (entry.refusal) held.add(entry.taskId)
    else if (!held.has(entry.taskId)) return entry
  }
  return null
}

/** The service has done it. What was written on top of it goes on under the number that the task has now. */
export function afterDone(entries: readonly Entry[], id: string, fence: number | null): Entry[] {
  const done = entries.find(entry => entry.id === id)
  const rests = (entry: Entry) => entry.taskId === done?.taskId && entry.fence !== null && entry.seq >= done.seq
  return entries
    .filter(entry => entry.id !== id)
    .map(entry => (fence !== null && rests(entry) ? { ...entry, fence } : entry))
}

export const afterRefusal = (entries: readonly Entry[], id: string, refusal: Problem): Entry[] =>
  entries.map(entry => (entry.id === id ? { ...entry, refusal } : entry))

export const afterDiscard = (entries: readonly Entry[], id: string): Entry[] => entries.filter(entry => entry.id !== id)

/** The officer has seen how the task is now and wants it all the same: a new write, under the number of now. */
export function afterRedo(entries: readonly Entry[], id: string, now: { key: string; fence: number }): Entry[] {
  return entries.map(entry =>
    entry.id === id ? { ...entry, key: now.key, fence: entry.fence === null ? null : now.fence, refusal: null } : entry,
  )
}

export const seqAfter = (entries: readonly Entry[]): number =>
  entries.reduce((top, { seq }) => Math.max(top, seq), 0) + 1

/** When the oldest of these was written; null when there is none. */
export const oldestAt = (entries: readonly Entry[]): number | null =>
  entries.reduce<number | null>((oldest, { at }) => (oldest === null ? at : Math.min(oldest, at)), null)
