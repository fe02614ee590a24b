import { languages } from '../types.ts'
import { isOnlyCalled } from './callers.ts'
import { errorAt, type Rule } from './finding.ts'

/** Every way out that a person chooses is named in every language, and no matter ends without a word. */
export const exitWithoutText: Rule = {
  name: 'exitWithoutText',
  check: ({ flows, library }) =>
    flows.flatMap(flow => {
      const unnamed = flow.steps.flatMap(step =>
        step.exits.flatMap(({ via, label }) =>
          languages
            .filter(language => label !== undefined && !library.texts.has(language, label))
            .map(language => errorAt('exitWithoutText', flow, step, `${language} has no ${label} for exit "${via}"`)),
        ),
      )
      const quiet = flow.steps
        .filter(({ source }) => source.kind === 'end' && source.quiet && !isOnlyCalled(flows, flow))
        .map(step => errorAt('exitWithoutText', flow, step, 'is quiet, but nobody calls this flow who would speak'))
      return [...unnamed, ...quiet]
    }),
}
