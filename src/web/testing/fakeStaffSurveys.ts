import type { StaffSurveyDesk, StaffSurveyView } from '../../app/surveys/staffSurveyDesk.ts'
import type { SurveyQuestion } from '../../domain/survey/answers.ts'
import { answerCounts, askedCounts, staffProgress, staffReport } from '../../domain/survey/staffSurvey.ts'
import type { FakeApp } from './fakeApp.ts'

const key = (part: string) => `survey-knowledge.steps.penalty.${part}`
const penalty: SurveyQuestion = {
  ...{ slot: 'penalty', type: 'choice', options: ['charged', 'notCharged', 'unsure'], optional: false, rating: false },
  ...{ correct: 'notCharged', maxLength: null, textKey: key('text'), key },
}

/** One survey of eight officers that runs, and one that is over with six answers. */
export function fakeStaffSurveys({ asked }: Pick<FakeApp, 'asked'>): StaffSurveyDesk {
  const people = Array.from({ length: 8 }, (_, n) => {
    return { officerId: `o-${n}`, role: 'village' as const, regionCode: '420702104212' }
  })
  const counts = [
    ...askedCounts(people),
    ...people.slice(2).flatMap((one, n) => answerCounts(one, [penalty], { penalty: n < 3 ? 'notCharged' : 'unsure' })),
  ]
  const survey = (id: string, closesAt: number) => ({
    ...{ id, regionCode: '420702', flow: 'survey-knowledge', revision: 1, title: '干部知晓问卷', opensAt: 0, closesAt },
  })
  const views: StaffSurveyView[] = [
    {
      survey: survey('open', Date.UTC(2030, 0)),
      stand: 'open',
      ...staffProgress(counts),
      questions: [penalty],
      report: null,
    },
    {
      ...{ survey: survey('over', 86_400_000), stand: 'closed', ...staffProgress(counts), questions: [penalty] },
      report: staffReport(counts, [penalty]),
    },
  ]
  const find = (id: string) => views.find(view => view.survey.id === id)
  const notFound = { ok: false, refusal: { code: 'notFound' } } as const
  const answering = (stand: 'open' | 'finished') => ({
    ...{ title: '干部知晓问卷', flow: 'survey-knowledge', stand, closesAt: Date.UTC(2030, 0), isTest: false },
    ...{ questions: [penalty], every: [{ question: penalty, askedAfter: null }], answers: {}, next: penalty },
  })
  return {
    list: async () => ({ surveys: views, officers: { village: 8, town: 2, county: 1 } }),
    one: async (_officer, id) => {
      const view = find(id)
      return view ? { ok: true, value: view } : notFound
    },
    start: async (officer, draft) => {
      asked.push(['staffSurvey', officer.id, draft.roles, draft.closesAt])
      const [view] = views
      return view ? { ok: true, value: view } : notFound
    },
    end: async (_officer, id) => {
      const view = find(id)
      return view ? { ok: true, value: view } : notFound
    },
    mine: async () => [survey('open', Date.UTC(2030, 0))],
    open: async (_officer, id) => (id === 'open' ? { ok: true, value: answering('open') } : notFound),
    answer: async (_officer, id, { finish }) =>
      id === 'open'
        ? {
            ok: true,
            value: {
              kept: finish ? { kind: 'finished', answers: {} } : { kind: 'kept', answers: {} },
              view: answering(finish ? 'finished' : 'open'),
            },
          }
        : notFound,
  }
}
