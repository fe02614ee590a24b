import { messageRoles } from '../../app/messages/messageDesk.ts'
import { json, refused } from '../answer.ts'
import { noBody, noQuery } from '../decode.ts'
import { askable } from '../../domain/message/template.ts'
import { formsSchema, messagesJson, messagesSchema } from '../messageJson.ts'
import { officerRoute, residentRoute, type Route } from '../route.ts'

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

const forms = residentRoute({
  method: 'GET',
  path: '/api/message-forms',
  summary: '可以请群众订阅的消息模板：小程序订阅卡片的模板号，公众号订阅页的地址；同意与否以平台事件为准',
  body: noBody,
  query: noQuery,
  response: { description: '没有可订阅的就是空的', schema: formsSchema },
  handler: async ({ edge, caller }) => {
    const { card, page } = askable(edge.messages.templates)
    return json({ card: caller.channel === 'miniprogram' ? card : [], page })
  },
})

export const messageRoutes: Route[] = [ofHousehold, ofApplication, forms]
