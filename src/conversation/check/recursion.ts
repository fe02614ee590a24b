import type { CompiledFlow, Library } from '../machine.ts'
import { errorAt, type Rule } from './finding.ts'

/** No flow calls itself, directly or through others: a session would grow without end. */
export const recursion: Rule = {
  name: 'recursion',
  check: ({ flows, library }) =>
    flows.flatMap(flow =>
      flow.steps
        .filter(({ source }) => source.kind === 'subflow' && reaches(library, source.flow, flow.name, new Set()))
        .map(step => errorAt('recursion', flow, step, 'leads back into this flow')),
    ),
}

function reaches(library: Library, from: string, to: string, seen: Set<string>): boolean {
  if (from === to) return true
  if (seen.has(from)) return false
  seen.add(from)
  return calledBy(library.flow(from, null)).some(name => reaches(library, name, to, seen))
}

function calledBy(flow: CompiledFlow | null): string[] {
  return (flow?.steps ?? []).flatMap(({ source }) => (source.kind === 'subflow' ? [source.flow] : []))
}
