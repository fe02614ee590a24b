import { ratingLevels } from '../../domain/rating.ts'
import { errorAt, type Rule } from './finding.ts'

/** A rating has the five levels of GB/T 39735, best first: fewer, or another order, would lean one way. */
export const steeringRating: Rule = {
  name: 'steeringRating',
  check: ({ flows }) =>
    flows.flatMap(flow =>
      flow.steps
        .filter(
          ({ source }) => source.kind === 'ask' && source.rating && source.options?.join() !== ratingLevels.join(),
        )
        .map(step => errorAt('steeringRating', flow, step, 'must offer the levels 5, 4, 3, 2, 1')),
    ),
}
