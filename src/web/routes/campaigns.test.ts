import { afterEach, beforeEach, expect, test } from 'vitest'
import { campaignPageSchema, campaignSchema, populationSchema, previewSchema } from '../campaignSchemas.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
let headers: Record<string, string>
beforeEach(async () => {
  web = await openTestWeb()
  headers = await web.officer('county')
})
afterEach(() => web.close())

const ADDRESS = '/api/campaigns'
const draft = {
  ...{ kind: 'satisfaction', flow: 'survey-satisfaction', title: '年度满意度调查' },
  filter: { places: ['420702104'], membersFrom: null, membersTo: null, way: 'any', coolDownDays: 90 },
  sample: { method: 'stratified', size: 400, allocation: 'proportional', leastPerVillage: 5 },
  ...{ opensAt: '2026-11-24T09:00:00+08:00', closesAt: '2026-12-08T20:00:00+08:00' },
  ...{ pacePerMinute: 300, doorstepsPerVillage: 10 },
}

test('a list, one, and what its seed is', async () => {
  const page = await (await web.call(ADDRESS, { headers })).json()
  expect(campaignPageSchema.parse(page).items[0]).toMatchObject({ title: '年度满意度调查', status: 'draft' })
  const shown = campaignSchema.parse(await (await web.call(`${ADDRESS}/campaign-1`, { headers })).json())
  expect(shown.sample.seed).toBe(7)
  expect((await web.call(`${ADDRESS}/campaign-2`, { headers })).status).toBe(404)
})

test('a village officer decides about no campaign', async () => {
  const village = await web.officer('village')
  expect((await web.call(ADDRESS, { headers: village })).status).toBe(403)
  expect((await web.post(ADDRESS, draft, village)).status).toBe(403)
})

test('times of a draft are moments, whatever their zone', async () => {
  const response = await web.post(ADDRESS, { ...draft, opensAt: '2026-11-24T01:00:00Z' }, headers)
  campaignSchema.parse(await response.json())
  expect(web.app.asked.at(-1)).toEqual([
    'createCampaign',
    { ...draft, opensAt: Date.parse(draft.opensAt), closesAt: Date.parse(draft.closesAt) },
  ])
})

test.each([
  {},
  { ...draft, title: '' },
  { ...draft, seed: 7 },
  { ...draft, pacePerMinute: 0 },
  { ...draft, opensAt: '明天' },
])('%j is no campaign', async body => {
  expect((await web.post(ADDRESS, body, headers)).status).toBe(400)
})

test('households are counted beside when and how fast they are asked', async () => {
  const { filter, sample, opensAt, closesAt, pacePerMinute } = draft
  const whom = { filter, sample }
  await web.post(`${ADDRESS}/count`, { ...whom, manner: { opensAt, closesAt, pacePerMinute } }, headers)
  const manner = { opensAt: Date.parse(opensAt), closesAt: Date.parse(closesAt), pacePerMinute }
  expect(web.app.asked.at(-1)).toEqual(['countHouseholds', { ...whom, manner }])
  const tooFast = { ...whom, manner: { opensAt, closesAt, pacePerMinute: 0 } }
  expect((await web.post(`${ADDRESS}/count`, tooFast, headers)).status).toBe(400)
})

test('households are counted, and the invitation is shown', async () => {
  const { filter, sample } = draft
  const counted = await (await web.post(`${ADDRESS}/count`, { filter, sample }, headers)).json()
  expect(populationSchema.parse(counted)).toMatchObject({ found: 60, sample: 20 })
  const shown = await (await web.post(`${ADDRESS}/campaign-1/preview`, {}, headers)).json()
  expect(previewSchema.parse(shown).text).toContain('看法')
})

test('a pause and a stop need a reason', async () => {
  for (const step of ['pause', 'stop']) {
    expect((await web.post(`${ADDRESS}/campaign-1/${step}`, {}, headers)).status).toBe(400)
    expect((await web.post(`${ADDRESS}/campaign-1/${step}`, { reason: '题目有误' }, headers)).status).toBe(200)
  }
  expect(web.app.asked.at(-1)).toEqual(['moveCampaign', 'campaign-1', { type: 'stopped', reason: '题目有误' }])
  expect((await web.post(`${ADDRESS}/campaign-1/start`, {}, headers)).status).toBe(200)
  expect((await web.post(`${ADDRESS}/campaign-1/resume`, {}, headers)).status).toBe(200)
})
