import { z } from 'zod'
import { stepText, type CompiledStep } from '../flow.ts'
import { walkValues } from '../showValue.ts'
import { say } from '../walk.ts'
import { baseFields, compiledBase, go } from './base.ts'

/** Says one text and goes on. */
export const saySchema = z.strictObject({ ...baseFields, kind: z.literal('say') })
type SaySource = z.infer<typeof saySchema>

export function compileSay(flow: string, source: SaySource): CompiledStep {
  const key = stepText(flow, source.id, 'text')
  return {
    ...compiledBase(source),
    exits: [{ via: 'next', to: source.next ?? null }],
    texts: [key],
    enter: walk => {
      say(walk.turn, key, walkValues(walk))
      return go(source, 'next', false)
    },
  }
}
