import type { CompiledFlow, CompiledStep } from '../machine.ts'
import { errorAt, type Finding, type Rule } from './finding.ts'
import { successors } from './graph.ts'

/** From every step an end can be reached, and no step is the last one without being an end. */
export const unreachableEnd: Rule = {
  name: 'unreachableEnd',
  check: ({ flows }) => flows.flatMap(flow => [...withoutEnd(flow), ...runningOut(flow)]),
}

function withoutEnd(flow: CompiledFlow): Finding[] {
  const ending = new Set(flow.steps.filter(({ source }) => source.kind === 'end'))
  for (let grown = true; grown;) {
    const before = ending.size
    for (const step of flow.steps) if (successors(flow, step).some(next => ending.has(next))) ending.add(step)
    grown = ending.size > before
  }
  return flow.steps
    .filter(step => !ending.has(step))
    .map(step => errorAt('unreachableEnd', flow, step, 'no end can be reached from here'))
}

function runningOut(flow: CompiledFlow): Finding[] {
  return flow.steps
    .filter(step => runsOut(flow, step))
    .map(step => errorAt('unreachableEnd', flow, step, 'nothing follows'))
}

function runsOut(flow: CompiledFlow, step: CompiledStep): boolean {
  if (flow.following.get(step.id)) return false
  return step.when !== null || step.exits.some(({ to }) => to === null)
}
