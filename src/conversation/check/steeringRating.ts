import { stepText } from '../stepText.ts'
import { ratingLevels } from '../../domain/rating.ts'
import { languages } from '../types.ts'
import { errorAt, type Rule } from './finding.ts'

/** A rating has the five levels of GB/T 39735, best first, and no word that steers (words.steering). */
export const steeringRating: Rule = {
  name: 'steeringRating',
  check: ({ flows, library }) => {
    const words = library.texts.words('words.steering').map(word => word.toLowerCase())
    return flows.flatMap(flow =>
      flow.steps.flatMap(step => {
        if (step.source.kind !== 'ask' || !step.source.rating) return []
        const levels =
          step.source.options?.join() === ratingLevels.join()
            ? []
            : [errorAt('steeringRating', flow, step, 'must offer the levels 5, 4, 3, 2, 1')]
        const said = languages.flatMap(language =>
          ['text', 'help'].map(
            part => library.texts.source(language, stepText(flow.name, step.id, part))?.toLowerCase() ?? '',
          ),
        )
        const steering = words.filter(word => said.some(text => text.includes(word)))
        return [
          ...levels,
          ...steering.map(word => errorAt('steeringRating', flow, step, `"${word}" steers the answer`)),
        ]
      }),
    )
  },
}
