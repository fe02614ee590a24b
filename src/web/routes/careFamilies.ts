import { z } from 'zod'
import type { Outcome } from '../../app/app.ts'
import { careEndings, careMoods, careNeeds, careOccasions, visitWays } from '../../domain/care/careFamily.ts'
import { json, refused, type Answer } from '../answer.ts'
import { careBriefJson, careFamilyJson, coverageJson } from '../careJson.ts'
import {
  careFamilySchema,
  carePageSchema,
  contactChoiceSchema,
  coverageSchema,
  doctorSchema,
  hospitalSchema,
  personSchema,
  postSchema,
  yearlyDaySchema,
} from '../careSchemas.ts'
import { jsonBody, noBody, noQuery, queryOf, zKey, zLimit, zText, zVillage } from '../decode.ts'
import { officerRoute, type Route } from '../route.ts'

/** 特殊家庭 are seen by their two contacts and the town. The county has the coverage alone. */
export const careRoles = ['village', 'town'] as const
const PAGE = 50

/** What a write answers: the id of what was written. */
export const doneSchema = z.strictObject({ id: z.string() })
export const doneDoc = { description: '写下了', schema: doneSchema }

export function answerDone(outcome: Outcome<{ id: string }>): Answer {
  return outcome.ok ? json({ id: outcome.value.id }) : refused(outcome.refusal)
}

export const familyId = (incoming: { params: Record<string, string> }) => incoming.params['id'] ?? ''

const people = {
  people: z.array(personSchema).min(1).max(4),
  phone: zText(20, 3).nullable(),
  address: zText(120, 2).nullable(),
  consentWay: z.enum(['chat', 'paper', 'spoken']),
}

const list = officerRoute(careRoles, {
  method: 'GET',
  path: '/api/care-families',
  summary: '特殊家庭：只有两位联系人和镇上看得到；ended=1 看已经结束的。每看一次都记入审计',
  body: noBody,
  query: queryOf(z.strictObject({ ended: z.literal('1').optional(), cursor: zKey.optional(), limit: zLimit })),
  response: { description: '一页，只写姓', schema: carePageSchema },
  handler: async ({ edge, caller, query: { ended, cursor, limit } }) => {
    const filter = { ended: ended === '1', limit: limit ?? PAGE, ...(cursor === undefined ? {} : { cursor }) }
    const { items, next } = await edge.care.list(caller.officer, filter)
    return json({ items: items.map(careBriefJson), next })
  },
})

const coverage = officerRoute(['town', 'county'], {
  method: 'GET',
  path: '/api/care-coverage',
  summary: '双岗联系人、家庭医生签约、就医绿色通道三个全覆盖：镇看村，县看镇；县里看不到户数少于5的镇',
  body: noBody,
  query: noQuery,
  response: { description: '各地的户数和已经落实的户数', schema: coverageSchema },
  handler: async ({ edge, caller }) => json(coverageJson(await edge.care.coverage(caller.officer), edge)),
})

const one = officerRoute(careRoles, {
  method: 'GET',
  path: '/api/care-families/:id',
  summary: '一户的情况、走访和接下来的安排；每次查看都记入审计',
  body: noBody,
  query: noQuery,
  response: { description: '一户', schema: careFamilySchema },
  handler: async ({ edge, caller, incoming }) => {
    const found = await edge.care.one(caller.officer, familyId(incoming))
    return found.ok ? json(careFamilyJson(found.value, caller.officer)) : refused(found.refusal)
  },
})

const ofTask = officerRoute(careRoles, {
  method: 'GET',
  path: '/api/care-tasks/:id',
  summary: '一件任务说的是哪一户；看不到这户的，没有',
  body: noBody,
  query: noQuery,
  response: { description: '这一户的编号', schema: doneSchema },
  handler: async ({ edge, caller, incoming }) => answerDone(await edge.care.ofTask(caller.officer, familyId(incoming))),
})

const register = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/care-families',
  summary: '登记一户（本人同意之后）；登记的人就是第一位联系人',
  body: jsonBody(z.strictObject({ region: zVillage, ...people })),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, body: { region, ...asked } }) =>
    answerDone(await edge.care.register(caller.officer, { regionCode: region, ...asked })),
})

