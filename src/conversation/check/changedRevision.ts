import type { CompiledFlow } from '../machine.ts'
import { errorAt, type Rule } from './finding.ts'

/** A revision that was published stays as it was: people stand in it. Words that start a flow may change, steps may not. */
export const changedRevision: Rule = {
  name: 'changedRevision',
  check: ({ flows }) =>
    flows.flatMap((flow, n) => {
      const twin = flows.slice(0, n).find(other => other.name === flow.name && other.revision === flow.revision)
      if (!twin || contentOf(twin) === contentOf(flow)) return []
      return [
        errorAt('changedRevision', twin, null, `differs from ${flow.file}, published as revision ${flow.revision}`),
      ]
    }),
}

/** What a session depends on. */
export function contentOf({ steps, settings }: CompiledFlow): string {
  return JSON.stringify({ steps: steps.map(({ source }) => source), settings })
}
