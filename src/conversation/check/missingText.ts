import { languages } from '../types.ts'
import { errorAt, type CheckInput, type Finding, type Rule } from './finding.ts'

/** Every sentence a flow needs, and every sentence one language has, is there in all languages. */
export const missingText: Rule = {
  name: 'missingText',
  check: input => [...neededTexts(input), ...unequalCatalogs(input)],
}

function neededTexts({ library, flows }: CheckInput): Finding[] {
  return flows.flatMap(flow =>
    languages.flatMap(language => {
      const missing = (key: string) => !library.texts.has(language, key)
      const title = missing(`${flow.name}.title`)
        ? [errorAt('missingText', flow, null, `${language} has no ${flow.name}.title`)]
        : []
      const texts = flow.steps.flatMap(step =>
        step.texts.filter(missing).map(key => errorAt('missingText', flow, step, `${language} has no ${key}`)),
      )
      return [...title, ...texts]
    }),
  )
}

function unequalCatalogs({ library }: CheckInput): Finding[] {
  const all = new Set(languages.flatMap(language => library.texts.keys(language)))
  return languages.flatMap(language =>
    [...all]
      .filter(key => !library.texts.has(language, key))
      .map(key => ({
        rule: 'missingText',
        level: 'error' as const,
        file: `locales/${language}`,
        step: null,
        message: `${key} is missing`,
      })),
  )
}
