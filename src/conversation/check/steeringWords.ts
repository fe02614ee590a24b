import { plainText } from '../plainText.ts'
import { languages } from '../types.ts'
import type { CompiledFlow } from '../machine.ts'
import type { CheckInput, Finding, Rule } from './finding.ts'

/** What asks people to answer, outside the flows: invitations, the page behind the link, the officer at the door. */
const OUTREACH = ['surveys.', 'campaigns.', 'ratings.']

/**
 * No text of a questionnaire, of a rating or of what invites to one tells people what to answer (`words.steering`): an
 * answer that was asked for counts nothing, and forced praise is forbidden (国办发〔2019〕51号). Titles, thanks and labels as
 * well as questions.
 */
export const steeringWords: Rule = {
  name: 'steeringWords',
  check: input => {
    const prefixes = [...OUTREACH, ...input.flows.filter(asksForJudgement).map(({ name }) => `${name}.`)]
    return languages.flatMap(language =>
      input.library.texts
        .keys(language)
        .filter(key => prefixes.some(prefix => key.startsWith(prefix)))
        .flatMap(key => steering(input, language, key)),
    )
  },
}

function asksForJudgement({ survey, steps }: CompiledFlow): boolean {
  return survey !== null || steps.some(({ source }) => source.kind === 'ask' && source.rating)
}

function steering({ library: { texts } }: CheckInput, language: (typeof languages)[number], key: string): Finding[] {
  const said = plainText(texts.source(language, key) ?? '')
  const [, , step = null] = key.split('.')
  return texts
    .words('words.steering')
    .filter(word => said.includes(plainText(word)))
    .map(word => ({
      rule: 'steeringWords',
      level: 'error',
      file: `locales/${language}`,
      step: key.includes('.steps.') ? step : null,
      message: `${key} steers the answer by "${word}"`,
    }))
}
