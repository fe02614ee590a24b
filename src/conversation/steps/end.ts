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
    texts: source.quiet ? [] : [key],
    enter: walk => {
      // Nobody hears twice that a called flow is over because one answer in it was corrected.
      const corrected = walk.session.stack !== undefined && walk.session.before !== undefined
      if (!source.quiet && !corrected) say(walk.turn, key, walkValues(walk))
      return source.outcome === undefined ? { move: 'end' } : { move: 'end', outcome: source.outcome }
    },
  }
}
