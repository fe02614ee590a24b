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

/** Somebody was there, and the service may write again. */
const lifting = (of: 'applications' | 'care-families', how: 'lift' | 'liftFamily', summary: string) =>
  officerRoute(caseRoles, {
    method: 'POST',
    path: `/api/${of}/:id/lift-mute`,
    summary,
    body: jsonBody(z.strictObject({ words: zText(500, 2) })),
    query: noQuery,
    response: { description: '已恢复' },
    handler: async ({ edge, caller, incoming, body }) => {
      const done = await edge.grief[how](caller.officer, incoming.params['id'] ?? '', body.words)
      return done.ok ? noContent() : refused(done.refusal)
    },
  })

export const griefRoutes: Route[] = [
  bereaved,
  lifting('applications', 'lift', '有人去看过了，可以再主动发消息；写明做了什么。停掉的日历不会自己再开'),
  lifting('care-families', 'liftFamily', '去看过了，可以再主动给这一家发消息；写明做了什么'),
]
