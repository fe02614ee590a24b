import type { CompiledFlow, CompiledStep } from '../machine.ts'
import { stepText } from '../stepText.ts'
import { languages } from '../types.ts'
import { errorAt, type CheckInput, type Finding, type Rule } from './finding.ts'

/** What a page without script and an officer at the door can ask as well. */
const askable = new Set(['choice', 'multiChoice', 'yesNo', 'text'])

/** What every invitation to a questionnaire brings: without it an answer belongs to no household. */
const SURVEY_TAKES = ['campaignId', 'householdId'] as const

/**
 * A questionnaire can be asked in every way there is, belongs to one household of one campaign, asks nothing sensitive and
 * nothing of births (`words.neverSurveyed`): whether somebody wants children is nobody's question.
 */
export const unsoundSurvey: Rule = {
  name: 'unsoundSurvey',
  check: input =>
    input.flows
      .filter(({ survey }) => survey !== null)
      .flatMap(flow => [
        ...SURVEY_TAKES.filter(slot => !(slot in flow.emptySlots)).map(slot => finding(flow, null, `takes no ${slot}`)),
        ...flow.steps.flatMap(step => wrongQuestion(flow, step)),
        ...flow.steps.flatMap(step => intimate(input, flow, step)),
      ]),
}

const finding = (flow: CompiledFlow, step: CompiledStep | null, why: string) =>
  errorAt('unsoundSurvey', flow, step, why)

function wrongQuestion(flow: CompiledFlow, step: CompiledStep): Finding[] {
  const { source } = step
  if (source.kind === 'collect' || source.kind === 'subflow' || source.kind === 'notice')
    return [finding(flow, step, `a ${source.kind} cannot be shown as a page`)]
  if (source.kind !== 'ask') return []
  const wrong = [
    ...(askable.has(source.type) ? [] : [`a ${source.type} cannot be asked in every way`]),
    ...(source.sensitive ? ['asks for sensitive data'] : []),
    ...(source.type === 'text' && !source.optional ? ['free words must be optional'] : []),
    ...(source.type === 'text' && source.maxLength === undefined ? ['free words need a maxLength'] : []),
    ...(source.correct === undefined || source.options?.includes(source.correct)
      ? []
      : ['the right answer is no option']),
  ]
  return wrong.map(why => finding(flow, step, why))
}

function intimate({ library: { texts } }: CheckInput, flow: CompiledFlow, step: CompiledStep): Finding[] {
  const words = texts.words('words.neverSurveyed').map(word => word.toLowerCase())
  return languages.flatMap(language => {
    const said = texts.source(language, stepText(flow.name, step.id, 'text'))?.toLowerCase() ?? ''
    return words.filter(word => said.includes(word)).map(word => finding(flow, step, `asks about "${word}"`))
  })
}
