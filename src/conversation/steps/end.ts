import { z } from 'zod'
import { stepText, type CompiledStep } from '../flow.ts'
import { walkValues } from '../showValue.ts'
import { say } from '../walk.ts'
import { baseFields, compiledBase } from './base.ts'

/** Says a last text and closes the session. */
export const endSchema = z.strictObject({
  id: baseFields.id,
  when: baseFields.when,
  longTextReason: baseFields.longTextReason,
  kind: z.literal('end'),
})
type EndSource = z.infer<typeof endSchema>

export function compileEnd(flow: string, source: EndSource): CompiledStep {
  const key = stepText(flow, source.id, 'text')
  return {
    ...compiledBase(source),
    texts: [key],
    enter: walk => {
      say(walk.turn, key, walkValues(walk))
      return { move: 'end' }
    },
  }
}
