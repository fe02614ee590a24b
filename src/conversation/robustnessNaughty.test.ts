import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { realLibrary } from '../../test/golden/library.ts'
import { readIdentityNumber } from '../domain/identityNumber.ts'
import { nameForMatching } from '../domain/personName.ts'
import { readPhone } from '../domain/phone.ts'
import { converse } from './converse.ts'
import type { CompiledFlow, CompiledStep } from './machine.ts'
import type { AskSource, CollectSource } from './steps/schema.ts'
import { naughtyStrings } from './testdata/naughtyStrings.ts'
import { smallContext } from './testdata/smallLibrary.ts'
import type { Conversation, Json, TurnResult } from './types.ts'

const library = realLibrary()
const TODAY = '2026-11-23'

const questions = library.flows.flatMap(flow =>
  flow.steps.filter(step => step.waits && step.answer).map(step => ({ flow, step, name: `${flow.name} ${step.id}` })),
)

/** A session that stands at this question, with answers given before. */
function standingAt(flow: CompiledFlow, step: CompiledStep): Conversation {
  const invited = converse(library, null, { kind: 'invite', flow: flow.name, slots: {} }, smallContext())
  const [session] = invited.conversation.sessions
  if (!session) throw new Error(`${flow.name} does not begin`)
  const path = flow.steps.slice(0, flow.steps.indexOf(step)).filter(({ slot }) => slot !== null)
  const stands = { ...session, step: step.id, visit: 3, slots: slotsBefore(flow, step), path: path.map(({ id }) => id) }
  return { ...invited.conversation, sessions: [stands], current: session.id }
}

const known: Record<string, Json> = {
  ...{ registrant: 'mother', proxyConsent: true, consent: true, applicantName: '李小红', phone: '13800000000' },
  ...{ applicantId: '420702199001010009', region: '420702104212', regionName: '下柯村', stage: 'expecting' },
  ...{ birthDate: '2027-03-15', earlierChildren: 0, level: 1, applicationNumber: 'N1', applicationId: 'a1' },
}

function slotsBefore(flow: CompiledFlow, step: CompiledStep): Record<string, Json> {
  const later = new Set(flow.steps.slice(flow.steps.indexOf(step)).map(({ slot }) => slot))
  return Object.fromEntries(Object.entries(known).filter(([slot]) => !later.has(slot)))
}

/** Everything that a turn took as this slot's answer, confirmed or still to be confirmed. */
function takenValues(step: CompiledStep, { conversation }: TurnResult): Json[] {
  const session = conversation.sessions[0]
  const slot = step.slot === null ? undefined : session?.slots[step.slot]
  const held = session?.confirming?.kind === 'value' ? [session.confirming.value] : []
  return slot === undefined ? held : [slot, ...held]
}

/** Whether the rules of the slot allow this value as an answer to this text. */
function mayStand(source: AskSource | CollectSource, value: Json, said: string): boolean {
  if (value === null) return source.kind === 'ask' && source.optional
  if (Array.isArray(value)) return value.every(item => mayStand(source, item, said))
  // What a place lists is named by ids of the pack.
  if (source.kind === 'ask' && source.optionsFrom) return typeof value === 'string' && /^[a-z][a-zA-Z]*$/.test(value)
  if ('options' in source && source.options) return source.options.some(option => option === value)
  if (source.type === 'number') return Number.isInteger(value) && inRange(source, Number(value))
  if (source.type === 'yesNo') return typeof value === 'boolean'
  if ('precision' in source && source.precision === 'month') return typeof value === 'string' && isMonth(value)
  return typeof value === 'string' && (allowed[source.type ?? 'text']?.(value, said) ?? false)
}

const isMonth = (value: string) => /^\d{4}-(?:0[1-9]|1[0-2])$/.test(value)

function inRange(source: AskSource | CollectSource, value: number): boolean {
  if (source.kind === 'collect') return true
  const { min, max } = source
  return !(typeof min === 'number' && value < min) && !(typeof max === 'number' && value > max)
}

const hidden = /[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u
const sameText = (a: string, b: string) => a.normalize('NFD') === b.normalize('NFD')

const allowed: Record<string, (value: string, said: string) => boolean> = {
  // A comment as it was given: only spaces around it go, and letters that are the same may be coded the same.
  text: (value, said) => sameText(value, said.trim()) && !/[\p{Cs}\u202a-\u202e\u2066-\u2069\u0000]/u.test(value),
  // Every character of the name is one that was given; at most the dots, the padding and words around it differ.
  name: (value, said) => !hidden.test(value) && plain(said).includes(plain(value)),
  idNumber: value => readIdentityNumber(value, TODAY).ok && /^\d{17}[\dX]$/.test(value),
  phone: value => readPhone(value).ok && /^[\d-]+$/.test(value),
  date: value => /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value),
  region: value => /^\d{12}$/.test(value),
}

const plain = (text: string) => nameForMatching(text).replace(/[・•‧⋅．.･∙﹒]/gu, '')

describe.each(questions)('at $name', ({ flow, step }) => {
  const stood = JSON.stringify(standingAt(flow, step))

  test('every naughty string gets a clear answer, and counts only where the rules of the slot allow it', () => {
    const faults = naughtyStrings.flatMap(({ why, text }) => {
      const result = converse(library, JSON.parse(stood) as Conversation, { kind: 'text', text }, smallContext())
      return [...faultsOf(result), ...wrongValues(step, result, text)].map(fault => [why, fault])
    })
    expect(faults).toEqual([])
  })

  test('as the key of a button every naughty string is an old button', () => {
    const faults = naughtyStrings.flatMap(({ why, text: key }) => {
      const result = converse(library, JSON.parse(stood) as Conversation, { kind: 'choice', key }, smallContext())
      const answered = result.trace.filter(({ event }) => event === 'answered')
      return [...faultsOf(result), ...answered].map(fault => [why, fault])
    })
    expect(faults).toEqual([])
  })
})

test('before any flow every naughty string gets a clear answer', () => {
  const faults = naughtyStrings.flatMap(({ why, text }) =>
    faultsOf(converse(library, null, { kind: 'text', text }, smallContext())).map(fault => [why, fault]),
  )
  expect(faults).toEqual([])
})

function wrongValues(step: CompiledStep, result: TurnResult, said: string): Json[] {
  const { source } = step
  if (source.kind !== 'ask' && source.kind !== 'collect') return []
  return takenValues(step, result).filter(value => !mayStand(source, value, said))
}

/** Longest answer: the platform's passive reply carries 2048 bytes, the outbox more; no reply of ours is a book. */
const LONGEST_REPLY = 1800

/** What is wrong with an answer. Gathered and expected once: an `expect` for each would take longer than the engine. */
function faultsOf({ replies, command, conversation, effects }: TurnResult): unknown[] {
  const stored = JSON.stringify(conversation)
  const bytes = Buffer.byteLength(stored)
  return [
    ...(replies.length > 0 || command !== undefined ? [] : ['no answer']),
    ...replies.filter(({ text }) => text.length === 0 || text.length > LONGEST_REPLY),
    // A bare key would mean that a sentence is missing.
    ...replies.filter(({ text }) => /^[a-z-]+\.[a-zA-Z.-]+$/.test(text)),
    ...effects.filter(effect => effect.type === 'handoff' && effect.reason === 'flowError'),
    ...(isDeepStrictEqual(JSON.parse(stored), conversation) ? [] : [{ notAsStored: conversation }]),
    ...(bytes < 4096 ? [] : [{ bytes }]),
  ]
}
