import type { Answer, Problem } from '../api/answer.ts'
import { oneByOne, type Wait } from './oneByOne.ts'
import { afterDiscard, afterDone, afterRedo, afterRefusal, nextOf, seqAfter, type Entry } from './outbox.ts'
import type { OutboxStore } from './outboxStore.ts'

/** A write as the pages give it; the courier adds what makes an entry of it. */
export type Written = Pick<Entry, 'taskId' | 'action' | 'what' | 'about' | 'path' | 'body' | 'fence' | 'standInFor'>

/** How the first attempt went: done, kept for later, or refused while the officer was looking. */
export type FirstTry =
  | { outcome: 'done'; fence: number | null }
  | { outcome: 'waiting'; lasting: boolean }
  | { outcome: 'refused'; problem: Problem }

export interface CourierParts {
  box: OutboxStore
  /** Who is logged in; null: nothing goes out. */
  officerId(): string | null
  newId(): string
  now(): number
  /** One attempt. `fence`: number of the task afterwards, where the service tells it. */
  send(entry: Entry): Promise<Answer<{ fence: number | null }>>
  wait(ms: number): Wait
  /** As long as an officer looks at a button that is being pressed. After that a write counts as kept for later. */
  patience(): Promise<void>
  onChange(entries: Entry[]): void
  /** The service has done it; before anybody hears of it. */
  onDone(entry: Entry, fence: number | null): void
  /** Something was settled without the officer looking on. */
  onSettled(): void
  onExpired(problem: Problem): void
}

export interface Courier {
  write(written: Written): Promise<FirstTry>
  /** Logged in, back on the network, seen again: try at once. */
  wake(): void
  discard(id: string): void
  redo(id: string, fence: number): void
}

/** Pauses between attempts; the last is kept. Bad reception costs the battery, and coming back to the network wakes it anyway. */
const PAUSES_MS = [2_000, 5_000, 15_000, 30_000]

/** Sends an officer's writes one after another, in the order in which they were written, until each is done or refused. */
export function createCourier(parts: CourierParts): Courier {
  const { box } = parts
  /** Who waits to hear how his write goes; null: it is kept for later. */
  const watched = new Map<string, (first: FirstTry | null) => void>()

  function change(officerId: string, rule: (entries: Entry[]) => Entry[]): boolean {
    const lasting = box.change(officerId, rule)
    parts.onChange(box.read(officerId))
    return lasting
  }

  function tell(id: string, first: FirstTry): void {
    const told = watched.get(id)
    watched.delete(id)
    if (told) told(first)
    else parts.onSettled()
  }

  function lookAway(id: string): void {
    watched.get(id)?.(null)
    watched.delete(id)
  }

  const tellAllWaiting = () => [...watched.keys()].forEach(lookAway)

  /** True when the entry is settled and the next may go. */
  async function attempt(entry: Entry): Promise<boolean> {
    const answer = await parts.send(entry)
    if (answer.ok) {
      parts.onDone(entry, answer.value.fence)
      change(entry.officerId, entries => afterDone(entries, entry.id, answer.value.fence))
      tell(entry.id, { outcome: 'done', fence: answer.value.fence })
      return true
    }
    const { problem } = answer
    if (problem.kind === 'refused') {
      const seen = watched.has(entry.id)
      change(entry.officerId, entries =>
        seen ? afterDiscard(entries, entry.id) : afterRefusal(entries, entry.id, problem),
      )
      tell(entry.id, { outcome: 'refused', problem })
      return true
    }
    if (problem.kind === 'expired') parts.onExpired(problem)
    return false
  }

  function next(): Entry | null {
    const officerId = parts.officerId()
    const entry = officerId === null ? null : nextOf(box.read(officerId))
    if (!entry) tellAllWaiting()
    return entry
  }

  /** Nobody waits for the end of a pause. */
  function wait(ms: number): Wait {
    tellAllWaiting()
    return parts.wait(ms)
  }

  const line = oneByOne({ next, attempt, pauses: PAUSES_MS, wait })

  function edit(rule: (entries: Entry[]) => Entry[]): void {
    const officerId = parts.officerId()
    if (officerId !== null) change(officerId, rule)
    line.run()
  }

  return {
    write(written) {
      const officerId = parts.officerId() ?? ''
      const id = parts.newId()
      const lasting = change(officerId, entries => [
        ...entries,
        { ...written, id, key: id, seq: seqAfter(entries), officerId, at: parts.now(), refusal: null },
      ])
      const told = new Promise<FirstTry>(resolve =>
        watched.set(id, first => resolve(first ?? { outcome: 'waiting', lasting })),
      )
      if (line.pausing()) tellAllWaiting()
      line.run()
      void parts.patience().then(() => lookAway(id))
      return told
    },
    wake: line.wake,
    discard: id => edit(entries => afterDiscard(entries, id)),
    redo: (id, fence) => edit(entries => afterRedo(entries, id, { key: parts.newId(), fence })),
  }
}
