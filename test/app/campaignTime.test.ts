import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeCampaignDesk, type CampaignDesk } from '../../src/app/campaigns/campaignDesk.ts'
import { makeCampaignWork } from '../../src/app/campaigns/campaignWork.ts'
import type { Outcome } from '../../src/app/app.ts'
import type { CampaignDraft } from '../../src/domain/campaign/campaignPlan.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { draftOf, settleHouseholds } from './campaignCounty.ts'
import { openInstance, type Instance } from './instance.ts'

/* Campaigns whose time does not suffice: what is told before, meanwhile and in the end. Nobody can be written to. */

const DAY_MS = 86_400_000
const questionnaires = [{ kind: 'satisfaction' as const, flow: 'test-questionnaire', revision: 1 }]

let database: TestDatabase
let world: ReturnType<typeof frozenWorld>
let instance: Instance
let county: Officer
let desk: CampaignDesk

beforeAll(async () => {
  database = await testDatabase()
  world = frozenWorld()
  const opened = openInstance(database, world)
  instance = { ...opened, parts: { ...opened.parts, questionnaires } }
  county = await instance.appoint('time-county', 'county', '999901')
  desk = makeCampaignDesk(instance.parts)
}, 60_000)
afterAll(() => database?.close())

beforeEach(async () => {
  world.advance(400 * DAY_MS)
  await database.sql('delete from campaign_household')
  await database.sql('delete from household')
  await settleHouseholds(database, { villages: 1, each: 30 })
})

const valueOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.refusal.code + String(outcome.refusal.fields))
  return outcome.value
}

async function started(changed: Partial<CampaignDraft>): Promise<string> {
  const { campaign } = valueOf(await desk.create(county, draftOf(instance, { ...changed, doorstepsPerVillage: 100 })))
  valueOf(await desk.preview(county, campaign.id))
  valueOf(await desk.move(county, campaign.id, { type: 'started' }))
  return campaign.id
}

async function workOn(): Promise<void> {
  const work = makeCampaignWork(instance.parts)
  while (await work.round());
}

test('the count tells how many have their turn in time, and so does the campaign while it runs', async () => {
  const draft = draftOf(instance)
  expect(valueOf(await desk.count(county, draft)).inTime).toBeNull()
  // One at a time, and three in four minutes: a minute of rest after each, and two seconds until it is looked at again.
  const manner = { opensAt: draft.opensAt, closesAt: draft.opensAt + 4 * 60_000, pacePerMinute: 1 }
  expect(valueOf(await desk.count(county, { ...draft, manner }))).toMatchObject({ sample: 30, inTime: 3 })
  const id = await started(manner)
  await workOn()
  const left = async () => valueOf(await desk.one(county, id)).progress
  expect(await left()).toMatchObject({ waiting: 29, inTime: 3 })
  world.advance(3 * 60_000)
  expect(await left()).toMatchObject({ waiting: 29, inTime: 0 })
  world.advance(60_000)
  await workOn()
  expect(await left()).toMatchObject({ waiting: 0, inTime: null })
})

test.each(['closes', 'stops'])(
  'whose turn did not come before it %s was not sent to, and waits for nothing',
  async end => {
    const id = await started({ pacePerMinute: 60 })
    await workOn()
    const report = async () => valueOf(await desk.one(county, id)).progress
    expect(await report()).toMatchObject({ drawn: 30, waiting: 20, officer: 10, excluded: [] })
    const funnel = async () =>
      instance.kept.store.transaction({ kind: 'system' }, tx => tx.surveys.fates(id, county.regionCode))
    expect(await funnel()).toEqual({ notCalledOn: 10, waiting: 20 })
    if (end === 'stops') valueOf(await desk.move(county, id, { type: 'stopped', reason: '题目有误' }))
    else world.advance(14 * DAY_MS)
    await workOn()
    const excluded = [{ reason: 'notSent', households: 20 }]
    expect(await report()).toMatchObject({ drawn: 30, waiting: 0, officer: 10, excluded })
    expect(await funnel()).toEqual({ notCalledOn: 10, notSent: 20 })
  },
)
