import { z } from 'zod'
import type { Outcome } from '../../app/app.ts'
import type { StaffSurveyView } from '../../app/surveys/staffSurveyDesk.ts'
import type { SurveyView } from '../../app/surveys/surveyDesk.ts'
import { COUNTY_CELL, staffRoles, type StaffRow } from '../../domain/survey/staffSurvey.ts'
import { shanghaiTime } from '../../domain/world.ts'
import { file, json, problem, refused, type Answer } from '../answer.ts'
import { emptyBody, jsonBody, noBody, noQuery, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { figureJson } from '../figureJson.ts'
import { figureFields } from '../figureSchemas.ts'
import { figuresXlsx, XLSX } from '../figuresXlsx.ts'
import type { Incoming } from '../incoming.ts'
import { caseRoles, officerRoute, type Route } from '../route.ts'
import { staffSurveyExportOf } from '../staffSurveyExport.ts'
import { doorSurveyJson, doorSurveySchema } from '../surveySchemas.ts'

/** 干部知晓率: the county begins it, officers answer, nobody learns who answered what. */
const county = ['county'] as const

const count = z.int().min(0)
const row = z.strictObject({
  cell: z.string(),
  name: z.string(),
  asked: count,
  answered: count.nullable(),
  ...figureFields,
})
const brief = {
  ...{ id: z.string(), title: z.string(), stand: z.enum(['open', 'closed']) },
  ...{ opensAt: z.string(), closesAt: z.string(), asked: count, answered: count.nullable() },
}
const listSchema = z.strictObject({
  items: z.array(z.strictObject(brief)),
  officers: z.strictObject({ village: count, town: count, county: count }),
})
const oneSchema = z.strictObject({
  ...brief,
  report: z
    .strictObject({
      ...figureFields,
      questions: z.array(z.strictObject({ slot: z.string(), text: z.string(), ...figureFields })),
      ...{ roles: z.array(row), towns: z.array(row) },
    })
    .nullable()
    .describe('截止以后才有；不到 5 人的格子不显示，也减不出来'),
})

const list = officerRoute(county, {
  method: 'GET',
  path: '/api/staff-surveys',
  summary: '干部知晓率问卷，新的在前；可以问的工作人员各岗位多少人',
  body: noBody,
  query: noQuery,
  response: { description: '本县的干部问卷', schema: listSchema },
  handler: async ({ edge, caller }) => {
    const { surveys, officers } = await edge.staffSurveys.list(caller.officer)
    return json({ items: surveys.map(briefJson), officers })
  },
})

const one = officerRoute(county, {
  method: 'GET',
  path: '/api/staff-surveys/:id',
  summary: '一次干部问卷：答的人数；截止以后的知晓率（95% 区间，按题、岗位、乡镇）。看不到谁答了什么',
  body: noBody,
  query: noQuery,
  response: { description: '问卷', schema: oneSchema },
  handler: async call =>
    shown(call.edge, call.incoming, await call.edge.staffSurveys.one(call.caller.officer, idOf(call.incoming))),
})

const xlsx = officerRoute(county, {
  method: 'GET',
  path: '/api/staff-surveys/:id/results.xlsx',
  summary: '干部知晓率导出为 XLSX，截止以后才有；不到 5 人的格子不显示；文字单元格不会被当作公式',
  body: noBody,
  query: noQuery,
  response: { description: '工作簿', mediaType: XLSX },
  handler: async ({ edge, caller, incoming }) => {
    const at = edge.world.now()
    if (!edge.limits('figureExport', caller.officer.id, at)) return problem('tooManyRequests')
    const found = await edge.staffSurveys.one(caller.officer, idOf(incoming))
    if (!found.ok) return refused(found.refusal)
    const { report, ...brief } = oneJson(edge, incoming.language, found.value)
    if (!report) return refused({ code: 'notAllowed' })
    const { regionCode: code } = found.value.survey
    const words = (key: string, values?: Parameters<Edge['text']>[2]) => edge.text(incoming.language, key, values)
    const made = shanghaiTime(at).slice(0, 16).replace('T', ' ')
    const place = { code, name: edge.regions.name(code) ?? code }
    const content = staffSurveyExportOf({ ...brief, report, place }, words, made)
    const name = `${content.title}-${content.fileName}.xlsx`
    return file(figuresXlsx(content), { name, mediaType: XLSX, saved: true })
  },
})

const start = officerRoute(county, {
  method: 'POST',
  path: '/api/staff-surveys',
  summary: '发起干部问卷，当场开始；要问的不到 5 人不能发起',
  body: jsonBody(
    z.strictObject({
      title: zText(40, 2),
      roles: z.array(z.enum(staffRoles)).min(1).max(staffRoles.length),
      closesAt: z.iso.datetime({ offset: true }),
    }),
  ),
  query: noQuery,
  response: { description: '问卷', schema: oneSchema },
  handler: async ({ edge, caller, incoming, body }) => {
    const draft = { ...body, closesAt: Date.parse(body.closesAt) }
    return shown(edge, incoming, await edge.staffSurveys.start(caller.officer, draft))
  },
})

const end = officerRoute(county, {
  method: 'POST',
  path: '/api/staff-surveys/:id/end',
  summary: '提前截止干部问卷，出结果',
  body: emptyBody,
  query: noQuery,
  response: { description: '问卷', schema: oneSchema },
  handler: async call =>
    shown(call.edge, call.incoming, await call.edge.staffSurveys.end(call.caller.officer, idOf(call.incoming))),
})

const mine = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/my-staff-surveys',
  summary: '请我本人答、还没答的干部问卷',
  body: noBody,
  query: noQuery,
  response: {
    description: '先截止的在前',
    schema: z.strictObject({
      items: z.array(z.strictObject({ id: z.string(), title: z.string(), closesAt: z.string() })),
    }),
  },
  handler: async ({ edge, caller }) => {
    const surveys = await edge.staffSurveys.mine(caller.officer)
    return json({
      items: surveys.map(({ id, title, closesAt }) => ({ id, title, closesAt: shanghaiTime(closesAt) })),
    })
  },
})

