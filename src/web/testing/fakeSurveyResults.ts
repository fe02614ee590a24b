import type { SurveyResultDesk, SurveyResults } from '../../app/surveys/surveyResults.ts'
import { surveyFunnel } from '../../domain/survey/surveyFunnel.ts'
import { mainResult, wholeResult } from '../../domain/survey/surveyReport.ts'
import { surveyTargets } from '../../domain/survey/targets.ts'
import type { FakeApp } from './fakeApp.ts'

/** A survey of three villages, one with three answers. */
export function fakeSurveyResults({ asked }: Pick<FakeApp, 'asked'>): SurveyResultDesk {
  const campaign = {
    ...{ id: 'c-1', kind: 'satisfaction' as const, flow: 'survey-satisfaction', revision: 1, title: '年度问卷' },
    ...{ regionCode: '420702', status: 'finished' as const, opensAt: 0, closesAt: 86_400_000 },
  }
  const village = (n: number, hit: number, miss: number) => {
    const of = { villageCode: `42070210420${n}`, way: 'link' as const }
    return [
      { ...of, question: 'finished', option: '', n: hit + miss },
      { ...of, question: 'main', option: 'hit', n: hit },
      { ...of, question: 'main', option: 'miss', n: miss },
    ].filter(one => one.n > 0)
  }
  const counts = [...village(1, 30, 4), ...village(2, 6, 1), ...village(3, 2, 1)]
  const populations = new Map([1, 2, 3].map(n => [`42070210420${n}`, 80] as const))
  const counted = { regionCode: '420702', kind: campaign.kind, counts, populations }
  const main = mainResult(counted, '420702')
  const results: SurveyResults = {
    ...{ campaign, place: '420702', questions: [], targets: surveyTargets.satisfaction, main },
    trend: [{ campaign, figure: main.figure }],
    whole: {
      ...wholeResult(counted, []),
      funnel: surveyFunnel({ finished: 44, partial: 6, leftAlone: 2 }),
      texts: [{ topic: 'hours', phrase: null, n: 6, examples: ['=中午没人'] }],
    },
  }
  return {
    list: async (officer, kind) => {
      asked.push(['surveys', officer.id, kind])
      return [campaign]
    },
    results: async (officer, id, place) => {
      asked.push(['surveyResults', officer.id, id, place])
      return id === 'c-1' ? { ok: true, value: results } : { ok: false, refusal: { code: 'notFound' } }
    },
  }
}
