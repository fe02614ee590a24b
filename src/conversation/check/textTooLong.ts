import type { CompiledFlow, CompiledStep } from '../machine.ts'
import { COMFORTABLE_CHARACTERS, MAX_TEXT_CHARACTERS } from '../settings.ts'
import { languages } from '../types.ts'
import { errorAt, type Finding, type Rule } from './finding.ts'

/** Nothing is longer than a message may be, and what is long for a reader says why. */
export const textTooLong: Rule = {
  name: 'textTooLong',
  check: ({ flows, library }) => [
    ...languages.flatMap(language =>
      library.texts
        .keys(language)
        .filter(key => (library.texts.source(language, key)?.length ?? 0) > limitOf(language))
        .map(key => ({
          rule: 'textTooLong',
          level: 'error' as const,
          file: `locales/${language}`,
          step: null,
          message: `${key} is over ${limitOf(language)} characters`,
        })),
    ),
    ...flows.flatMap(flow =>
      flow.steps.flatMap(step => uncomfortable(flow, step, key => library.texts.format('zh-CN', key))),
    ),
  ],
}

/** Latin letters take one byte of the 2048 where Chinese ones take three. */
function limitOf(language: string): number {
  return language === 'zh-CN' ? MAX_TEXT_CHARACTERS : MAX_TEXT_CHARACTERS * 3
}

function uncomfortable(flow: CompiledFlow, step: CompiledStep, textOf: (key: string) => string): Finding[] {
  if ('longTextReason' in step.source && step.source.longTextReason) return []
  return step.texts
    .filter(key => key.endsWith('.text') && textOf(key).length > COMFORTABLE_CHARACTERS)
    .map(key => ({
      ...errorAt(
        'textTooLong',
        flow,
        step,
        `${key} is over ${COMFORTABLE_CHARACTERS} characters without a longTextReason`,
      ),
      level: 'warning',
    }))
}
