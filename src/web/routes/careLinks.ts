import { z } from 'zod'
import { careNeeds } from '../../domain/care/careFamily.ts'
import { json, problem, type Answer } from '../answer.ts'
import { careCardPage, careErrandPage } from '../carePages.ts'
import { clockSchema } from '../careSchemas.ts'
import { noBody, noQuery } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { networkOf, type Incoming } from '../incoming.ts'
import { openRoute, type Route } from '../route.ts'

const cardSchema = z.strictObject({
  number: z.string(),
  valid: z.boolean(),
  surname: z.string(),
  hospital: z.string(),
  desk: z.string(),
  officePhone: z.string().nullable(),
  region: z.string().nullable(),
})

const card = openRoute({
  method: 'GET',
  path: '/care-card/:code',
  summary: '医院窗口核对就医绿色通道卡：网页，或 Accept: application/json。只写姓和卡是否有效；每看一次都记下',
  body: noBody,
  query: noQuery,
  response: { description: '最少信息', schema: cardSchema },
  handler: async ({ edge, incoming }) => {
    if (!(await edge.doors('careCard', networkOf(incoming.ip), edge.world.now())))
      return page(edge, incoming, 'tooManyRequests')
    const found = await edge.care.lookAtCard(incoming.params['code'] ?? '')
    if (!found) return page(edge, incoming, 'notFound')
    const { regionCode, ...shown } = found
    const known = { ...shown, region: edge.regions.name(regionCode.slice(0, 9)) }
    return wantsJson(incoming) ? json(known) : html(careCardPage(known, wordsFor(edge, incoming)))
  },
})

const errand = openRoute({
  method: 'GET',
  path: '/care-errand/:code',
  summary: '帮忙的人看约好的事：帮什么、几点、在哪里见，别的都不写；每看一次都记下',
  body: noBody,
  query: noQuery,
  response: {
    description: '约好的事',
    schema: z.strictObject({
      need: z.enum(careNeeds),
      on: z.iso.date(),
      time: clockSchema,
      place: z.string(),
      surname: z.string(),
      contact: z.strictObject({ name: z.string(), phone: z.string().nullable() }).nullable(),
      ended: z.boolean(),
    }),
  },
  handler: async ({ edge, incoming }) => {
    if (!(await edge.doors('careErrand', networkOf(incoming.ip), edge.world.now())))
      return page(edge, incoming, 'tooManyRequests')
    const found = await edge.care.lookAtErrand(incoming.params['code'] ?? '')
    if (!found) return page(edge, incoming, 'notFound')
    return wantsJson(incoming) ? json(found) : html(careErrandPage(found, wordsFor(edge, incoming)))
  },
})

const wantsJson = ({ header }: Incoming) => /\bapplication\/json\b/.test(header('accept'))

const wordsFor = (edge: Edge, { language }: Incoming) => ({
  language,
  words: (key: string, values: Record<string, string | boolean> = {}) =>
    edge.text(language, `care.page.${key}`, values),
})

function page(edge: Edge, incoming: Incoming, wrong: 'notFound' | 'tooManyRequests'): Answer {
  const refusal = problem(wrong)
  if (wantsJson(incoming)) return refusal
  const parts = wordsFor(edge, incoming)
  return html(careCardPage(wrong, parts), refusal.status)
}

function html(body: string, status = 200): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', vary: 'accept, accept-language' }, body }
}

export const careLinkRoutes: Route[] = [card, errand]
