import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { converse } from './converse.ts'
import { readConversation } from './formats.ts'
import { FORMAT, readStored, writeConversation } from './storedForm.ts'
import { smallContext, smallLibrary } from './testdata/smallLibrary.ts'
import type { Conversation, Session } from './types.ts'

const session: Session = {
  id: 's1',
  flow: 'births',
  revision: 2,
  step: 'phone',
  visit: 4,
  tries: 0,
  slots: { name: '李小红', number: '420702199001010009' },
  path: ['name', 'number'],
  turnId: 'turn-4',
  status: 'waiting',
}
const alone: Conversation = {
  format: FORMAT,
  language: 'zh-CN',
  sessions: [session],
  current: 's1',
  queue: [],
  greeted: true,
}
const withSession = (more: Partial<Session>): Conversation => ({ ...alone, sessions: [{ ...session, ...more }] })

const step = fc.constantFrom('name', 'number', 'phone', 'place')
const value = fc.oneof(
  fc.constantFrom('李', true, null, 3, '"', '\\', '\ud800', '👍', 'a\nb'),
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom('李', 1)),
)
const slots = fc.dictionary(step, value)
const places = fc.record({ slots, path: fc.uniqueArray(step), tries: fc.nat(4), visit: fc.nat(90) })
const rare = fc.record(
  {
    within: fc.constant('420702'),
    returnTo: step,
    before: slots,
    sealed: fc.constant(true),
    confirming: fc.constant({ kind: 'cancel' } as const),
    status: fc.constantFrom('paused', 'handedOff', 'waiting'),
    stack: fc.constant([{ flow: 'outer', revision: 1, step: 'call', slots: {}, path: [] }]),
  },
  { requiredKeys: [] },
)
const besides = fc.record(
  {
    language: fc.constant('en'),
    current: fc.constant(null),
    greeted: fc.constant(false),
    queue: fc.constant([{ flow: 'births', slots: {} }]),
    offered: fc.constant(['desk/menu']),
    drafts: fc.constant([{ ...session, id: 's0' }]),
  },
  { requiredKeys: [] },
)

describe('a conversation goes into the database and comes back', () => {
  test('as it was, whatever is open in it', () => {
    fc.assert(
      fc.property(places, rare, besides, fc.nat(2), (place, more, others, count) => {
        const sessions = Array.from({ length: count }, (_, n) => ({ ...session, ...place, ...more, id: `s${n + 1}` }))
        const conversation = { ...alone, ...others, sessions } as Conversation
        expect(readStored(writeConversation(conversation))).toEqual(conversation)
      }),
    )
  })

  test('one open question is written without a word that says nothing', () => {
    const written = '[3,"s1","births",2,"phone",4,{"name":"李小红","number":"420702199001010009"},"turn-4"]'
    expect(writeConversation(alone)).toBe(written)
  })

  test('texts beside answers of other kinds stand in their own quotes', () => {
    const slots = { a: '一', b: '二', c: true, d: '"', e: '三', f: null, g: '四' }
    const written = writeConversation(withSession({ slots, path: Object.keys(slots) }))
    expect(written).toBe(`[3,"s1","births",2,"phone",4,${JSON.stringify(slots)},"turn-4"]`)
  })

  test('with nothing open it is written as JSON writes it', () => {
    for (const greeted of [true, false]) {
      const rest: Conversation = { ...alone, sessions: [], current: null, language: 'en', greeted }
      expect(writeConversation(rest)).toBe(JSON.stringify(rest))
    }
  })

  test('bad answers do not make it grow', () => {
    const once = writeConversation(withSession({ tries: 1 }))
    expect(writeConversation(withSession({ tries: 9 }))).toHaveLength(once.length)
  })

  test('steps that are named otherwise than their slots are kept by name', () => {
    for (const path of [[], ['name'], ['number', 'name'], ['name', 'other']])
      expect(readStored(writeConversation(withSession({ path }))).sessions[0]?.path).toEqual(path)
  })
})

describe('what cannot be read', () => {
  const library = smallLibrary([], { common: { flowError: 'sorry' } })
  const written = writeConversation(alone)
  const damaged = [
    written.replace('"s1"', '1'),
    written.replace('2,"phone"', '"2","phone"'),
    written.replace(/\{.*\}/u, 'null'),
    '[3,"s1","births"]',
    '[3]',
  ]

  test.each([...damaged, '[4,{"anything":"else"}]', '[]', '{"format":99}'])(
    'is refused by name, answered with a sentence and goes back unchanged: %s',
    text => {
      const found = readStored(text)
      expect(() => readConversation(found)).toThrow(RangeError)
      const { conversation, replies, effects } = converse(library, found, { kind: 'text', text: '好' }, smallContext())
      expect(replies.map(reply => reply.text)).toEqual(['sorry'])
      expect(effects).toMatchObject([{ type: 'handoff', reason: 'flowError' }])
      expect(writeConversation(conversation)).toBe(text)
    },
  )

  test('damage is told from a newer version', () => {
    expect(() => readConversation(readStored('[3]'))).toThrow('damaged')
    expect(() => readConversation(readStored('[4]'))).toThrow('format 4')
  })

  test('what is no JSON is not taken for an empty conversation', () => {
    expect(() => readStored('')).toThrow(SyntaxError)
  })
})
