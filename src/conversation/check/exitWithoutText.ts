import { languages } from '../types.ts'
import { errorAt, type Rule } from './finding.ts'

/** Every way out that a person chooses is named in every language. */
export const exitWithoutText: Rule = {
  name: 'exitWithoutText',
  check: ({ flows, library }) =>
    flows.flatMap(flow =>
      flow.steps.flatMap(step =>
        step.exits.flatMap(({ via, label }) =>
          languages
            .filter(language => label !== undefined && !library.texts.has(language, label))
            .map(language => errorAt('exitWithoutText', flow, step, `${language} has no ${label} for exit "${via}"`)),
        ),
      ),
    ),
}
