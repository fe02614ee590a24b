import { languages } from '../types.ts'
import type { CheckInput, Finding, Rule } from './finding.ts'

/** What is said to who tells of a death. */
const GRIEF = 'grief.'

/**
 * Some words are never said to anybody (`words.neverSaid`: 失独 names a family by its loss); flows for families in grief
 * and what is said to who tells of a death (`grief`) hold nothing cheerful (`words.cheerful`), and the latter no word of
 * births (`words.births`).
 */
export const bereavedWording: Rule = {
  name: 'bereavedWording',
  check: input => {
    const { texts } = input.library
    const condoling = input.flows.filter(({ tone }) => tone === 'condolence').map(({ name }) => `${name}.`)
    const grieving = [...condoling, GRIEF]
    return [
      ...found(input, texts.words('words.neverSaid'), () => true),
      ...found(input, texts.words('words.cheerful'), key => grieving.some(flow => key.startsWith(flow))),
      ...found(input, texts.words('words.births'), key => key.startsWith(GRIEF)),
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
