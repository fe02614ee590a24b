import { stepText } from '../stepText.ts'
import type { CompiledStep } from '../machine.ts'
import { walkValues } from '../showValue.ts'
import { say } from '../walk.ts'
import { compiledBase, go } from './base.ts'
import type { SaySource } from './schema.ts'

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