const setPeople = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/care-families/:id/people',
  summary: '还没登记的：本人同意了，登记；已登记的：改人、电话、住址',
  body: jsonBody(z.strictObject(people)),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming, body }) =>
    answerDone(await edge.care.setPeople(caller.officer, familyId(incoming), body)),
})

const contactsFor = officerRoute(['town'], {
  method: 'GET',
  path: '/api/care-families/:id/contacts',
  summary: '可以选谁做联系人：镇上的和村里的',
  body: noBody,
  query: noQuery,
  response: { description: '两个岗位的人选', schema: contactChoiceSchema },
  handler: async ({ edge, caller, incoming }) => {
    const found = await edge.care.contactsFor(caller.officer, familyId(incoming))
    return found.ok ? json(found.value) : refused(found.refusal)
  },
})

const setContact = officerRoute(['town'], {
  method: 'POST',
  path: '/api/care-families/:id/contacts',
  summary: '定联系人，一次一位；新的联系人会按姓名介绍给这家人，并有一次上门的任务',
  body: jsonBody(z.strictObject({ post: postSchema, officer: zKey })),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming, body: { post, officer } }) =>
    answerDone(await edge.care.setContact(caller.officer, familyId(incoming), { post, officerId: officer })),
})

const setDuties = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/care-families/:id/duties',
  summary: '写家庭医生、协议医院、记着的日子；没写的不变，null 是没有了',
  body: jsonBody(
    z.strictObject({
      doctor: doctorSchema.nullable().exactOptional(),
      hospital: hospitalSchema.nullable().exactOptional(),
      dates: z.array(yearlyDaySchema).max(6).exactOptional(),
    }),
  ),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming, body }) =>
    answerDone(await edge.care.setDuties(caller.officer, familyId(incoming), body)),
})

const visit = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/care-families/:id/visits',
  summary: '写一次走访；task 是它办结的任务，没有任务的写 null；下次答应的事会成为一件任务',
  body: jsonBody(
    z.strictObject({
      task: zKey.nullable(),
      on: z.iso.date(),
      way: z.enum(visitWays),
      mood: z.enum(careMoods),
      words: zText(500, 5),
      needs: z.array(z.enum(careNeeds)).max(careNeeds.length),
      promise: z.strictObject({ words: zText(200, 2), by: z.iso.date() }).nullable(),
    }),
  ),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming, body: { task, ...written } }) =>
    answerDone(await edge.care.writeVisit(caller.officer, familyId(incoming), { taskId: task, ...written })),
})

const keepPromise = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/care-families/:id/promises',
  summary: '答应的事办了：哪次走访答应的，怎么办的',
  body: jsonBody(z.strictObject({ visit: zKey, words: zText(300, 2) })),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming, body: { visit: visitId, words } }) =>
    answerDone(await edge.care.keepPromise(caller.officer, familyId(incoming), { visitId, words })),
})

const occurred = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/care-families/:id/occasions',
  summary: '家里有人生病、出事：马上有一次上门的任务；有人走了（lost）的，主动消息一起停掉',
  body: jsonBody(
    z.strictObject({ occasion: z.enum(careOccasions), lost: z.enum(['child', 'person']).exactOptional() }),
  ),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming, body: { occasion, lost } }) =>
    answerDone(await edge.care.occurred(caller.officer, familyId(incoming), occasion, lost)),
})

const end = officerRoute(['town'], {
  method: 'POST',
  path: '/api/care-families/:id/end',
  summary: '结束：本人不要了、搬走了；任务、绿色通道卡和约好的帮忙一起结束',
  body: jsonBody(z.strictObject({ why: z.enum(careEndings) })),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming, body: { why } }) =>
    answerDone(await edge.care.end(caller.officer, familyId(incoming), why)),
})

export const careFamilyRoutes: Route[] = [
  ...[list, coverage, one, ofTask, register, setPeople, contactsFor, setContact],
  ...[setDuties, visit, keepPromise, occurred, end],
]
