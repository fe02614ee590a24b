import type { CompiledFlow, CompiledStep } from '../machine.ts'
import { errorAt, type Rule } from './finding.ts'
import { successors } from './graph.ts'

/** No circle without a step that waits for somebody: it would turn until the engine stops it. */
export const loopWithoutAsk: Rule = {
  name: 'loopWithoutAsk',
  check: ({ flows }) =>
    flows.flatMap(flow =>
      flow.steps
        .filter(step => !step.waits && returnsTo(flow, step))
        .map(step => errorAt('loopWithoutAsk', flow, step, 'leads back to itself without asking anything')),
    ),
}

function returnsTo(flow: CompiledFlow, start: CompiledStep): boolean {
  const seen = new Set<CompiledStep>()
  const open = successors(flow, start)
  for (let step = open.pop(); step; step = open.pop()) {
    if (step === start) return true
    if (seen.has(step) || step.waits) continue
    seen.add(step)
    open.push(...successors(flow, step))
  }
  return false
}
