import fc from 'fast-check'
import { expect, test } from 'vitest'
import { converse } from './converse.ts'
import { readStored, writeConversation } from './storedForm.ts'
import { smallContext, smallLibrary } from './testdata/smallLibrary.ts'
import type { Conversation, Effect, TurnInput, TurnResult } from './types.ts'

const ask = (id: string, more: object = {}) => ({ id, kind: 'ask', slot: id, type: 'text', tries: 2, ...more })
const end = { id: 'fin', kind: 'end', quiet: true }

/** A flow with every step kind in it, calling one that calls another. */
const innermost = { flow: 'innermost', revision: 1, steps: [ask('deep', { optional: true }), end] }
const inner = {
  flow: 'inner',
  revision: 1,
  steps: [
    ask('given', { review: false }),
    { id: 'hello', kind: 'say' },
    ask('size', { type: 'choice', options: ['s', 'l'] }),
    ask('lid', { when: "slots.size == 'l' && slots.given == '1'" }),
    { id: 'call', kind: 'subflow', flow: 'innermost', out: { deepest: 'deep' } },
    { id: 'small', kind: 'end', when: "slots.size == 's'", outcome: 'small' },
    end,
  ],
}
const kids = {
  id: 'kids',
  kind: 'collect',
  slot: 'kids',
  count: 'many',
  fields: [
    { name: 'name', type: 'text' },
    { name: 'born', type: 'date' },
  ],
  atMost: 4,
  tries: 2,
}
const outer = {
  flow: 'outer',
  revision: 1,
  menu: 1,
  keywords: ['go'],
  silence: { remindAfterHours: 1, remindAtMost: 2, expireAfterDays: 1, keepDraftDays: 1 },
  steps: [
    ask('a'),
    { id: 'agree', kind: 'commitment', slot: 'agree', purpose: 'p', version: 1, tries: 2, refused: 'refused' },
    ask('many', { type: 'number', min: 0, max: 5 }),
    kids,
    {
      id: 'part',
      kind: 'subflow',
      flow: 'inner',
      in: { given: 'a' },
      out: { size: 'size' },
      outcomes: { small: 'which' },
    },
    { id: 'photos', kind: 'collect', slot: 'photos', type: 'text', atLeast: 1, atMost: 2, tries: 2 },
    { id: 'which', kind: 'branch', cases: [{ if: "slots.a == '2'", next: 'officer' }], otherwise: 'paper' },
    { id: 'officer', kind: 'handoff' },
    { id: 'paper', kind: 'notice', matter: 'm', slot: 'paper' },
    { id: 'review', kind: 'review', tries: 2 },
    { id: 'submit', kind: 'commit', command: 'submit', final: ['ok'], outcomes: { ok: 'after', again: 'a' } },
    ask('after', { optional: true }),
    { id: 'call', kind: 'subflow', flow: 'innermost', review: false },
    { id: 'fin', kind: 'end' },
    { id: 'refused', kind: 'end' },
  ],
}
const words = {
  back: ['back'],
  change: ['change {n}'],
  remove: ['remove {n}'],
  restart: ['restart'],
  cancel: ['cancel'],
  resume: ['resume'],
  human: ['human'],
  help: ['help'],
  yes: ['yes'],
  no: ['no'],
  enough: ['enough'],
}
const library = smallLibrary([outer, inner, innermost], { words })

type Act =
  | { do: 'say'; text: string }
  | { do: 'press' | 'timer'; nth: number }
  | { do: 'return' | 'finish' }
  /** What the open question asks for. */
  | { do: 'fit'; number: number }

const said = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('1', '2', '3', 'x', 'yes', 'enough', '2020-01-02', 's', 'l') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'back',
      'change 1',
      'change 2',
      'change 3',
      'change 4',
      'change 6',
      'change 99',
      'remove 1',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('restart', 'cancel', 'resume', 'human', 'help', 'go', '腊月初八', 'no', '') },
)
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 30, arbitrary: fc.record({ do: fc.constant('fit' as const), number: fc.integer({ min: 0, max: 3 }) }) },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('say' as const), text: said }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('press' as const), nth: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('timer' as const), nth: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('return' as const, 'finish' as const) }) },
)

