import type { CompiledFlow, CompiledStep } from '../machine.ts'
import { callersOf, isOnlyCalled } from './callers.ts'
import { errorAt, type Rule } from './finding.ts'
import { reachable, successors } from './graph.ts'

/** Nobody is asked for sensitive data before a declaration he agreed to (个人信息保护法 29), here or in the calling flow. */
export const sensitiveWithoutConsent: Rule = {
  name: 'sensitiveWithoutConsent',
  check: ({ flows }) =>
    flows
      .filter(
        flow => !isOnlyCalled(flows, flow) || callersOf(flows, flow).some(one => isUnconsented(one.flow, one.step)),
      )
      .flatMap(flow =>
        [...unconsented(flow)]
          .filter(({ source }) => 'sensitive' in source && source.sensitive)
          .map(step => errorAt('sensitiveWithoutConsent', flow, step, 'can be asked before any consent was given')),
      ),
}

function isUnconsented(flow: CompiledFlow, step: CompiledStep): boolean {
  return unconsented(flow).has(step)
}

function unconsented(flow: CompiledFlow): Set<CompiledStep> {
  return reachable(flow, step => onwardWithoutConsent(flow, step))
}

function onwardWithoutConsent(flow: CompiledFlow, step: CompiledStep): CompiledStep[] {
  if (step.source.kind !== 'commitment') return successors(flow, step)
  const refused = flow.byId.get(step.source.refused)
  const passedOver = step.when ? flow.following.get(step.id) : null
  return [refused, passedOver].filter(target => target !== null && target !== undefined)
}
