import { stepText } from '../stepText.ts'
import type { CompiledStep } from '../machine.ts'
import { walkValues } from '../showValue.ts'
import { say } from '../walk.ts'
import { compiledBase } from './base.ts'
import type { HandoffSource } from './schema.ts'

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
