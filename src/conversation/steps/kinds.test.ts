import { stepKindNames } from './schema.ts'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { converse } from '../converse.ts'
import { readStored, writeConversation } from '../storedForm.ts'
import { smallContext, smallLibrary } from '../testdata/smallLibrary.ts'
import type { Conversation, TurnInput, TurnResult } from '../types.ts'

const caseFile = z.array(
  z.strictObject({
    description: z.string(),
    steps: z.array(z.looseObject({ id: z.string() })),
    texts: z.record(z.string(), z.unknown()).default({}),
    /** Flows beside the one under test: those that it calls. */
    others: z.array(z.unknown()).default([]),
    /** `>` begins a button's value, `!` an outcome with JSON values after a space, `@` media; anything else is typed. */
    inputs: z.array(z.string()),
    expected: z.strictObject({
      says: z.array(z.string()),
      slots: z.record(z.string(), z.unknown()).optional(),
      step: z.string().nullable().optional(),
      done: z.boolean().optional(),
      command: z.unknown().optional(),
      effects: z.array(z.string()).optional(),
    }),
  }),
)

describe.each(stepKindNames)('%s', kind => {
  const file = new URL(`testdata/${kind}.json`, import.meta.url)

  test('has a case file', () => expect(existsSync(file)).toBe(true))

  const cases = existsSync(file) ? caseFile.parse(JSON.parse(readFileSync(file, 'utf8'))) : []
  test.each(cases)('$description', ({ steps, texts, others, inputs, expected }) => {
    const library = smallLibrary([{ flow: 'test', revision: 1, keywords: ['go'], steps }, ...others], {
      test: { title: 'T', steps: texts },
      words: {
        back: ['back'],
        change: ['change {n}'],
        remove: ['remove {n}'],
        restart: ['restart'],
        skip: ['跳过'],
        yes: ['是'],
      },
    })
    const { result, effects } = playAll(library, inputs)
    const session = result.conversation.sessions[0]
    const seen = {
      says: result.replies.map(({ text }) => text),
      ...(expected.slots === undefined ? {} : { slots: session?.slots }),
      ...(expected.step === undefined ? {} : { step: session?.step ?? null }),
      ...(expected.done === undefined ? {} : { done: result.state.done }),
      ...(expected.command === undefined ? {} : { command: result.command }),
      ...(expected.effects === undefined ? {} : { effects }),
    }
    expect(seen).toEqual(expected)
  })
})

/** Starts the flow, then gives every input; answers the last turn and the kinds of all effects but timers. */
function playAll(library: ReturnType<typeof smallLibrary>, inputs: string[]) {
  const greeted: Conversation = { format: 3, language: 'zh-CN', sessions: [], current: null, queue: [], greeted: true }
  let result: TurnResult = converse(library, greeted, { kind: 'text', text: 'go' }, smallContext(1))
  const effects: string[] = kindsOf(result)
  for (const [n, input] of inputs.entries()) {
    const stored = readStored(writeConversation(result.conversation))
    result = converse(library, stored, inputOf(stored, input), smallContext(n + 2))
    effects.push(...kindsOf(result))
  }
  return { result, effects }
}

function kindsOf({ effects }: TurnResult): string[] {
  return effects.flatMap(effect => {
    if (effect.type === 'handoff') return [`handoff ${effect.reason}`]
    if (effect.type === 'consent') return [`consent ${effect.purpose} ${effect.granted}`]
    return []
  })
}

function inputOf({ sessions }: Conversation, input: string): TurnInput {
  const session = sessions[0]
  if (input.startsWith('>')) return { kind: 'choice', key: `${session?.id}/${session?.visit}/${input.slice(1)}` }
  if (input.startsWith('@')) return { kind: 'media', mediaId: 'm1', mediaType: input === '@image' ? 'image' : 'voice' }
  if (!input.startsWith('!')) return { kind: 'text', text: input }
  const [outcome = '', json = '{}'] = input.slice(1).split(' ')
  return { kind: 'commandResult', result: { outcome, values: JSON.parse(json) } }
}
