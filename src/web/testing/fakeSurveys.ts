import type { DoorDesk } from '../../app/surveys/doorDesk.ts'
import type { SurveyDesk, SurveyView } from '../../app/surveys/surveyDesk.ts'
import type { SurveyQuestion } from '../../domain/survey/answers.ts'
import type { FakeApp } from './fakeApp.ts'

export const SURVEY_TOKEN = 'A'.repeat(43)
export const DOOR_CODE = '12345678'

const key = (slot: string) => (part: string) => `survey-satisfaction.steps.${slot}.${part}`
const overall: SurveyQuestion = {
  ...{ slot: 'overall', type: 'choice', options: ['5', '4', '3', '2', '1'], optional: true, rating: true },
  ...{ correct: null, maxLength: null, textKey: key('overall')('text'), key: key('overall') },
}
const words: SurveyQuestion = {
  ...{ slot: 'words', type: 'text', options: [], optional: true, rating: false },
  ...{ correct: null, maxLength: 300, textKey: key('words')('text'), key: key('words') },
}

/** One household with two questions behind one token and one code; what it answers stays until the test ends. */
export function fakeSurveys({ asked }: Pick<FakeApp, 'asked'>): { links: SurveyDesk; door: DoorDesk } {
  let view: SurveyView = {
    ...{ title: '年度问卷', flow: 'survey-satisfaction', stand: 'open', isTest: false },
    ...{ closesAt: Date.UTC(2026, 11, 31), questions: [overall, words], answers: {}, next: overall },
    every: [overall, words].map(question => ({ question, askedAfter: null })),
  }
  const keep = (given: { answers: Readonly<Record<string, unknown>>; finish: boolean }) => {
    const known = Object.entries(given.answers).flatMap(([slot, value]) =>
      value === null || (typeof value === 'string' && value !== '' && value !== '9') ? [[slot, value] as const] : [],
    )
    const answers = { ...view.answers, ...Object.fromEntries(known) }
    const next = view.questions.find(({ slot }) => answers[slot] === undefined) ?? null
    view = { ...view, answers, next, stand: given.finish ? 'finished' : view.stand }
    return { kept: { kind: given.finish ? ('finished' as const) : ('kept' as const), answers }, view }
  }
  return {
    links: {
      open: async token => (token === SURVEY_TOKEN ? view : null),
      answer: async (token, given) => (token === SURVEY_TOKEN ? keep(given) : null),
      decline: async token => (token === SURVEY_TOKEN ? view : null),
    },
    door: {
      slips: async (by, campaignId, after) => {
        asked.push(['slips', by.id, campaignId, after])
        const items = [{ village: '下柯村', number: 'H-1', head: '柯*', code: DOOR_CODE }]
        return campaignId === 'c-1'
          ? { ok: true, value: { items, next: null } }
          : { ok: false, refusal: { code: 'notFound' } }
      },
      open: async (by, code) => {
        asked.push(['door', by.id])
        if (code !== DOOR_CODE) return { ok: false, refusal: { code: 'notFound' } }
        return by.role === 'village' ? { ok: false, refusal: { code: 'ownCase' } } : { ok: true, value: view }
      },
      answer: async (_by, code, given) =>
        code === DOOR_CODE ? { ok: true, value: keep(given) } : { ok: false, refusal: { code: 'notFound' } },
    },
  }
}
