import { fields, isFields, number, text, textOrNull, texts, type Fields } from '../api/decode.ts'
import type { Problem } from '../api/answer.ts'
import type { KeyValue } from '../platform/platform.ts'
import { inOrder, type Entry } from './outbox.ts'

/** Each entry lies under its own name: two pages of one officer cannot write over each other's. */
const PREFIX = 'nuanxin.outbox.'

const nameOf = ({ officerId, id }: Entry) => `${PREFIX}${officerId}.${id}`

function problem(from: Fields): Problem {
  return {
    kind: 'refused',
    status: typeof from['status'] === 'number' ? from['status'] : 0,
    code: textOrNull(from, 'code') ?? '',
    title: textOrNull(from, 'title') ?? '',
    allowed: texts(from['allowed']),
    heldBy: textOrNull(from, 'heldBy'),
    fields: texts(from['fields']),
  }
}

function entry(value: unknown): Entry {
  const from = fields(value)
  return {
    id: text(from, 'id'),
    key: text(from, 'key'),
    seq: number(from, 'seq'),
    officerId: text(from, 'officerId'),
    taskId: text(from, 'taskId'),
    action: text(from, 'action'),
    what: text(from, 'what'),
    about: text(from, 'about'),
    path: text(from, 'path'),
    body: text(from, 'body'),
    // Written by a client that knew no substitutes.
    standInFor: textOrNull(from, 'standInFor') ?? '',
    fence: from['fence'] === null ? null : number(from, 'fence'),
    at: number(from, 'at'),
    refusal: isFields(from['refusal']) ? problem(from['refusal']) : null,
  }
}

/** What an older client left in a form that cannot be read cannot be sent either; it stays where it lies. */
function readEntry(stored: string | null): Entry[] {
  try {
    return stored === null ? [] : [entry(JSON.parse(stored))]
  } catch {
    return []
  }
}

export interface OutboxStore {
  /** Of this officer, in order. Read anew each time: another page may have written. */
  read(officerId: string): Entry[]
  /** Writes what differs. False: this device keeps it only until the page is closed. */
  change(officerId: string, rule: (entries: Entry[]) => Entry[]): boolean
}

export function createOutboxStore(store: KeyValue): OutboxStore {
  const read = (officerId: string) =>
    inOrder(
      store
        .keys()
        .filter(name => name.startsWith(`${PREFIX}${officerId}.`))
        .flatMap(name => readEntry(store.read(name))),
    )
  return {
    read,
    change(officerId, rule) {
      const before = read(officerId)
      const after = rule(before)
      const changed = after.filter(entry => !before.includes(entry))
      // What is new is kept before what is done is dropped: a page that dies in between sends once more, under the same key.
      const kept = changed.map(entry => store.write(nameOf(entry), JSON.stringify(entry)))
      const ids = new Set(after.map(({ id }) => id))
      for (const gone of before) if (!ids.has(gone.id)) store.remove(nameOf(gone))
      return kept.every(Boolean)
    },
  }
}
