import type { StoredPosition } from './check/finding.ts'
import { readConversation, type StoredConversation } from './formats.ts'

/** Steps at which the person of a stored conversation stands: in every open session and draft, and in flows that wait there. */
export function positionsOf(stored: StoredConversation): StoredPosition[] {
  const { sessions, drafts = [] } = readConversation(stored)
  return [...sessions, ...drafts]
    .flatMap(session => [session, ...(session.stack ?? [])])
    .map(({ flow, revision, step }) => ({ flow, revision, step, count: 1 }))
}

/** The same positions added up, sorted by flow, revision and step. */
export function addPositions(positions: StoredPosition[]): StoredPosition[] {
  const added = new Map<string, StoredPosition>()
  for (const { flow, revision, step, count } of positions) {
    const key = `${flow}@${String(revision).padStart(6, '0')} ${step}`
    added.set(key, { flow, revision, step, count: (added.get(key)?.count ?? 0) + count })
  }
  return [...added].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, position]) => position)
}
