import { z } from 'zod'
import { compileCondition } from '../condition.ts'
import type { CompiledStep } from '../flow.ts'
import { holds } from '../scope.ts'
import { baseFields, compiledBase } from './base.ts'

/** Goes to the first case that holds, else to `otherwise`. */
export const branchSchema = z.strictObject({
  id: baseFields.id,
  when: baseFields.when,
  kind: z.literal('branch'),
  cases: z.array(z.strictObject({ if: z.string(), next: z.string() })).min(1),
  otherwise: z.string(),
})
type BranchSource = z.infer<typeof branchSchema>

export function compileBranch(source: BranchSource): CompiledStep {
  const cases = source.cases.map((one, n) => ({
    condition: compileCondition(one.if),
    next: one.next,
    via: `case${n + 1}`,
  }))
  return {
    ...compiledBase(source),
    exits: [...cases.map(({ via, next }) => ({ via, to: next })), { via: 'otherwise', to: source.otherwise }],
    enter: walk => {
      const hit = cases.find(({ condition }) => holds(walk, condition))
      return { move: 'go', to: hit?.next ?? source.otherwise, via: hit?.via ?? 'otherwise', answered: false }
    },
  }
}
