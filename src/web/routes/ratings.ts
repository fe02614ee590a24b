import { z } from 'zod'
import type { BadRatingView } from '../../app/ratings/ratingDesk.ts'
import type { RatingOfMine } from '../../app/ratings/ratingPort.ts'
import type { BadRatingEvent } from '../../domain/ratings/badRating.ts'
import { shanghaiTime } from '../../domain/world.ts'
import { json, noContent, problem, refused, type Answer } from '../answer.ts'
import { jsonBody, noBody, noQuery, queryOf, zLimit, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { networkOf } from '../incoming.ts'
import { badRatingsSchema, myRatingsSchema, publicRatingsSchema } from '../ratingSchemas.ts'
import { caseRoles, officerRoute, openRoute, type Route } from '../route.ts'

const PAGE = 50
/** Numbers of a year change little within an hour. */
const CACHE = 'public, max-age=3600'

const published = openRoute({
  method: 'GET',
  path: '/api/public/ratings',
  summary: '好差评公开数：一年内评价数、差评数、已整改数，全县和各乡镇；少于五个的不显示（null）',
  body: noBody,
  query: queryOf(z.strictObject({ county: z.string().regex(/^\d{6}$/) })),
  response: { description: '全县在前，其后各乡镇', schema: publicRatingsSchema },
  handler: async ({ edge, incoming, query }) => {
    if (!edge.limits('publicRatings', networkOf(incoming.ip), edge.world.now())) return problem('tooManyRequests')
    return json({ items: await edge.ratings.publicCounts(query.county) }, { 'cache-control': CACHE })
  },
})

const list = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/bad-ratings',
  summary: '差评：联系、整改、回访到哪一步；appealed=1 只看等县级决定的申诉。办过这件事的人看不到',
  body: noBody,
  query: queryOf(z.strictObject({ appealed: z.literal('1').optional(), limit: zLimit })),
  response: { description: '差评，新的在前', schema: badRatingsSchema },
  handler: async ({ edge, caller, query: { appealed, limit } }) => {
    const filter = { appealed: appealed === '1', limit: limit ?? PAGE }
    return json({ items: (await edge.ratings.list(caller.officer, filter)).map(view => viewJson(view, edge)) })
  },
})

const mine = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/bad-ratings/mine',
  summary: '自己收到的差评：只有月份、等级、选的原因和进度，没有办件、原话和人',
  body: noBody,
  query: noQuery,
  response: { description: '自己的差评', schema: myRatingsSchema },
  handler: async ({ edge, caller }) => json({ items: (await edge.ratings.mine(caller.officer)).map(mineJson) }),
})

/** Fields are named one by one: nothing that leads to a person leaves by accident. */
function mineJson({ id, month, level, reasons, status, appeal: known, appealBy, mayAppeal, said }: RatingOfMine) {
  return { id, month, level, reasons, status, appeal: known, appealBy, mayAppeal, said }
}

const appeal = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/bad-ratings/:id/appeal',
  summary: '申诉：被评价的人说明理由，一件一次，由县级决定',
  body: jsonBody(z.strictObject({ reason: zText(500, 2) })),
  query: noQuery,
  response: { description: '已收到' },
  handler: async ({ edge, caller, incoming, body }) =>
    done(await edge.ratings.appeal(caller.officer, incoming.params['id'] ?? '', body.reason)),
})

const verdict = officerRoute(['county'], {
  method: 'POST',
  path: '/api/bad-ratings/:id/verdict',
  summary: '决定申诉：不予采信（setAside，不再计入）或维持，都要写明理由',
  body: jsonBody(z.strictObject({ setAside: z.boolean(), reason: zText(500, 2) })),
  query: noQuery,
  response: { description: '已决定' },
  handler: async ({ edge, caller, incoming, body }) =>
    done(await edge.ratings.decide(caller.officer, incoming.params['id'] ?? '', body)),
})

const done = (outcome: Awaited<ReturnType<Edge['ratings']['appeal']>>): Answer =>
  outcome.ok ? noContent() : refused(outcome.refusal)

function viewJson({ rating, state, next, taskId, mayDecide }: BadRatingView, { regions }: Edge) {
  const { id, applicationId, placeCode, level, at, actions } = rating
  const { status, contactDue, repairDue, provisional, appeal: asked } = state
  return {
    ...{ id, applicationId, level, status, contactDue, repairDue, next, taskId, mayDecide },
    place: { code: placeCode, name: regions.name(placeCode) ?? placeCode },
    at: shanghaiTime(at),
    dueProvisional: provisional,
    appeal: asked && { reason: asked.reason, decided: asked.decided },
    log: actions.map(action => ({
      at: shanghaiTime(action.at),
      type: action.event.type,
      words: wordsOf(action.event),
    })),
  }
}

function wordsOf(event: BadRatingEvent): string | null {
  if ('words' in event) return event.words
  return 'reason' in event ? event.reason : null
}

export const ratingRoutes: Route[] = [published, mine, list, appeal, verdict]
