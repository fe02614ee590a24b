import { fields, flag, list, oneOf, text, textOrNull, type Fields } from './decode.ts'

// The first word of each list is what an unknown word is read as.
const inputTypes = [
  'text',
  'name',
  'idNumber',
  'date',
  'phone',
  'region',
  'choice',
  'multiChoice',
  'yesNo',
  'number',
  'photo',
  'signature',
  'confirm',
] as const
const replyKinds = ['text', 'choices', 'card', 'image', 'file'] as const

export type InputType = (typeof inputTypes)[number]

export interface InputHint {
  slot: string
  type: InputType
  required: boolean
  sensitive: boolean
  example: string | null
  min: string | null
  max: string | null
}

export interface Choice {
  key: string
  label: string
}

export interface Reply {
  id: string
  kind: (typeof replyKinds)[number]
  text: string
  choices: Choice[]
  input: InputHint | null
  url: string | null
}

export interface HistoryEntry {
  id: string
  from: 'resident' | 'service'
  at: string
  text: string
  replies: Reply[]
}

/** Limits come as numbers or dates; kept as text, read where they are used. */
function limit(from: Fields, key: string): string | null {
  const value = from[key]
  return typeof value === 'number' ? String(value) : textOrNull(from, key)
}

function inputHint(value: unknown): InputHint {
  const from = fields(value)
  return {
    slot: textOrNull(from, 'slot') ?? '',
    type: oneOf(inputTypes, from['type']),
    required: flag(from, 'required'),
    sensitive: flag(from, 'sensitive'),
    example: textOrNull(from, 'example'),
    min: limit(from, 'min'),
    max: limit(from, 'max'),
  }
}

function choice(value: unknown): Choice {
  const from = fields(value)
  return { key: text(from, 'key'), label: text(from, 'label') }
}

export function reply(value: unknown): Reply {
  const from = fields(value)
  return {
    id: text(from, 'id'),
    kind: oneOf(replyKinds, from['kind']),
    text: text(from, 'text'),
    choices: from['choices'] ? list(from['choices'], choice) : [],
    input: from['input'] ? inputHint(from['input']) : null,
    url: textOrNull(from, 'url'),
  }
}

export const turnReplies = (value: unknown): Reply[] => list(fields(value)['replies'], reply)

export function historyEntry(value: unknown): HistoryEntry {
  const from = fields(value)
  return {
    id: text(from, 'id'),
    from: from['from'] === 'resident' ? 'resident' : 'service',
    at: text(from, 'at'),
    text: textOrNull(from, 'text') ?? '',
    replies: from['replies'] ? list(from['replies'], reply) : [],
  }
}
