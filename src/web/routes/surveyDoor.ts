import { z } from 'zod'
import { json, problem, refused } from '../answer.ts'
import { jsonBody, noBody, queryOf, zKey, zText } from '../decode.ts'
import { caseRoles, officerRoute, type Route } from '../route.ts'
import { doorSurveyJson, doorSurveySchema, keptSurveySchema, surveyJson } from '../surveySchemas.ts'

const code = zText(20, 8)
const zSlot = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/)
const zAnswer = z.union([zText(2000), z.array(zText(100)).max(20), z.null()])

const slips = officerRoute(['town', 'county'], {
  method: 'GET',
  path: '/api/surveys/:id/door-slips',
  summary: '上门问卷的回答码，打印给没有手机的住户：村、户编号、户主（打码）、回答码；每次取都记入审计',
  body: noBody,
  query: queryOf(z.strictObject({ after: zKey.optional() })),
  response: {
    description: '还没答完的上门户',
    schema: z.strictObject({
      items: z.array(z.strictObject({ village: z.string(), number: z.string(), head: z.string(), code: z.string() })),
      next: z.string().nullable(),
    }),
  },
  handler: async ({ edge, caller, incoming, query }) => {
    const found = await edge.doorSurveys.slips(caller.officer, incoming.params['id'] ?? '', query.after ?? '')
    return found.ok ? json(found.value) : refused(found.refusal)
  },
})

const open = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/surveys/door',
  summary: '上门问卷：凭住户出示的回答码打开；不能问自己的满意度（本村专干、办过这家事的人）',
  body: jsonBody(z.strictObject({ code })),
  query: queryOf(z.strictObject({})),
  response: { description: '问卷：全部的题，和各在什么回答之后才问', schema: doorSurveySchema },
  handler: async ({ edge, caller, incoming, body }) => {
    if (!edge.limits('shortCode', caller.officer.id, edge.world.now())) return problem('tooManyRequests')
    const found = await edge.doorSurveys.open(caller.officer, body.code)
    if (!found.ok) return refused(found.refusal)
    return json(doorSurveyJson(found.value, (key, values) => edge.text(incoming.language, key, values)))
  },
})

const answer = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/surveys/door/answers',
  summary: '上门问卷：记下住户的回答，或者交上去；记下是谁上门问的',
  body: jsonBody(z.strictObject({ code, answers: z.record(zSlot, zAnswer), finish: z.boolean().default(false) })),
  query: queryOf(z.strictObject({})),
  response: { description: '怎么样了', schema: keptSurveySchema },
  handler: async ({ edge, caller, incoming, body }) => {
    if (!edge.limits('doorAnswers', caller.officer.id, edge.world.now())) return problem('tooManyRequests')
    const { answers, finish } = body
    const done = await edge.doorSurveys.answer(caller.officer, body.code, { answers, finish })
    if (!done.ok) return refused(done.refusal)
    const { kept, view } = done.value
    const shown = surveyJson(view, (key, values) => edge.text(incoming.language, key, values))
    return json({ ...shown, kept: kept.kind, missing: kept.kind === 'incomplete' ? kept.missing : null })
  },
})

export const surveyDoorRoutes: Route[] = [slips, open, answer]
