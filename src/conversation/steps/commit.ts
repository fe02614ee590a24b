import { z } from 'zod'
import type { CompiledStep } from '../flow.ts'
import { dropHidden } from '../scope.ts'
import type { Json } from '../types.ts'
import type { Walk } from '../walk.ts'
import { baseFields, compiledBase } from './base.ts'

/** Runs a command of `app` with every slot of the flow as argument (unanswered = null); its outcome chooses the way on. */
export const commitSchema = z.strictObject({
  id: baseFields.id,
  when: baseFields.when,
  kind: z.literal('commit'),
  command: z.string(),
  /** Outcome → next step. Values of the outcome become slots. */
  outcomes: z.record(z.string(), z.string()).refine(outcomes => Object.keys(outcomes).length > 0),
  /** Outcomes after which the answers stand: 上一步 and 改 do not reach behind them. */
  final: z.array(z.string()).default([]),
})
type CommitSource = z.infer<typeof commitSchema>

export function compileCommit(_flow: string, source: CommitSource): CompiledStep {
  return {
    ...compiledBase(source),
    waits: true,
    exits: Object.entries(source.outcomes).map(([via, to]) => ({ via, to })),
    enter: walk => {
      dropHidden(walk)
      return { move: 'run', command: source.command, args: argsOf(walk) }
    },
    resume: (walk, outcome, values) => {
      const next = source.outcomes[outcome]
      if (next === undefined) throw new Error(`${walk.flow.name}: ${source.id} has no way on for outcome ${outcome}`)
      take(walk, values)
      if (source.final.includes(outcome)) walk.session.path = []
      return { move: 'go', to: next, via: outcome, answered: false }
    },
  }
}

function argsOf({ flow, session }: Walk): Record<string, Json> {
  return { ...flow.emptySlots, ...session.slots }
}

function take({ session }: Walk, values: Record<string, Json>): void {
  Object.assign(session.slots, values)
  const number = values['applicationNumber']
  if (typeof number === 'string') session.applicationNumber = number
}
