import { z } from 'zod'
import { json, noContent, refused } from '../answer.ts'
import { jsonBody, noQuery, zText, zVillage } from '../decode.ts'
import { caseRoles, officerRoute, type Route } from '../route.ts'
import { careRoles } from './careFamilies.ts'

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

const told = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/bereavements',
  summary: '听说哪家有人走了，没有办件也可以：停掉这一户的一切主动消息，并请镇上上门',
  body: jsonBody(
    z.strictObject({
      ...{ region: zVillage, name: zText(40, 1), phone: zText(20, 3).nullable() },
      lost: z.enum(['child', 'person']),
    }),
  ),
  query: noQuery,
  response: {
    description: '已请镇上上门；quiet：名单里有这个电话的户，消息已停',
    schema: z.strictObject({ quiet: z.boolean() }),
  },
  handler: async ({ edge, caller, body: { region, ...loss } }) => {
    const done = await edge.grief.told(caller.officer, { regionCode: region, ...loss })
    return done.ok ? json({ quiet: done.value.quiet }) : refused(done.refusal)
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
  told,
  lifting('applications', 'lift', '有人去看过了，可以再主动发消息；写明做了什么。停掉的日历不会自己再开'),
  lifting('care-families', 'liftFamily', '去看过了，可以再主动给这一家发消息；写明做了什么'),
]
