import { expect, test } from 'vitest'
import type { Answer } from '../api/answer.ts'
import { memoryStore, settle } from '../platform/testing.ts'
import { createCourier, type Written } from './courier.ts'
import type { Entry } from './outbox.ts'
import { createOutboxStore } from './outboxStore.ts'
import { problem } from './testing.ts'

type Sent = Answer<{ fence: number | null }>
const done = (fence: number | null = null): Sent => ({ ok: true, value: { fence } })
const failed = (kind: 'unreachable' | 'busy' | 'expired' | 'refused'): Sent => ({ ok: false, problem: problem(kind) })

const written = (body: string, taskId = 't1'): Written => ({
  ...{ taskId, action: 'lease', what: '接单', about: '戴*', path: `/api/tasks/${taskId}/lease` },
  ...{ body, fence: 1, standInFor: '' },
})

/** A service that answers as told; waits end when the test says so. */
function scene(answers: (Sent | Promise<Sent>)[], kept = new Map<string, string>()) {
  const sent: Entry[] = []
  const waits: { ms: number; wake(): void }[] = []
  const seen = { settled: 0, expired: 0, entries: [] as Entry[] }
  const who = { id: 'o1' as string | null }
  let ids = 0
  let tire = () => {}
  const patience = new Promise<void>(resolve => (tire = resolve))
  const courier = createCourier({
    box: createOutboxStore(memoryStore(kept)),
    officerId: () => who.id,
    newId: () => `id-${kept.size}-${++ids}`,
    now: () => 1000,
    send: async entry => {
      sent.push(entry)
      return answers.shift() ?? new Promise(() => {})
    },
    wait: ms => {
      let wake = () => {}
      const over = new Promise<void>(resolve => (wake = resolve))
      waits.push({ ms, wake })
      return { done: over, wake }
    },
    patience: () => patience,
    onChange: entries => (seen.entries = entries),
    onDone: () => undefined,
    onSettled: () => seen.settled++,
    onExpired: () => seen.expired++,
  })
  return { courier, sent, waits, seen, kept, who, tire: () => tire(), bodies: () => sent.map(({ body }) => body) }
}

test('on a good network a write is done at once and leaves nothing behind', async () => {
  const { courier, kept, seen } = scene([done(2)])
  expect(await courier.write(written('a'))).toEqual({ outcome: 'done', fence: 2 })
  expect([kept.size, seen.entries.length, seen.settled]).toEqual([0, 0, 0])
})

test('without network it is kept, and goes out once and in order when the phone is back', async () => {
  const { courier, sent, seen, bodies } = scene([failed('unreachable'), done(2), done(3)])
  expect(await courier.write(written('a'))).toEqual({ outcome: 'waiting', lasting: true })
  expect(await courier.write(written('b'))).toEqual({ outcome: 'waiting', lasting: true })
  expect(seen.entries.map(({ body }) => body)).toEqual(['a', 'b'])
  courier.wake()
  await settle()
  expect(bodies()).toEqual(['a', 'a', 'b'])
  expect(sent[0]?.key).toBe(sent[1]?.key)
  expect(sent[2]?.fence).toBe(2)
  expect(seen.settled).toBe(2)
})

test('a page that is opened again sends what its forerunner could not, under the same key', async () => {
  const before = scene([failed('unreachable')])
  await before.courier.write(written('a'))
  const after = scene([done(2)], before.kept)
  after.courier.wake()
  await settle()
  expect(after.sent.map(({ key, body }) => [key, body])).toEqual([[before.sent[0]?.key, 'a']])
  expect(after.kept.size).toBe(0)
})

test('a refusal is told at once to who is looking, and kept for who is not', async () => {
  const looking = scene([failed('refused')])
  expect(await looking.courier.write(written('a'))).toEqual({ outcome: 'refused', problem: problem('refused') })
  expect(looking.kept.size).toBe(0)

  const away = scene([failed('unreachable'), failed('refused')])
  await away.courier.write(written('a'))
  away.courier.wake()
  await settle()
  expect(away.seen.entries.map(({ refusal }) => refusal?.kind)).toEqual(['refused'])
  expect(away.seen.settled).toBe(1)
})

test('a refused write is done again under the number of now, or discarded', async () => {
  const { courier, sent, seen, kept } = scene([
    failed('busy'),
    failed('refused'),
    done(9),
    failed('busy'),
    failed('refused'),
  ])
  await courier.write(written('a'))
  courier.wake()
  await settle()
  courier.redo(seen.entries[0]?.id ?? '', 8)
  await settle()
  expect(sent[2]).toMatchObject({ body: 'a', fence: 8 })
  expect(sent[2]?.key).not.toBe(sent[0]?.key)
  await courier.write(written('b'))
  courier.wake()
  await settle()
  courier.discard(seen.entries[0]?.id ?? '')
  expect(kept.size).toBe(0)
})

test('nothing goes out for somebody else, or before there is a login', async () => {
  const { courier, who, sent, seen, bodies } = scene([failed('expired'), done()])
  const first = courier.write(written('a'))
  who.id = null
  expect(await first).toEqual({ outcome: 'waiting', lasting: true })
  expect(seen.expired).toBe(1)
  who.id = 'o2'
  courier.wake()
  await settle()
  expect(sent).toHaveLength(1)
  who.id = 'o1'
  courier.wake()
  await settle()
  expect(bodies()).toEqual(['a', 'a'])
})

test('an officer does not wait for a slow network; a refusal that comes later is kept for him', async () => {
  let answer: (sent: Sent) => void = () => {}
  const slow = new Promise<Sent>(resolve => (answer = resolve))
  const { courier, tire, seen } = scene([slow])
  const first = courier.write(written('a'))
  tire()
  expect(await first).toEqual({ outcome: 'waiting', lasting: true })
  answer(failed('refused'))
  await settle()
  expect(seen.entries.map(({ refusal }) => refusal?.kind)).toEqual(['refused'])
})

test('pauses grow to half a minute', async () => {
  const { courier, waits } = scene(Array.from({ length: 6 }, () => failed('busy')))
  void courier.write(written('a'))
  for (let n = 0; n < 5; n++) {
    await settle()
    courier.wake()
  }
  await settle()
  expect(waits.map(({ ms }) => ms)).toEqual([2_000, 5_000, 15_000, 30_000, 30_000, 30_000])
})
