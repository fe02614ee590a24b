import { stepText } from '../stepText.ts'
import type { CompiledStep } from '../machine.ts'
import { walkValues } from '../showValue.ts'
import { say } from '../walk.ts'
import { compiledBase } from './base.ts'
import type { EndSource } from './schema.ts'

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
