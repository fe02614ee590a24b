import type { Rule } from './finding.ts'

/** Nobody stands at a step, or in a revision, that is not loaded any more. */
export const removedStep: Rule = {
  name: 'removedStep',
  check: ({ flows, positions }) =>
    positions.flatMap(({ flow, revision, step, count }) => {
      const loaded = flows.find(candidate => candidate.name === flow && candidate.revision === revision)
      if (loaded?.byId.has(step)) return []
      const message = loaded
        ? `${count} people stand at this step, which is gone`
        : `${count} people stand in revision ${revision}, which is not loaded`
      return [{ rule: 'removedStep', level: 'error' as const, file: loaded?.file ?? `flows/${flow}`, step, message }]
    }),
}
