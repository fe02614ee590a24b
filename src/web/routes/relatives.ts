import { z } from 'zod'
import { relativeWishes } from '../../domain/care/relativeRequest.ts'
import { shanghaiTime } from '../../domain/world.ts'
import { json, refused } from '../answer.ts'
import { jsonBody, noBody, noQuery, zKey, zText } from '../decode.ts'
import { officerRoute, type Route } from '../route.ts'
import { answerDone, doneDoc } from './careFamilies.ts'

/** Above the village: neighbours do not decide about the data of a neighbour's dead. */
const roles = ['town', 'county'] as const

const itemSchema = z.strictObject({
  id: z.string(),
  status: z.enum(['asked', 'checked', 'granted', 'refused']),
  wish: z.enum(relativeWishes),
  relative: z.string(),
  relation: z.string(),
  deceased: z.string(),
  interest: z.string(),
  papers: z.string().nullable(),
  reason: z.string().nullable(),
  grantedAt: z.iso.datetime({ offset: true }).nullable(),
  allowedActions: z.array(z.string()),
})

const list = officerRoute(roles, {
  method: 'GET',
  path: '/api/relative-requests',
  summary: '近亲属要查、复制、更正、删除去世的人的信息（个人信息保护法第四十九条），新的在前',
  body: noBody,
  query: noQuery,
  response: { description: '本地的请求', schema: z.strictObject({ items: z.array(itemSchema) }) },
  handler: async ({ edge, caller }) => {
    const views = await edge.relatives.list(caller.officer)
    const items = views.map(({ id, state, allowed }) => ({
      ...{ id, status: state.status, wish: state.asked.wish, relative: state.asked.relative.name },
      ...{ relation: state.asked.relative.relation, deceased: state.asked.deceased, interest: state.asked.interest },
      ...{ papers: state.papers, reason: state.reason, allowedActions: allowed },
      grantedAt: state.grantedAt === null ? null : shanghaiTime(state.grantedAt),
    }))
    return json({ items })
  },
})

const ask = officerRoute(roles, {
  method: 'POST',
  path: '/api/relative-requests',
  summary: '记下近亲属的请求：谁、和去世的人什么关系、要做什么、自己的正当利益是什么；用去世的人的办件编号找',
  body: jsonBody(
    z.strictObject({
      relative: z.strictObject({ name: zText(40, 1), relation: zText(20, 1), phone: zText(20, 3) }),
      deceased: zText(40, 1),
      wish: z.enum(relativeWishes),
      interest: zText(300, 2),
      case: zKey,
    }),
  ),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, body: { case: caseNumber, ...asked } }) =>
    answerDone(await edge.relatives.ask(caller.officer, { ...asked, caseNumber })),
})

const check = officerRoute(roles, {
  method: 'POST',
  path: '/api/relative-requests/:id/check',
  summary: '核对过了：看了哪些证件（本人、亲属关系、死亡证明）',
  body: jsonBody(z.strictObject({ papers: zText(300, 4) })),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming, body: { papers } }) =>
    answerDone(await edge.relatives.check(caller.officer, incoming.params['id'] ?? '', papers)),
})

const decide = officerRoute(roles, {
  method: 'POST',
  path: '/api/relative-requests/:id/verdict',
  summary: '同意或不同意；去世的人生前另有安排的，arranged 为 true。同意删除、更正的当场办',
  body: jsonBody(
    z.discriminatedUnion('granted', [
      z.strictObject({ granted: z.literal(true) }),
      z.strictObject({ granted: z.literal(false), arranged: z.boolean(), reason: zText(300, 2) }),
    ]),
  ),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming, body }) =>
    answerDone(await edge.relatives.decide(caller.officer, incoming.params['id'] ?? '', body)),
})

const data = officerRoute(roles, {
  method: 'POST',
  path: '/api/relative-requests/:id/data',
  summary: '同意查、复制之后：去世的人的全部信息，当面给近亲属；每打开一次都记下',
  body: jsonBody(z.strictObject({})),
  query: noQuery,
  response: { description: '全部信息', mediaType: 'application/json' },
  handler: async ({ edge, caller, incoming }) => {
    const found = await edge.relatives.data(caller.officer, incoming.params['id'] ?? '')
    return found.ok ? json(found.value) : refused(found.refusal)
  },
})

export const relativeRoutes: Route[] = [list, ask, check, decide, data]
