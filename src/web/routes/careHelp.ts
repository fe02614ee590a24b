import { z } from 'zod'
import { careNeeds, helperKinds } from '../../domain/care/careFamily.ts'
import { file, json, problem, refused, type Answer } from '../answer.ts'
import type { CardPrint } from '../../app/care/careDesk.ts'
import { renderCareCard } from '../careCardPdf.ts'
import { clockSchema } from '../careSchemas.ts'
import { emptyBody, jsonBody, noBody, noQuery, zKey, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { officerRoute, residentRoute, type Route } from '../route.ts'
import { answerDone, careRoles, doneDoc, familyId } from './careFamilies.ts'

const addHelper = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/care-families/:id/helpers',
  summary: '多对一：添一位社工、志愿者、医生、协会的人',
  body: jsonBody(z.strictObject({ kind: z.enum(helperKinds), name: zText(40, 1), phone: zText(20, 3).nullable() })),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming, body }) =>
    answerDone(await edge.care.addHelper(caller.officer, familyId(incoming), body)),
})

const endHelper = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/care-families/:id/helpers/end',
  summary: '这位不再来了；约好的事一起取消',
  body: jsonBody(z.strictObject({ helper: zKey })),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming, body: { helper } }) =>
    answerDone(await edge.care.endHelper(caller.officer, familyId(incoming), helper)),
})

const setErrand = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/care-families/:id/errands',
  summary: '请帮忙的人某天某时来一趟；link 发给他，只写帮什么、几点、在哪里见',
  body: jsonBody(
    z.strictObject({
      helper: zKey,
      need: z.enum(careNeeds),
      on: z.iso.date(),
      time: clockSchema,
      place: zText(60, 2),
    }),
  ),
  query: noQuery,
  response: { description: '给帮忙的人的链接', schema: z.strictObject({ link: z.string() }) },
  handler: async ({ edge, caller, incoming, body: { helper, ...errand } }) => {
    const set = await edge.care.setErrand(caller.officer, familyId(incoming), { helperId: helper, ...errand })
    return set.ok ? json({ link: `${edge.config.publicUrl}/care-errand/${set.value.code}` }) : refused(set.refusal)
  },
})

const endErrand = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/care-families/:id/errands/end',
  summary: '约好的事办了，或取消',
  body: jsonBody(z.strictObject({ errand: zKey, how: z.enum(['done', 'cancelled']) })),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming, body: { errand, how } }) =>
    answerDone(await edge.care.endErrand(caller.officer, familyId(incoming), errand, how)),
})

const issueCard = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/care-families/:id/card',
  summary: '发就医绿色通道卡（先写协议医院）',
  body: emptyBody,
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming }) =>
    answerDone(await edge.care.issueCard(caller.officer, familyId(incoming))),
})

const endCard = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/care-families/:id/card/end',
  summary: '卡丢了：作废，再发一张新的',
  body: emptyBody,
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming }) =>
    answerDone(await edge.care.endCard(caller.officer, familyId(incoming))),
})

const cardPdf = officerRoute(careRoles, {
  method: 'GET',
  path: '/api/care-families/:id/card.pdf',
  summary: '就医绿色通道卡（PDF），打印给本人；每次打印都记入审计',
  body: noBody,
  query: noQuery,
  response: { description: '就医绿色通道卡', mediaType: 'application/pdf' },
  handler: async ({ edge, caller, incoming }) => {
    const card = await edge.care.card(caller.officer, familyId(incoming))
    return card.ok ? printed(edge, card.value) : refused(card.refusal)
  },
})

const ownCard = residentRoute({
  method: 'GET',
  path: '/api/care/card.pdf',
  summary: '本人的就医绿色通道卡（PDF）',
  body: noBody,
  query: noQuery,
  response: { description: '就医绿色通道卡', mediaType: 'application/pdf' },
  handler: async ({ edge, caller }) => {
    if (!edge.limits('certificate', caller.residentId, edge.world.now())) return problem('tooManyRequests')
    const card = await edge.care.resident.card(caller.residentId)
    return card ? printed(edge, card) : problem('notFound')
  },
})

async function printed(edge: Edge, card: CardPrint): Promise<Answer> {
  const body = await renderCareCard(card, {
    ...{ fonts: edge.fonts, text: edge.text },
    verifyUrl: `${edge.config.publicUrl}/care-card/${card.code}`,
  })
  return file(body, {
    name: `${edge.text('zh-CN', 'care.card.title')}-${card.number}.pdf`,
    mediaType: 'application/pdf',
  })
}

export const careHelpRoutes: Route[] = [
  ...[addHelper, endHelper, setErrand, endErrand],
  ...[issueCard, endCard, cardPdf, ownCard],
]
