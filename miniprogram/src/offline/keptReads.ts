import type { Send } from '../api/answer.ts'
import { fields, number, text, type Fields } from '../api/decode.ts'
import type { HttpAnswer, KeyValue } from '../platform/platform.ts'

/** Copies of what was read last, for a phone without network. Only what the service has masked is read by these addresses. */
export interface KeptReads {
  send: Send
  /** The copy of a page that was read before; null when there is none, or it is too old or of another form. */
  peek<T>(path: string, decode: (body: unknown) => T): { value: T; at: number } | null
  /** Keeps what was learnt in another way than by reading, as if this page had answered it. */
  put(path: string, body: string): void
  /** Notes on a copy what was learnt since. It keeps its age. */
  change(path: string, rule: (body: Fields) => Fields): void
  /** Drops copies that are too old, seen again or not. */
  prune(): void
  /** All copies: at logout, and when somebody else logs in on this device. */
  forget(): void
}

export interface KeptReadsParts {
  send: Send
  /** Whose place a page is read for: copies of one are never shown in another. */
  scope?(path: string): string
  store: KeyValue
  now(): number
  /** What of this answer may be kept; null: nothing. */
  keep(path: string, body: string): string | null
  /** After each read that has a copy: when it was read. Null: just now. */
  onRead(path: string, copyFrom: number | null): void
}

const PREFIX = 'nuanxin.copy.'
/** A working day: who finds the phone tomorrow finds no list of families on it. */
const KEPT_MS = 24 * 3_600_000

export function createKeptReads({ send, store, now, keep, onRead, scope = () => '' }: KeptReadsParts): KeptReads {
  /** Where the copy of a page lies, for the place of now. */
  function nameOf(path: string): string {
    const whose = scope(path)
    return whose === '' ? PREFIX + path : `${PREFIX}${whose}@${path}`
  }

  function copyOf(name: string): { body: string; at: number } | null {
    const copy = readCopy(store.read(name))
    if (copy && now() - copy.at <= KEPT_MS) return copy
    if (copy) store.remove(name)
    return null
  }

  /** A copy that an older client left in another form is dropped: neither list nor outbox may stand still over it. */
  function peek<T>(path: string, decode: (body: unknown) => T): { value: T; at: number } | null {
    const name = nameOf(path)
    const copy = copyOf(name)
    if (!copy) return null
    try {
      return { value: decode(JSON.parse(copy.body)), at: copy.at }
    } catch {
      store.remove(name)
      return null
    }
  }

  /** `name`: as it was when the page was asked for; the officer may have gone to another place meanwhile. */
  function note(name: string, path: string, { status, body }: HttpAnswer): void {
    const kept = status === 200 ? keep(path, body) : null
    if (kept === null) return
    store.write(name, JSON.stringify({ at: now(), body: kept }))
    if (name === nameOf(path)) onRead(path, null)
  }

  const put = (path: string, body: string) => void store.write(nameOf(path), JSON.stringify({ at: now(), body }))

  return {
    peek,
    put,
    change(path, rule) {
      const changed = peek(path, body => JSON.stringify(rule(fields(body))))
      if (changed) store.write(nameOf(path), JSON.stringify({ at: changed.at, body: changed.value }))
    },
    prune: () => copies(store).forEach(copyOf),
    forget: () => copies(store).forEach(name => store.remove(name)),
    async send(request) {
      if (request.method !== 'GET') return send(request)
      const name = nameOf(request.path)
      try {
        const answer = await send(request)
        note(name, request.path, answer)
        return answer
      } catch (cause) {
        const copy = copyOf(name)
        if (!copy) throw cause
        onRead(request.path, copy.at)
        return { status: 200, body: copy.body }
      }
    },
  }
}

const copies = (store: KeyValue): string[] => store.keys().filter(name => name.startsWith(PREFIX))

function readCopy(stored: string | null): { body: string; at: number } | null {
  try {
    const from = fields(JSON.parse(stored ?? 'null'))
    return { body: text(from, 'body'), at: number(from, 'at') }
  } catch {
    return null
  }
}
