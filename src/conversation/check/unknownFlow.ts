import type { CompiledFlow, CompiledStep, Library } from '../machine.ts'
import { errorAt, type Finding, type Rule } from './finding.ts'

/** A called flow is there, and so is every slot that is passed to it and taken from it. */
export const unknownFlow: Rule = {
  name: 'unknownFlow',
  check: ({ flows, library }) => flows.flatMap(flow => flow.steps.flatMap(step => wrongCall(library, flow, step))),
}

function wrongCall(library: Library, flow: CompiledFlow, step: CompiledStep): Finding[] {
  const { source } = step
  if (source.kind !== 'subflow') return []
  const called = library.flow(source.flow, null)
  if (!called) return [errorAt('unknownFlow', flow, step, `no flow is named ${source.flow}`)]
  const ends = called.steps.map(one => (one.source.kind === 'end' ? (one.source.outcome ?? 'done') : null))
  return [
    ...[...Object.keys(source.in), ...Object.values(source.out)]
      .filter(slot => !(slot in called.emptySlots))
      .map(slot => errorAt('unknownFlow', flow, step, `${called.name} has no slot ${slot}`)),
    ...Object.values(source.in)
      .filter(slot => !(slot in flow.emptySlots))
      .map(slot => errorAt('unknownFlow', flow, step, `no step here fills ${slot}`)),
    ...Object.keys(source.outcomes)
      .filter(outcome => !ends.includes(outcome))
      .map(outcome => errorAt('unknownFlow', flow, step, `${called.name} has no end with outcome ${outcome}`)),
  ]
}
