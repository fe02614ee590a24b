import { expect, test } from 'vitest'
import type { Answer, Problem } from '../api/answer.ts'
import type { Reply } from '../api/chatShapes.ts'
import type { TurnBody } from '../api/residentApi.ts'
import { memoryStore, settle } from '../platform/testing.ts'
import { createOutgoing, type OutgoingTurn } from './outgoing.ts'

const fine: Answer<Reply[]> = { ok: true, value: [] }
const problem = (kind: Problem['kind'], title = ''): Answer<Reply[]> => ({
  ok: false,
  problem: { kind, status: 0, code: 'x', title, allowed: [], heldBy: null, fields: [] },
})

/** A service that answers as told, one answer a request; waits end when the test says so. */
function scene(answers: Answer<Reply[]>[], kept = new Map<string, string>()) {
  const sent: { messageId: string; body: TurnBody }[] = []
  const waits: { ms: number; wake(): void }[] = []
  let turns: readonly OutgoingTurn[] = []
  let ids = 0
  const outgoing = createOutgoing({
    store: memoryStore(kept),
    newId: () => `id-${++ids}`,
    turn: async (messageId, body) => {
      sent.push({ messageId, body })
      return answers.shift() ?? new Promise(() => {})
    },
    wait: ms => {
      let wake = () => {}
      const done = new Promise<void>(resolve => (wake = resolve))
      waits.push({ ms, wake })
      return { done, wake }
    },
    onChange: changed => (turns = changed),
    onAnswered: () => {},
  })
  return { outgoing, sent, waits, kept, states: () => turns.map(({ said, state }) => `${said} ${state}`) }
}

test('a turn lost on the way goes out again under the same id', async () => {
  const { outgoing, sent, waits, states } = scene([problem('unreachable'), fine])
  outgoing.add({ text: '你好' }, '你好')
  await settle()
  expect(states()).toEqual(['你好 retrying'])
  waits[0]?.wake()
  await settle()
  expect(sent.map(({ messageId }) => messageId)).toEqual(['id-1', 'id-1'])
  expect(states()).toEqual([])
})

test('turns go out in the order in which they were said, the second only after the first is answered', async () => {
  const { outgoing, sent, waits } = scene([problem('busy'), fine, fine])
  outgoing.add({ text: '一' }, '一')
  outgoing.add({ text: '二' }, '二')
  await settle()
  expect(sent.map(({ body }) => body.text)).toEqual(['一'])
  waits[0]?.wake()
  await settle()
  expect(sent.map(({ body }) => body.text)).toEqual(['一', '一', '二'])
})

test('a page that is loaded again sends what its forerunner could not, under the same id', async () => {
  const before = scene([problem('unreachable')])
  before.outgoing.add({ choice: 'k1' }, '生育登记')
  await settle()
  const after = scene([fine], before.kept)
  await settle()
  expect(after.sent).toEqual([{ messageId: 'id-1', body: { choice: 'k1' } }])
})

test('a refused turn says why, lets the next one pass and can be taken back', async () => {
  const { outgoing, states } = scene([problem('refused', '太长了'), fine])
  outgoing.add({ text: '一' }, '一')
  outgoing.add({ text: '二' }, '二')
  await settle()
  expect(states()).toEqual(['一 refused'])
  outgoing.drop('id-1')
  expect(states()).toEqual([])
})

test('pauses grow to fifteen seconds and end at once when the network is back', async () => {
  const { outgoing, waits, sent } = scene(Array.from({ length: 7 }, () => problem('unreachable')))
  outgoing.add({ text: '一' }, '一')
  for (let n = 0; n < 6; n++) {
    await settle()
    outgoing.wake()
  }
  await settle()
  expect(waits.map(({ ms }) => ms)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000])
  expect(sent).toHaveLength(7)
})

test('what an older client left in an unknown form does not stop the chat', async () => {
  const { outgoing, sent } = scene([fine], new Map([['nuanxin.outgoing', '[{"old":true}]']]))
  outgoing.add({ text: '你好' }, '你好')
  await settle()
  expect(sent).toHaveLength(1)
})