/** What the service around the engine remembers of a walk. */
interface Around {
  last: TurnResult | null
  timers: Extract<Effect, { type: 'setTimer' }>[]
}

function inputOf(given: Act, { last, timers }: Around): TurnInput {
  if (given.do === 'say') return { kind: 'text', text: given.text }
  if (given.do === 'press') {
    const choices = last?.replies.flatMap(({ choices: shown = [] }) => shown) ?? []
    return { kind: 'choice', key: choices[given.nth % Math.max(1, choices.length)]?.key ?? 'gone' }
  }
  if (given.do === 'timer') {
    const timer = timers.at(-1 - given.nth)
    return timer ? { ...timer, kind: 'timer' } : { kind: 'hello' }
  }
  if (given.do === 'fit') return fitting(last, given.number)
  const sessionId = last?.conversation.sessions[0]?.id ?? ''
  return { kind: 'handBack', sessionId, outcome: given.do, note: null }
}

function fitting(last: TurnResult | null, number: number): TurnInput {
  const asked = last?.replies.at(-1)
  if (asked?.input?.type === 'number') return { kind: 'text', text: String(number) }
  if (asked?.input?.type === 'date') return { kind: 'text', text: '2020-01-02' }
  const closed = asked?.input?.type === 'choice' || asked?.input?.type === 'confirm'
  const button = asked?.choices?.[closed && asked.input?.type === 'choice' ? number % asked.choices.length : 0]
  return button && closed ? { kind: 'choice', key: button.key } : { kind: 'text', text: `word ${number}` }
}

test('called flows, lists and drafts: whatever order things are said in, no flow breaks and nobody is left without an answer', () => {
  let submitted = 0
  let deep = 0
  fc.assert(
    fc.property(fc.array(act, { minLength: 20, maxLength: 90 }), fc.boolean(), (acts, again) => {
      let stored: Conversation | null = null
      const around: Around = { last: null, timers: [] }
      const opening: Act[] = ['go', 'x', 'yes'].map(text => ({ do: 'say' as const, text }))
      for (const [n, given] of [...opening, ...acts].entries()) {
        let result = twice(stored, inputOf(given, around), n * 10)
        const spoken = given.do === 'say' || given.do === 'press' || given.do === 'fit'
        for (let runs = 0; result.command; runs++) {
          expect(runs).toBeLessThan(4)
          if (result.command.name === 'submit') submitted += 1
          const outcome = result.command.name === 'submit' ? (again ? 'again' : 'ok') : 'issued'
          result = twice(
            result.conversation,
            { kind: 'commandResult', result: { outcome, values: {} } },
            n * 10 + runs + 1,
          )
        }
        if (spoken) expect(result.replies.length).toBeGreaterThan(0)
        if ((result.conversation.sessions[0]?.stack?.length ?? 0) > 1) deep += 1
        stored = result.conversation
        around.last = result
        for (const effect of result.effects) if (effect.type === 'setTimer') around.timers.push(effect)
      }
    }),
    { numRuns: 200 },
  )
  // The walks would prove little if they never got far.
  expect(submitted).toBeGreaterThan(20)
  expect(deep).toBeGreaterThan(100)
})

/** One call, made twice over the same stored conversation, as after a kill: the same comes of it, and no flow is at fault. */
function twice(stored: Conversation | null, input: TurnInput, turn: number): TurnResult {
  const before = JSON.stringify(stored)
  const result = converse(library, stored, input, smallContext(turn))
  expect(JSON.stringify(stored)).toBe(before)
  const read = stored && readStored(writeConversation(stored))
  expect(converse(library, read, input, smallContext(turn))).toEqual(result)
  const why = `${JSON.stringify(input)} at ${before}`
  expect(
    result.trace.filter(({ via }) => via?.startsWith('flowError')),
    why,
  ).toEqual([])
  expect(
    result.effects.filter(effect => effect.type === 'handoff' && effect.reason === 'flowError'),
    why,
  ).toEqual([])
  expect(JSON.stringify(result.conversation).length, why).toBeLessThan(6000)
  return result
}
