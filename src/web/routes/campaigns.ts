import { z } from 'zod'
import type { CampaignMove, CampaignReport, CampaignView } from '../../app/campaigns/campaignDesk.ts'
import type { Outcome } from '../../app/app.ts'
import type { CampaignAction } from '../../domain/campaign/campaign.ts'
import { shownPopulation } from '../../domain/campaign/shownPopulation.ts'
import { shanghaiTime } from '../../domain/world.ts'
import { json, refused, type Answer } from '../answer.ts'
import {
  campaignBody,
  campaignPageSchema,
  campaignSchema,
  populationBody,
  populationSchema,
  previewSchema,
  questionnairesSchema,
} from '../campaignSchemas.ts'
import { emptyBody, jsonBody, noBody, noQuery, queryOf, zKey, zLimit, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { officerRoute, type Route } from '../route.ts'

const PAGE = 20
/** Villages carry out; what is asked of whom is decided above them. */
const supervisors = ['town', 'county'] as const

const list = officerRoute(supervisors, {
  method: 'GET',
  path: '/api/campaigns',
  summary: '本地及以下的问卷投放，新的在前',
  body: noBody,
  query: queryOf(z.strictObject({ cursor: zKey.optional(), limit: zLimit })),
  response: { description: '一页投放', schema: campaignPageSchema },
  handler: async ({ edge, caller, query: { cursor, limit } }) => {
    const filter = { limit: limit ?? PAGE, ...(cursor === undefined ? {} : { cursor }) }
    const page = await edge.campaigns.list(caller.officer, filter)
    return json({ items: page.items.map(view => briefJson(edge, view)), next: page.next })
  },
})

const questionnaires = officerRoute(supervisors, {
  method: 'GET',
  path: '/api/questionnaires',
  summary: '可以投放的问卷',
  body: noBody,
  query: noQuery,
  response: { description: '问卷和当前版本', schema: questionnairesSchema },
  handler: ({ edge }) => json({ items: edge.campaigns.questionnaires }),
})

const count = officerRoute(supervisors, {
  method: 'POST',
  path: '/api/campaigns/count',
  summary: '按条件会问到多少户，不问的各因为什么；不写入任何东西',
  body: jsonBody(populationBody),
  query: noQuery,
  response: { description: '户数', schema: populationSchema },
  handler: async ({ edge, caller, body }) => {
    const { manner, ...whom } = body
    const plan = manner ? { ...whom, manner: { ...manner, ...momentsOf(manner) } } : whom
    const counted = await edge.campaigns.count(caller.officer, plan)
    return counted.ok ? json(counted.value) : refused(counted.refusal)
  },
})

const create = officerRoute(supervisors, {
  method: 'POST',
  path: '/api/campaigns',
  summary: '新建投放（草稿）',
  body: jsonBody(campaignBody),
  query: noQuery,
  response: { description: '投放', schema: campaignSchema },
  handler: async ({ edge, caller, body }) => answer(edge, await edge.campaigns.create(caller.officer, draftOf(body))),
})

const one = officerRoute(supervisors, {
  method: 'GET',
  path: '/api/campaigns/:id',
  summary: '一次投放：方案、样本、进度和经过',
  body: noBody,
  query: noQuery,
  response: { description: '投放', schema: campaignSchema },
  handler: async ({ edge, caller, incoming }) => answer(edge, await edge.campaigns.one(caller.officer, idOf(incoming))),
})

const change = officerRoute(supervisors, {
  method: 'POST',
  path: '/api/campaigns/:id/change',
  summary: '改草稿；改过要重新预览才能开始',
  body: jsonBody(campaignBody),
  query: noQuery,
  response: { description: '投放', schema: campaignSchema },
  handler: async ({ edge, caller, incoming, body }) =>
    answer(edge, await edge.campaigns.change(caller.officer, idOf(incoming), draftOf(body))),
})

const preview = officerRoute(supervisors, {
  method: 'POST',
  path: '/api/campaigns/:id/preview',
  summary: '预览：看群众收到的话，自己走一遍问卷（不计入）；绑定了聊天的，也发到自己的聊天里',
  body: emptyBody,
  query: noQuery,
  response: { description: '群众收到的话和链接', schema: previewSchema },
  handler: async ({ edge, caller, incoming }) => {
    const shown = await edge.campaigns.preview(caller.officer, idOf(incoming))
    return shown.ok ? json(shown.value) : refused(shown.refusal)
  },
})

const start = officerRoute(supervisors, {
  method: 'POST',
  path: '/api/campaigns/:id/start',
  summary: '开始：抽样，到了开放时间逐批邀请',
  body: emptyBody,
  query: noQuery,
  response: { description: '投放', schema: campaignSchema },
  handler: async ({ edge, caller, incoming }) => {
    return answer(edge, await edge.campaigns.move(caller.officer, idOf(incoming), { type: 'started' }))
  },
})

const resume = officerRoute(supervisors, {
  method: 'POST',
  path: '/api/campaigns/:id/resume',
  summary: '接着投放',
  body: emptyBody,
  query: noQuery,
  response: { description: '投放', schema: campaignSchema },
  handler: async ({ edge, caller, incoming }) => {
    return answer(edge, await edge.campaigns.move(caller.officer, idOf(incoming), { type: 'resumed' }))
  },
})

/** What needs a reason. */
const holding = (path: 'pause' | 'stop', type: Extract<CampaignMove, { reason: string }>['type'], summary: string) =>
  officerRoute(supervisors, {
    method: 'POST',
    path: `/api/campaigns/:id/${path}`,
    summary,
    body: jsonBody(z.strictObject({ reason: zText(200, 2) })),
    query: noQuery,
    response: { description: '投放', schema: campaignSchema },
    handler: async ({ edge, caller, incoming, body: { reason } }) =>
      answer(edge, await edge.campaigns.move(caller.officer, idOf(incoming), { type, reason })),
  })

const idOf = (incoming: { params: Record<string, string> }): string => incoming.params['id'] ?? ''

function draftOf(body: z.infer<typeof campaignBody>) {
  return { ...body, ...momentsOf(body) }
}

function momentsOf({ opensAt, closesAt }: { opensAt: string; closesAt: string }) {
  return { opensAt: Date.parse(opensAt), closesAt: Date.parse(closesAt) }
}

function briefJson({ regions }: Edge, { campaign: { id, regionCode }, state, allowed }: CampaignView) {
  const { kind, title, opensAt, closesAt } = state.plan
  return {
    ...{ id, kind, title, place: regions.name(regionCode) ?? regionCode, region: regionCode, status: state.status },
    ...{ opensAt: shanghaiTime(opensAt), closesAt: shanghaiTime(closesAt) },
    ...{ households: state.drawn?.households ?? null, allowedActions: allowed },
  }
}

function answer(edge: Edge, shown: Outcome<CampaignView | CampaignReport>): Answer {
  if (!shown.ok) return refused(shown.refusal)
  const { campaign, state } = shown.value
  const { flow, revision, filter, sample, pacePerMinute, doorstepsPerVillage } = state.plan
  return json({
    ...briefJson(edge, shown.value),
    ...{ flow, revision, filter, sample, pacePerMinute, doorstepsPerVillage, previewed: state.previewed },
    population: state.drawn && populationJson(state.drawn),
    progress: 'progress' in shown.value ? shown.value.progress : null,
    log: campaign.actions.map(logLine),
  })
}

function populationJson({ population, quiet, villages }: NonNullable<CampaignView['state']['drawn']>) {
  return { ...shownPopulation(population, quiet), villages }
}

function logLine({ at, actor, event }: CampaignAction) {
  const by = actor.kind === 'officer' ? actor.role : 'system'
  return { at: shanghaiTime(at), type: event.type, by, reason: 'reason' in event ? event.reason : null }
}

export const campaignRoutes: Route[] = [
  ...[list, questionnaires, count, create, one, change, preview, start],
  holding('pause', 'paused', '暂停：还没邀请的先不邀请；已进入发送的照常送达'),
  resume,
  holding('stop', 'stopped', '停止：不再邀请，还没送出的撤回；已经开始填的填到截止'),
]
