import { MAX_TEXT_CHARACTERS } from '../settings.ts'
import { languages } from '../types.ts'
import type { Rule } from './finding.ts'

/** Nothing is longer than a message may be. */
export const textTooLong: Rule = {
  name: 'textTooLong',
  check: ({ library }) =>
    languages.flatMap(language =>
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
}

/** Latin letters take one byte of the 2048 where Chinese ones take three. */
function limitOf(language: string): number {
  return language === 'zh-CN' ? MAX_TEXT_CHARACTERS : MAX_TEXT_CHARACTERS * 3
}
