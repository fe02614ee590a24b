import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryStore } from '../platform/testing.ts'
import { afterDiscard, afterDone, afterRedo, afterRefusal, nextOf, seqAfter, type Entry } from './outbox.ts'
import { createOutboxStore } from './outboxStore.ts'
import { Killed, storeUntilKilled, tasksOfTheService } from './testing.ts'

const OFFICER = 'o1'
const entry = (id: string, taskId: string, seq: number, fence: number | null = 0): Entry => ({
  ...{ id, key: id, seq, officerId: OFFICER, taskId, action: 'close', what: '办结', about: '戴*' },
  ...{ path: `/api/tasks/${taskId}/close`, body: id, fence, at: seq, refusal: null, standInFor: '' },
})

test('entries go out in the order in which they were written', () => {
  const entries = [entry('b', 't2', 2), entry('a', 't1', 1)]
  expect(nextOf(entries)?.id).toBe('a')
  expect(nextOf(afterDone(entries, 'a', 1))?.id).toBe('b')
})

test('what rests on a refused write waits for the officer; other tasks go on', () => {
  const refused = afterRefusal([entry('a', 't1', 1), entry('b', 't1', 2), entry('c', 't2', 3)], 'a', {
    ...{ kind: 'refused', status: 409, code: 'taken', title: '', allowed: [], heldBy: null, fields: [] },
  })
  expect(nextOf(refused)?.id).toBe('c')
  expect(nextOf(afterDiscard(refused, 'a'))?.id).toBe('b')
  expect(nextOf(afterRedo(refused, 'a', { key: 'a2', fence: 7 }))).toMatchObject({ id: 'a', key: 'a2', fence: 7 })
})

test('a task that was taken and closed without network is closed under the number of its lease', () => {
  const [close] = afterDone([entry('lease', 't1', 1), entry('close', 't1', 2)], 'lease', 5)
  expect(close).toMatchObject({ id: 'close', fence: 5 })
})

type Deed =
  | { do: 'write'; task: string }
  | { do: 'send'; fate: 'arrives' | 'lost on the way' | 'answer lost' }
  | { do: 'meddle'; task: string }
  | { do: 'decide'; redo: boolean }
  | { do: 'kill'; after: number }

const task = fc.constantFrom('t1', 't2', 't3')
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), task }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      fate: fc.constantFrom('arrives' as const, 'lost on the way' as const, 'answer lost' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('meddle' as const), task }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('decide' as const), redo: fc.boolean() }) },
  // The next page dies after so many changes to its storage: between any two of them.
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill' as const), after: fc.integer({ min: 0, max: 6 }) }) },
)

/** A phone, a bad network and the service. */
function scene() {
  const service = tasksOfTheService()
  const kept = new Map<string, string>()
  let box = createOutboxStore(memoryStore(kept))
  const written: string[] = []
  const discarded: string[] = []
  let ids = 0

  function send(fate: string): void {
    const next = nextOf(box.read(OFFICER))
    if (!next || fate === 'lost on the way') return
    const answer = service.take(next)
    if (fate === 'answer lost') return
    const rule = (entries: Entry[]) =>
      answer.ok ? afterDone(entries, next.id, answer.value.fence) : afterRefusal(entries, next.id, answer.problem)
    box.change(OFFICER, rule)
  }

  function write(taskId: string): void {
    const id = `w${String(++ids).padStart(3, '0')}`
    box.change(OFFICER, entries => [...entries, entry(id, taskId, seqAfter(entries), service.fenceOf(taskId))])
    written.push(id) // only now the page says that it is kept
  }

  function decide(redo: boolean): void {
    const refused = box.read(OFFICER).find(({ refusal }) => refusal !== null)
    if (!refused) return
    const key = `k${++ids}`
    const { id, taskId } = refused
    if (!redo) discarded.push(id)
    box.change(OFFICER, entries =>
      redo ? afterRedo(entries, id, { key, fence: service.fenceOf(taskId) }) : afterDiscard(entries, id),
    )
  }

  return {
    service,
    written,
    discarded,
    waiting: () => box.read(OFFICER).map(({ id }) => id),
    play(next: Deed): void {
      try {
        if (next.do === 'write') write(next.task)
        if (next.do === 'send') send(next.fate)
        if (next.do === 'meddle') service.meddle(next.task)
        if (next.do === 'decide') decide(next.redo)
        if (next.do === 'kill') box = createOutboxStore(storeUntilKilled(kept, next.after))
      } catch (cause) {
        if (!(cause instanceof Killed)) throw cause
        box = createOutboxStore(memoryStore(kept)) // the page is opened again
      }
    },
    /** Network, an open page and an officer who answers: until nothing waits. */
    settle(): void {
      box = createOutboxStore(memoryStore(kept))
      for (let n = 0; n < 1000 && box.read(OFFICER).length > 0; n++) {
        send('arrives')
        decide(true)
      }
    },
  }
}

test('whatever happens to page and network, nothing kept is lost and nothing is done twice', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60 }), deeds => {
      const { service, written, discarded, waiting, play, settle } = scene()
      for (const next of deeds) {
        play(next)
        const known = new Set([...service.done, ...waiting(), ...discarded])
        expect(written.filter(id => !known.has(id))).toEqual([])
      }
      settle()
      expect(waiting()).toEqual([])
      expect(new Set(service.done).size).toBe(service.done.length)
      const gone = new Set(discarded)
      expect(written.filter(id => !gone.has(id) && !service.done.includes(id))).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('without refusals the service does all writes in the order in which they were written', () => {
  const calm = deed.filter(({ do: what }) => what !== 'meddle' && what !== 'decide')
  fc.assert(
    fc.property(fc.array(calm, { maxLength: 60 }), deeds => {
      const { service, written, play, settle } = scene()
      deeds.forEach(play)
      settle()
      const done = service.done.filter(id => written.includes(id))
      expect(done).toEqual([...done].sort())
    }),
    { numRuns: 300 },
  )
})

test('two pages of one officer do not write over each other’s entries', () => {
  const kept = new Map<string, string>()
  const [one, other] = [createOutboxStore(memoryStore(kept)), createOutboxStore(memoryStore(kept))]
  one.change(OFFICER, entries => [...entries, entry('a', 't1', 1)])
  other.change(OFFICER, entries => [...entries, entry('b', 't2', seqAfter(entries))])
  one.change(OFFICER, entries => afterDone(entries, 'a', 1))
  expect(other.read(OFFICER).map(({ id, seq }) => [id, seq])).toEqual([['b', 2]])
  expect(one.read('o2')).toEqual([])
})

test('an entry that cannot be read stops nothing and stays where it lies', () => {
  const kept = new Map([[`nuanxin.outbox.${OFFICER}.old`, '{"old":true}']])
  const box = createOutboxStore(memoryStore(kept))
  box.change(OFFICER, entries => [...entries, entry('a', 't1', 1)])
  expect(box.read(OFFICER).map(({ id }) => id)).toEqual(['a'])
  expect(kept.size).toBe(2)
})
