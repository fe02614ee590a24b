import { errorAt, type Rule } from './finding.ts'

const questions = new Set(['ask', 'collect', 'review', 'commitment'])

/** Every question says after how many bad answers a person is asked in. */
export const questionWithoutTries: Rule = {
  name: 'questionWithoutTries',
  check: ({ flows }) =>
    flows.flatMap(flow =>
      flow.steps
        .filter(({ source }) => questions.has(source.kind))
        .filter(({ source }) => !('tries' in source) || source.tries === undefined)
        .map(step => errorAt('questionWithoutTries', flow, step, 'has no tries')),
    ),
}
