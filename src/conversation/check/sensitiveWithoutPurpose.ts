import type { CompiledFlow } from '../machine.ts'
import { callersOf } from './callers.ts'
import { errorAt, type Rule } from './finding.ts'

/** Sensitive data are asked for a stated purpose, and to that very purpose the person was asked to agree (个人信息保护法 28, 29). */
export const sensitiveWithoutPurpose: Rule = {
  name: 'sensitiveWithoutPurpose',
  check: ({ flows }) =>
    flows.flatMap(flow => {
      const agreed = purposesOf(flows, flow, new Set())
      return flow.steps.flatMap(step => {
        const { source } = step
        if (!('sensitive' in source) || !source.sensitive) return []
        if (source.purpose === undefined) return [errorAt('sensitiveWithoutPurpose', flow, step, 'names no purpose')]
        return agreed.has(source.purpose)
          ? []
          : [errorAt('sensitiveWithoutPurpose', flow, step, `nobody is asked to agree to "${source.purpose}"`)]
      })
    }),
}

/** Purposes of the commitments in a flow and in those that call it. */
function purposesOf(flows: CompiledFlow[], flow: CompiledFlow, seen: Set<CompiledFlow>): Set<string> {
  if (seen.has(flow)) return new Set()
  seen.add(flow)
  const own = flow.steps.flatMap(({ source }) => (source.kind === 'commitment' ? [source.purpose] : []))
  const outer = callersOf(flows, flow).flatMap(caller => [...purposesOf(flows, caller.flow, seen)])
  return new Set([...own, ...outer])
}
