import { languages } from '../types.ts'
import type { CheckInput, Finding, Rule } from './finding.ts'

/**
 * Some words are never said to anybody (`words.neverSaid`: 失独 names a family by its loss), and flows for families in
 * grief say nothing cheerful (`words.cheerful`).
 */
export const bereavedWording: Rule = {
  name: 'bereavedWording',
  check: input => {
    const { texts } = input.library
    const grieving = input.flows.filter(({ tone }) => tone === 'condolence').map(({ name }) => `${name}.`)
    return [
      ...found(input, texts.words('words.neverSaid'), () => true),
      ...found(input, texts.words('words.cheerful'), key => grieving.some(flow => key.startsWith(flow))),
    ]
  },
}

function found({ library: { texts } }: CheckInput, words: string[], about: (key: string) => boolean): Finding[] {
  const wrong = words.map(word => word.toLowerCase())
  return languages.flatMap(language =>
    texts
      .keys(language)
      .filter(about)
      .flatMap(key => {
        const said = texts.source(language, key)?.toLowerCase() ?? ''
        return wrong.filter(word => said.includes(word)).map(word => findingAt(language, key, word))
      }),
  )
}

function findingAt(language: string, key: string, word: string): Finding {
  const [, , step = null] = key.split('.')
  return {
    rule: 'bereavedWording',
    level: 'error',
    file: `locales/${language}`,
    step: key.includes('.steps.') ? step : null,
    message: `${key} says "${word}"`,
  }
}
