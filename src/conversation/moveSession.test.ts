import { describe, expect, test } from 'vitest'
import { converse } from './converse.ts'
import { assembleLibrary } from './library.ts'
import { readStored, writeConversation } from './storedForm.ts'
import { smallContext, smallTools } from './testdata/smallLibrary.ts'
import type { Conversation, TurnInput } from './types.ts'

const ask = (id: string, more: object = {}) => ({ id, kind: 'ask', slot: id, type: 'text', tries: 3, ...more })
const fin = { id: 'fin', kind: 'end' }
const first = { flow: 'test', revision: 1, keywords: ['go'], steps: [ask('a'), ask('b'), ask('c'), fin] }
const second = { flow: 'test', revision: 2, keywords: ['go'], steps: [ask('a'), ask('d'), ask('e'), ask('f'), fin] }
const third = { ...second, revision: 3, steps: [ask('g'), ...second.steps] }
const move = {
  flow: 'test',
  from: 1,
  to: 2,
  reason: 'b and c have new names, e is known',
  steps: { b: 'd', c: 'f' },
  slots: { rename: { b: 'd' }, set: { e: 'set' } },
}
const further = { flow: 'test', from: 2, to: 3, reason: 'g is known', slots: { drop: ['a'], set: { g: 'known' } } }

const load = (flows: object[], migrations: object[]) =>
  assembleLibrary(
    {
      flows: flows.map((content, n) => ({ file: `flows/test-${n + 1}.yaml`, content })),
      locales: [],
      migrations: migrations.map((content, n) => ({ file: `flows/test/migrations/${n + 1}.yaml`, content })),
    },
    smallTools,
  )
const says = (text: string): TurnInput => ({ kind: 'text', text })

/** Somebody who stands at b or c of revision 1. */
function standing(...answers: string[]): Conversation {
  const library = load([first], [])
  let stored: Conversation | null = null
  for (const [n, text] of ['go', ...answers].entries()) {
    const result = converse(library, stored, says(text), smallContext(n + 1))
    stored = readStored(writeConversation(result.conversation))
  }
  if (!stored) throw new Error('nobody began')
  return stored
}

describe('a declared move', () => {
  test('takes people in the middle to the new step with their answers under the new names', () => {
    const result = converse(load([second, first], [move]), standing('A', 'B'), says('C'), smallContext(9))
    expect(result.state).toMatchObject({ revision: 2, done: true })
    const waiting = converse(load([second, first], [move]), standing('A'), says('B'), smallContext(9))
    expect(waiting.conversation.sessions[0]).toMatchObject({
      revision: 2,
      step: 'f',
      slots: { a: 'A', d: 'B', e: 'set' },
      path: ['a', 'd'],
    })
  })
  test('is followed by the next one', () => {
    const result = converse(load([third, second, first], [move, further]), standing('A'), says('B'), smallContext(9))
    expect(result.conversation.sessions[0]).toMatchObject({ revision: 3, slots: { d: 'B', e: 'set', g: 'known' } })
  })
  test('makes buttons of the old revision old', () => {
    const [session] = standing('A').sessions
    const press: TurnInput = { kind: 'choice', key: `${session?.id}/${session?.visit}/x` }
    const result = converse(load([second, first], [move]), standing('A'), press, smallContext(9))
    expect(result.replies.map(({ text }) => text)).toContain('common.oldButton')
  })
  test('keeps timers of before in force', () => {
    const stored = standing('A')
    const [session] = stored.sessions
    const timer: TurnInput = {
      kind: 'timer',
      sessionId: session?.id ?? '',
      name: 'remind',
      turnId: session?.turnId ?? '',
    }
    const result = converse(load([second, first], [move]), stored, timer, smallContext(9))
    expect(result.replies.map(({ text }) => text)).toContain('common.remind')
  })
  test('is not made when nobody declared it: the person finishes on the old revision', () => {
    const result = converse(load([second, first], []), standing('A'), says('B'), smallContext(9))
    expect(result.state).toMatchObject({ revision: 1, step: 'c' })
  })
  test('is not made while the answer to a command is awaited', () => {
    const commit = { id: 'b', kind: 'commit', command: 'x', outcomes: { ok: 'fin' } }
    const old = { ...first, steps: [ask('a'), commit, fin] }
    const begun = converse(load([old], []), null, says('go'), smallContext(1)).conversation
    const waiting = converse(load([old], []), begun, says('A'), smallContext(2)).conversation
    const result: TurnInput = { kind: 'commandResult', result: { outcome: 'ok', values: {} } }
    const after = converse(load([second, old], [move]), waiting, result, smallContext(3))
    expect(after.state).toMatchObject({ revision: 1, done: true })
  })
  test('reaches people whose revision is not loaded any more', () => {
    const result = converse(load([second], [move]), standing('A'), says('B'), smallContext(9))
    expect(result.state).toMatchObject({ revision: 2, step: 'f' })
  })
})
