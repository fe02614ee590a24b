import type { CompiledFlow, CompiledStep } from '../machine.ts'
import { compileCondition } from '../condition.ts'
import { packFactNames } from '../packFacts.ts'
import { errorAt, type Finding, type Rule } from './finding.ts'

/** Conditions read slots that some step fills and facts that packs have; commits name commands that exist. */
export const unknownName: Rule = {
  name: 'unknownName',
  check: ({ flows, library }) =>
    flows.flatMap(flow =>
      flow.steps.flatMap(step => [...unknownNames(flow, step), ...unknownCommand(flow, step, library.commandNames)]),
    ),
}

function unknownNames(flow: CompiledFlow, step: CompiledStep): Finding[] {
  const cases = step.source.kind === 'branch' ? step.source.cases.map(one => compileCondition(one.if)) : []
  const facts = new Set<string>(packFactNames)
  return [...cases, ...(step.when ? [step.when] : [])].flatMap(({ slots, pack }) => [
    ...slots
      .filter(slot => !(slot in flow.emptySlots))
      .map(slot => errorAt('unknownName', flow, step, `no step fills slots.${slot}`)),
    ...pack
      .filter(fact => !facts.has(fact))
      .map(fact => errorAt('unknownName', flow, step, `no pack has the fact pack.${fact}`)),
  ])
}

function unknownCommand(flow: CompiledFlow, step: CompiledStep, known: readonly string[] | undefined): Finding[] {
  if (step.source.kind !== 'commit' && step.source.kind !== 'notice') return []
  if (!known || known.includes(step.source.command)) return []
  return [errorAt('unknownName', flow, step, `no command is named ${step.source.command}`)]
}
