import type { CompiledFlow, CompiledStep } from '../machine.ts'

/** A step of one flow that calls another. */
export interface Caller {
  flow: CompiledFlow
  step: CompiledStep
}

/** Steps that call a flow, over all loaded flows. */
export function callersOf(flows: CompiledFlow[], called: CompiledFlow): Caller[] {
  return flows.flatMap(flow =>
    flow.steps
      .filter(({ source }) => source.kind === 'subflow' && source.flow === called.name)
      .map(step => ({ flow, step })),
  )
}

/** Nobody begins it: no place in the menu, no word, no intent. Whether it is ever invited is not known here. */
export function isOnlyCalled(flows: CompiledFlow[], flow: CompiledFlow): boolean {
  const open = flow.menu !== null || flow.intent !== null || flow.keywords.length > 0
  return !open && callersOf(flows, flow).length > 0
}
