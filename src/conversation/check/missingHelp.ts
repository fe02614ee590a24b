import { stepText } from '../stepText.ts'
import type { CompiledFlow, CompiledStep } from '../machine.ts'
import { languages } from '../types.ts'
import { errorAt, type Rule } from './finding.ts'

/** Every question can be explained, and every typed one has an example to show after bad answers. */
export const missingHelp: Rule = {
  name: 'missingHelp',
  check: ({ flows, library }) =>
    flows.flatMap(flow =>
      flow.steps.flatMap(step =>
        languages.flatMap(language =>
          partsOf(step)
            .filter(part => !library.texts.has(language, partKey(flow, step, part)))
            .map(part => errorAt('missingHelp', flow, step, `${language} has no ${part} for this question`)),
        ),
      ),
    ),
}

const pickedTypes = new Set(['choice', 'multiChoice', 'yesNo', 'photo', 'signature', 'confirm'])

function partsOf({ source }: CompiledStep): string[] {
  if (source.kind === 'commitment' || source.kind === 'review') return ['help']
  if (source.kind !== 'ask' && source.kind !== 'collect') return []
  return source.type === undefined || pickedTypes.has(source.type) ? ['help'] : ['help', 'example']
}

function partKey(flow: CompiledFlow, step: CompiledStep, part: string): string {
  return stepText(flow.name, step.id, part)
}
