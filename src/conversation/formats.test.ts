import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { realLibrary } from '../../test/golden/library.ts'
import { converse } from './converse.ts'
import { readConversation } from './formats.ts'
import { FORMAT, readStored } from './storedForm.ts'
import { smallContext } from './testdata/smallLibrary.ts'
import { isInput, transcriptSchema } from './transcript/format.ts'
import { openPlay, playInput } from './transcript/play.ts'
import type { Conversation } from './types.ts'

/** A conversation as a released version stored it, and how the person goes on. */
const storedSchema = z.strictObject({
  description: z.string(),
  release: z.string(),
  officer: z.boolean().default(false),
  conversation: z.looseObject({ format: z.int() }),
  next: transcriptSchema.shape.turns,
  expected: z.strictObject({ flow: z.string().nullable(), step: z.string().nullable(), runs: z.string().nullable() }),
})

const library = realLibrary()
const folder = new URL('testdata/stored/', import.meta.url)
const files = readdirSync(folder).filter(file => file.endsWith('.json'))

describe('conversations of every released format load and go on as they would have', () => {
  test.each(files)('%s', file => {
    const stored = storedSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
    const play = openPlay(library, { start: '2026-11-24T09:00:00+08:00', officer: stored.officer, language: 'zh-CN' })
    // Ids that the stored conversation took are not given again.
    for (let taken = 0; taken < 100; taken++) play.world.newId()
    play.stored = JSON.stringify(stored.conversation)
    for (const input of stored.next.filter(isInput)) playInput(play, input)
    const after = readStored(play.stored)
    const session = after.sessions.find(({ id }) => id === after.current)
    expect(after.format).toBe(FORMAT)
    expect({ flow: session?.flow ?? null, step: session?.step ?? null, runs: play.command?.name ?? null }).toEqual(
      stored.expected,
    )
    expect(play.trace.filter(({ via }) => via?.startsWith('flowError'))).toEqual([])
  })

  test('there are samples of every format before this one', () => {
    const formats = files.map(file => storedSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))))
    const before = Array.from({ length: FORMAT - 1 }, (_, n) => n + 1)
    expect([...new Set(formats.map(({ conversation }) => conversation.format))].toSorted()).toEqual(before)
  })
})

describe('formats', () => {
  test('1 → 2: one reminder was a flag, now reminders are counted', () => {
    const read = readConversation({ format: 1, sessions: [{ id: 's', reminded: true }, { id: 't' }] } as {
      format: number
    })
    expect(read).toEqual({ format: FORMAT, sessions: [{ id: 's', reminders: 1 }, { id: 't' }] })
  })

  test('2 → 3: when a session began is not kept any more, in drafts neither', () => {
    const written = { format: 2, sessions: [{ id: 's', startedAt: 1 }], drafts: [{ id: 't', startedAt: 2 }] }
    expect(readConversation(written)).toEqual({ format: FORMAT, sessions: [{ id: 's' }], drafts: [{ id: 't' }] })
  })

  test('a conversation of a newer version is kept as it is, and the person gets a sentence and a way on', () => {
    const newer: Conversation = JSON.parse('{"format":99,"language":"zh-CN","sessions":[],"current":null,"queue":[]}')
    const result = converse(library, newer, { kind: 'text', text: '你好' }, smallContext(1))
    expect(result.conversation).toEqual(newer)
    expect(result.replies).toHaveLength(1)
    expect(result.effects).toMatchObject([{ type: 'handoff', reason: 'flowError' }])
  })
})
