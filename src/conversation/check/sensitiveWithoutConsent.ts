import type { CompiledFlow, CompiledStep } from '../machine.ts'
import { errorAt, type Rule } from './finding.ts'
import { reachable, successors } from './graph.ts'

/** Nobody is asked for sensitive data before a declaration he agreed to (个人信息保护法 29). */
export const sensitiveWithoutConsent: Rule = {
  name: 'sensitiveWithoutConsent',
  check: ({ flows }) =>
    flows.flatMap(flow => {
      const unconsented = reachable(flow, step => onwardWithoutConsent(flow, step))
      return [...unconsented]
        .filter(({ source }) => 'sensitive' in source && source.sensitive)
        .map(step => errorAt('sensitiveWithoutConsent', flow, step, 'can be asked before any consent was given'))
    }),
}

function onwardWithoutConsent(flow: CompiledFlow, step: CompiledStep): CompiledStep[] {
  if (step.source.kind !== 'commitment') return successors(flow, step)
  const refused = flow.byId.get(step.source.refused)
  const passedOver = step.when ? flow.following.get(step.id) : null
  return [refused, passedOver].filter(target => target !== null && target !== undefined)
}
