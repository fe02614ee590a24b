import { z } from 'zod'
import type { SurveyResults } from '../../app/surveys/surveyResults.ts'
import { surveyRoles } from '../../app/surveys/surveyResults.ts'
import type { Outcome } from '../../app/app.ts'
import { surveyKinds } from '../../domain/survey/kinds.ts'
import { shanghaiTime } from '../../domain/world.ts'
import type { OfficerCaller } from '../access.ts'
import { file, json, problem, refused } from '../answer.ts'
import { noBody, queryOf, zPlace } from '../decode.ts'
import type { Edge } from '../edge.ts'
import type { Words } from '../figureJson.ts'
import { figuresXlsx, XLSX } from '../figuresXlsx.ts'
import type { Incoming } from '../incoming.ts'
import { officerRoute, type Call, type Route } from '../route.ts'
import { surveyExportOf } from '../surveyExport.ts'
import { surveyCampaignJson, surveyListSchema, surveyResultJson, surveyResultSchema } from '../surveyResultJson.ts'

const placeQuery = queryOf(z.strictObject({ region: zPlace.optional() }))

function namesOf(edge: Edge, { language }: Incoming) {
  const words: Words = (key, values) => edge.text(language, key, values)
  return { words, regionName: (code: string) => edge.regions.name(code) }
}

const list = officerRoute(surveyRoles, {
  method: 'GET',
  path: '/api/surveys',
  summary: '有结果可看的问卷，新的在前',
  body: noBody,
  query: queryOf(z.strictObject({ kind: z.enum(surveyKinds).optional() })),
  response: { description: '本地和上级发起、含本地的问卷', schema: surveyListSchema },
  handler: async ({ edge, caller, incoming, query }) => {
    const items = await edge.surveyResults.list(caller.officer, query.kind ?? null)
    return json({ items: items.map(one => surveyCampaignJson(one, namesOf(edge, incoming))) })
  },
})

type ResultCall = Call<OfficerCaller, null, { region?: string | undefined }>

function resultsFor({ edge, caller, incoming, query }: ResultCall): Promise<Outcome<SurveyResults>> {
  return edge.surveyResults.results(caller.officer, incoming.params['id'] ?? '', query.region ?? null)
}

const results = officerRoute(surveyRoles, {
  method: 'GET',
  path: '/api/surveys/:id/results',
  summary:
    '问卷结果：n、95% 区间、按村加权、目标线和出处；分村（少于 5 份不显示，也减不出来）、历次、流失、分题、意见归类。看不到谁答了什么',
  body: noBody,
  query: placeQuery,
  response: { description: '一地的结果', schema: surveyResultSchema },
  handler: async call => {
    const found = await resultsFor(call)
    return found.ok ? json(surveyResultJson(found.value, namesOf(call.edge, call.incoming))) : refused(found.refusal)
  },
})

const xlsx = officerRoute(surveyRoles, {
  method: 'GET',
  path: '/api/surveys/:id/results.xlsx',
  summary: '问卷结果导出为 XLSX；文字单元格不会被当作公式',
  body: noBody,
  query: placeQuery,
  response: { description: '工作簿', mediaType: XLSX },
  handler: async call => {
    const { edge, caller, incoming } = call
    const at = edge.world.now()
    if (!edge.limits('figureExport', caller.officer.id, at)) return problem('tooManyRequests')
    const found = await resultsFor(call)
    if (!found.ok) return refused(found.refusal)
    const names = namesOf(edge, incoming)
    const made = shanghaiTime(at).slice(0, 16).replace('T', ' ')
    const content = surveyExportOf(surveyResultJson(found.value, names), names.words, made)
    return file(figuresXlsx(content), {
      name: `${content.title}-${content.fileName}.xlsx`,
      mediaType: XLSX,
      saved: true,
    })
  },
})

export const surveyResultRoutes: Route[] = [list, results, xlsx]
