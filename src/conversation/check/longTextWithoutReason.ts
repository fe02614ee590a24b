import { COMFORTABLE_CHARACTERS } from '../settings.ts'
import { errorAt, type Rule } from './finding.ts'

/** What is longer than one takes in at a glance says why. Chinese characters are counted, as they are what is read. */
export const longTextWithoutReason: Rule = {
  name: 'longTextWithoutReason',
  check: ({ flows, library }) =>
    flows.flatMap(flow =>
      flow.steps
        .filter(({ source }) => !('longTextReason' in source && source.longTextReason))
        .flatMap(step =>
          step.texts
            .filter(key => key.endsWith('.text'))
            .map(key => ({ key, length: library.texts.format('zh-CN', key).length }))
            .filter(({ length }) => length > COMFORTABLE_CHARACTERS)
            .map(({ key, length }) =>
              errorAt(
                'longTextWithoutReason',
                flow,
                step,
                `${key} has ${length} characters, over ${COMFORTABLE_CHARACTERS}, without a longTextReason`,
              ),
            ),
        ),
    ),
}
