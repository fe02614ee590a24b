import { describe, expect, test } from 'vitest'
import { converse } from './converse.ts'
import { readStored, writeConversation } from './storedForm.ts'
import { smallContext, smallLibrary } from './testdata/smallLibrary.ts'
import type { Conversation, TurnInput, TurnResult } from './types.ts'

const ask = (id: string) => ({ id, kind: 'ask', slot: id, type: 'text', tries: 3 })
const flow = {
  flow: 'test',
  revision: 1,
  menu: 1,
  keywords: ['go'],
  steps: [ask('q'), ask('r'), { id: 'fin', kind: 'end' }],
}
const other = { ...flow, flow: 'other', menu: 2, keywords: ['other'] }
const library = smallLibrary([flow, other], { words: { human: ['human'], resume: ['resume'] } })
const textsOf = ({ replies }: TurnResult) => replies.map(({ text }) => text)

/** Gives texts and inputs one after another; answers the last turn. */
function talk(...inputs: (string | ((session: string) => TurnInput))[]): TurnResult {
  let stored: Conversation | null = null
  let result: TurnResult | null = null
  let first = ''
  for (const [n, given] of inputs.entries()) {
    const input: TurnInput = typeof given === 'string' ? { kind: 'text', text: given } : given(first)
    result = converse(library, stored, input, smallContext(n + 1))
    stored = readStored(writeConversation(result.conversation))
    first ||= stored?.sessions[0]?.id ?? ''
  }
  if (!result) throw new Error('nothing was said')
  return result
}
const handBack =
  (outcome: 'return' | 'finish') =>
  (sessionId: string): TurnInput => ({
    kind: 'handBack',
    sessionId,
    outcome,
    note: null,
  })

describe('a case that an officer took over', () => {
  test('comes back with the question at which the person stood', () => {
    const back = talk('go', 'one', 'human', handBack('return'))
    expect(textsOf(back)).toEqual(['common.handedBack', 'test.steps.r.text'])
    expect(back.conversation.sessions[0]).toMatchObject({ status: 'waiting', slots: { q: 'one' } })
  })
  test('is closed when the officer has done it', () => {
    const done = talk('go', 'one', 'human', handBack('finish'))
    expect(textsOf(done)).toEqual(['common.finishedByOfficer'])
    expect(done.conversation.sessions).toEqual([])
  })
  test('waits when the person is busy with another matter', () => {
    const back = talk('go', 'human', 'resume', 'other', 'one', 'two', 'human', handBack('return'))
    expect(back.conversation.sessions).toHaveLength(1)
  })
  test('is left alone when the person went on meanwhile', () => {
    expect(talk('go', 'human', 'resume', 'one', handBack('return')).replies).toEqual([])
    expect(talk('go', 'human', 'resume', 'one', handBack('finish')).conversation.sessions).toHaveLength(1)
  })
})
