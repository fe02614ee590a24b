import { errorAt, type Rule } from './finding.ts'
import { reachable, successors } from './graph.ts'

/** Somebody can get to every step. */
export const unreachableStep: Rule = {
  name: 'unreachableStep',
  check: ({ flows }) =>
    flows.flatMap(flow => {
      const seen = reachable(flow, step => successors(flow, step))
      return flow.steps
        .filter(step => !seen.has(step))
        .map(step => errorAt('unreachableStep', flow, step, 'nobody can get here'))
    }),
}
