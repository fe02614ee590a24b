import type { CompiledStep } from '../machine.ts'
import { compileCondition } from '../condition.ts'
import { holds } from '../scope.ts'
import { compiledBase } from './base.ts'
import type { BranchSource } from './schema.ts'

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
