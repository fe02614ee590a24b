import type { Library } from '../machine.ts'
import { converse } from '../converse.ts'
import type { Conversation, TurnInput, TurnResult } from '../types.ts'
import { smallContext } from './smallLibrary.ts'

/** What the last of these brings about, said or pressed one after the other by one person. */
export function lastOf(library: Library, given: readonly (string | TurnInput)[]): TurnResult {
  let stored: Conversation | null = null
  let result: TurnResult | null = null
  for (const [n, one] of given.entries()) {
    const input: TurnInput = typeof one === 'string' ? { kind: 'text', text: one } : one
    result = converse(library, stored, input, smallContext(n + 1))
    stored = result.conversation
  }
  if (!result) throw new Error('nothing was said')
  return result
}

export const saidIn = ({ replies }: TurnResult): string[] => replies.map(({ text }) => text)