const answerSchema = doorSurveySchema.extend({
  said: z.string().nullable().describe('交了以后：各题的正确答案'),
  kept: z.enum(['kept', 'finished', 'already', 'closed', 'incomplete']).nullable(),
})

const open = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/my-staff-surveys/:id',
  summary: '打开请我答的干部问卷：全部的题和已经答了的',
  body: noBody,
  query: noQuery,
  response: { description: '问卷', schema: answerSchema },
  handler: async ({ edge, caller, incoming }) => {
    const found = await edge.staffSurveys.open(caller.officer, idOf(incoming))
    return found.ok ? json(answerJson(edge, incoming, found.value, null)) : refused(found.refusal)
  },
})

const zSlot = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/)

const answer = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/my-staff-surveys/:id/answers',
  summary: '记下我的回答，或者交上去；答案和姓名分开存，交了就只剩合计数',
  body: jsonBody(
    z.strictObject({ answers: z.record(zSlot, z.union([zText(100), z.null()])), finish: z.boolean().default(false) }),
  ),
  query: noQuery,
  response: { description: '怎么样了', schema: answerSchema },
  handler: async ({ edge, caller, incoming, body }) => {
    if (!edge.limits('doorAnswers', caller.officer.id, edge.world.now())) return problem('tooManyRequests')
    const done = await edge.staffSurveys.answer(caller.officer, idOf(incoming), body)
    if (!done.ok) return refused(done.refusal)
    return json(answerJson(edge, incoming, done.value.view, done.value.kept.kind))
  },
})

const idOf = ({ params }: Incoming): string => params['id'] ?? ''

function briefJson({ survey, stand, asked, answered, report }: StaffSurveyView) {
  const { id, title, opensAt, closesAt } = survey
  return {
    ...{ id, title, stand, opensAt: shanghaiTime(opensAt), closesAt: shanghaiTime(closesAt), asked },
    answered: report ? report.answered : answered,
  }
}

function shown(edge: Edge, { language }: Incoming, found: Outcome<StaffSurveyView>): Answer {
  return found.ok ? json(oneJson(edge, language, found.value)) : refused(found.refusal)
}

function oneJson(edge: Edge, language: Incoming['language'], view: StaffSurveyView) {
  const { report, questions } = view
  const textOf = (slot: string) => {
    const key = questions.find(question => question.slot === slot)?.textKey
    return key === undefined ? '' : edge.text(language, key)
  }
  const rows = (some: readonly StaffRow[]) =>
    some.map(({ cell, asked, answered, figure }) => ({
      ...{ cell, name: edge.regions.name(cell) ?? cell, asked, answered, ...figureJson(figure) },
    }))
  return {
    ...briefJson(view),
    report: report && {
      ...figureJson(report.main),
      questions: report.questions.map(({ slot, figure }) => ({ slot, text: textOf(slot), ...figureJson(figure) })),
      roles: rows(staffRoles.flatMap(role => report.roles.filter(({ cell }) => cell === role))),
      towns: rows(
        [...report.towns].toSorted((a, b) => Number(a.cell === COUNTY_CELL) - Number(b.cell === COUNTY_CELL)),
      ),
    },
  }
}

function answerJson(edge: Edge, { language }: Incoming, view: SurveyView, kept: z.infer<typeof answerSchema>['kept']) {
  const words = (key: string, values?: Parameters<Edge['text']>[2]) => edge.text(language, key, values)
  const said = view.stand === 'finished' ? words(`${view.flow}.steps.thanks.text`) : null
  return { ...doorSurveyJson(view, words), said, kept }
}

export const staffSurveyRoutes: Route[] = [list, one, xlsx, start, end, mine, open, answer]
