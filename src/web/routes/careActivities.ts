import { z } from 'zod'
import { MOST_PEOPLE } from '../../domain/care/careActivity.ts'
import { json, problem } from '../answer.ts'
import { activityJson, ownActivityJson } from '../careJson.ts'
import { activitySchema, ownActivitySchema } from '../careSchemas.ts'
import { emptyBody, jsonBody, noBody, noQuery, zKey, zPlace, zText } from '../decode.ts'
import { officerRoute, residentRoute, type Route } from '../route.ts'
import { answerDone, careRoles, doneDoc, doneSchema, familyId } from './careFamilies.ts'

const people = z.int().min(0).max(MOST_PEOPLE)

const list = officerRoute(careRoles, {
  method: 'GET',
  path: '/api/care-activities',
  summary: '暖心家园的活动，从今天起；谁来只写看得到的几家，其余只计人数',
  body: noBody,
  query: noQuery,
  response: { description: '活动', schema: z.strictObject({ items: z.array(activitySchema) }) },
  handler: async ({ edge, caller }) =>
    json({ items: (await edge.care.activities.list(caller.officer)).map(activityJson) }),
})

const open = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/care-activities',
  summary: '办一次活动：哪里、几点、最多几人',
  body: jsonBody(
    z.strictObject({
      region: zPlace,
      title: zText(40, 2),
      place: zText(60, 2),
      startsAt: z.iso.datetime({ offset: true }),
      capacity: z.int().min(1).max(500),
      note: zText(200).nullable(),
    }),
  ),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, body: { region, startsAt, ...asked } }) =>
    answerDone(
      await edge.care.activities.open(caller.officer, {
        ...{ regionCode: region, startsAt: Date.parse(startsAt) },
        ...asked,
      }),
    ),
})

const cancel = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/care-activities/:id/cancel',
  summary: '活动取消；报了名又用手机的会收到消息',
  body: emptyBody,
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming }) =>
    answerDone(await edge.care.activities.cancel(caller.officer, familyId(incoming))),
})

const signUp = officerRoute(careRoles, {
  method: 'POST',
  path: '/api/care-activities/:id/signups',
  summary: '替一家报名，people 为 0 是不来了',
  body: jsonBody(z.strictObject({ family: zKey, people })),
  query: noQuery,
  response: doneDoc,
  handler: async ({ edge, caller, incoming, body: { family, people: coming } }) =>
    answerDone(
      await edge.care.activities.signUp(caller.officer, {
        ...{ familyId: family, activityId: familyId(incoming), people: coming },
      }),
    ),
})

const own = residentRoute({
  method: 'GET',
  path: '/api/care/activities',
  summary: '本人可以参加的活动；不写还有谁来',
  body: noBody,
  query: noQuery,
  response: { description: '活动', schema: z.strictObject({ items: z.array(ownActivitySchema) }) },
  handler: async ({ edge, caller }) =>
    json({ items: (await edge.care.resident.activities(caller.residentId)).map(ownActivityJson) }),
})

const signUpSelf = residentRoute({
  method: 'POST',
  path: '/api/care/activities/:id/signup',
  summary: '自己报名，people 为 0 是不来了',
  body: jsonBody(z.strictObject({ people })),
  query: noQuery,
  response: { description: '记下了', schema: doneSchema },
  handler: async ({ edge, caller, incoming, body: { people: coming } }) => {
    const id = familyId(incoming)
    const answer = await edge.care.resident.signUp(caller.residentId, { activityId: id, people: coming })
    if (answer === 'ok') return json({ id })
    return answer === 'notThere' ? problem('notFound') : problem('notAllowed', { allowed: [answer] })
  },
})

export const careActivityRoutes: Route[] = [list, open, cancel, signUp, own, signUpSelf]
