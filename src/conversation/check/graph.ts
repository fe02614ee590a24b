import type { CompiledFlow, CompiledStep } from '../machine.ts'

/** Steps that may come right after this one; a step with a condition may also be passed over. */
export function successors(flow: CompiledFlow, step: CompiledStep): CompiledStep[] {
  const following = flow.following.get(step.id) ?? null
  const targets = step.exits.map(({ to }) => (to === null ? following : (flow.byId.get(to) ?? null)))
  if (step.when) targets.push(following)
  return targets.filter(target => target !== null)
}

/** Everything that can be reached from the first step, going on only where `passes` says so. */
export function reachable(flow: CompiledFlow, next: (step: CompiledStep) => CompiledStep[]): Set<CompiledStep> {
  const seen = new Set<CompiledStep>()
  const open = flow.steps.slice(0, 1)
  for (let step = open.pop(); step; step = open.pop()) {
    if (seen.has(step)) continue
    seen.add(step)
    open.push(...next(step))
  }
  return seen
}
