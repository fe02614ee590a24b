import { z } from 'zod'
import { stepText, type CompiledStep } from '../flow.ts'
import { walkValues } from '../showValue.ts'
import { say } from '../walk.ts'
import { baseFields, compiledBase } from './base.ts'

/** Gives the case as it stands to an officer and pauses; 继续 goes on at the next step. */
export const handoffSchema = z.strictObject({ ...baseFields, kind: z.literal('handoff') })
type HandoffSource = z.infer<typeof handoffSchema>

export function compileHandoff(flow: string, source: HandoffSource): CompiledStep {
  const key = stepText(flow, source.id, 'text')
  return {
    ...compiledBase(source),
    waits: true,
    exits: [{ via: 'next', to: source.next ?? null }],
    texts: [key],
    enter: walk => {
      say(walk.turn, key, walkValues(walk))
      return { move: 'handoff', reason: 'asked' }
    },
    put: walk => say(walk.turn, key, walkValues(walk)),
    answer: () => ({ move: 'go', to: source.next ?? null, via: 'next', answered: false }),
  }
}
