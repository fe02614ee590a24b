import { z } from 'zod'
import { noContent, refused } from '../answer.ts'
import { jsonBody, noQuery, zText } from '../decode.ts'
import { caseRoles, officerRoute, type Route } from '../route.ts'

const bereaved = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/applications/:id/bereavement',
  summary: '家里有人走了：一步停掉这一户的一切主动消息，孩子没了的停掉日历，并请人上门',
  body: jsonBody(z.strictObject({ lost: z.enum(['child', 'person']) })),
  query: noQuery,
  response: { description: '已停' },
  handler: async ({ edge, caller, incoming, body }) => {
    const done = await edge.grief.bereaved(caller.officer, incoming.params['id'] ?? '', body.lost)
    return done.ok ? noContent() : refused(done.refusal)
  },
})

const lift = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/applications/:id/lift-mute',
  summary: '有人去看过了，可以再主动发消息；写明做了什么。停掉的日历不会自己再开',
  body: jsonBody(z.strictObject({ words: zText(500, 2) })),
  query: noQuery,
  response: { description: '已恢复' },
  handler: async ({ edge, caller, incoming, body }) => {
    const done = await edge.grief.lift(caller.officer, incoming.params['id'] ?? '', body.words)
    return done.ok ? noContent() : refused(done.refusal)
  },
})

const liftFamily = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/care-families/:id/lift-mute',
  summary: '去看过了，可以再主动给这一家发消息；写明做了什么',
  body: jsonBody(z.strictObject({ words: zText(500, 2) })),
  query: noQuery,
  response: { description: '已恢复' },
  handler: async ({ edge, caller, incoming, body }) => {
    const done = await edge.grief.liftFamily(caller.officer, incoming.params['id'] ?? '', body.words)
    return done.ok ? noContent() : refused(done.refusal)
  },
})

export const griefRoutes: Route[] = [bereaved, lift, liftFamily]
