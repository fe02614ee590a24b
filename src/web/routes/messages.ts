import { messageRoles } from '../../app/messages/messageDesk.ts'
import { json, refused } from '../answer.ts'
import { noBody, noQuery } from '../decode.ts'
import { messagesJson, messagesSchema } from '../messageJson.ts'
import { officerRoute, type Route } from '../route.ts'

const ofHousehold = officerRoute(messageRoles, {
  method: 'GET',
  path: '/api/households/:id/messages',
  summary: '本辖区一户的主动消息：发了没有、为什么没发、到了没有；不含消息内容',
  body: noBody,
  query: noQuery,
  response: { description: '最近的消息，新的在前', schema: messagesSchema },
  handler: async ({ edge, caller, incoming }) => {
    const lines = await edge.messages.ofHousehold(caller.officer, incoming.params['id'] ?? '')
    return lines.ok ? json(messagesJson(lines.value)) : refused(lines.refusal)
  },
})

const ofApplication = officerRoute(messageRoles, {
  method: 'GET',
  path: '/api/applications/:id/messages',
  summary: '办件群众的主动消息：发了没有、为什么没发、到了没有；不含消息内容',
  body: noBody,
  query: noQuery,
  response: { description: '最近的消息，新的在前', schema: messagesSchema },
  handler: async ({ edge, caller, incoming }) => {
    const lines = await edge.messages.ofApplication(caller.officer, incoming.params['id'] ?? '')
    return lines.ok ? json(messagesJson(lines.value)) : refused(lines.refusal)
  },
})

export const messageRoutes: Route[] = [ofHousehold, ofApplication]
