import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeCampaignDesk, type CampaignDesk } from '../../src/app/campaigns/campaignDesk.ts'
import { makeCampaignWork, type CampaignWork } from '../../src/app/campaigns/campaignWork.ts'
import { muteHousehold, optIn, optOut } from '../../src/app/messages/mutes.ts'
import { stillWanted } from '../../src/app/messages/stillWanted.ts'
import type { OutboxMessage, SendOutcome } from '../../src/app/ports.ts'
import type { CampaignDraft } from '../../src/domain/campaign/campaignPlan.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import { outboxJob } from '../../src/jobs/outbox.ts'
import type { JobParts } from '../../src/jobs/parts.ts'
import { sweep } from '../../src/jobs/sweep.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { draftOf, settleHouseholds, speakerOf, villageCode } from './campaignCounty.ts'
import { openInstance, type Instance } from './instance.ts'

/* An invitation that nobody got: the household is called upon where the plan has the door as a way, once, or left in peace. */

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const HOUSE = 'h-0-0'
let database: TestDatabase
let world: ReturnType<typeof frozenWorld>
let here: Instance
let county: Officer
let desk: CampaignDesk
let work: CampaignWork
let platform: (message: OutboxMessage) => SendOutcome

beforeAll(async () => {
  database = await testDatabase()
  world = frozenWorld()
  const opened = openInstance(database, world)
  const questionnaires = [{ kind: 'satisfaction' as const, flow: 'test-questionnaire', revision: 1 }]
  // Small places, so that every household can be followed.
  const settings = { ...opened.parts.settings, smallestPopulation: 1 }
  here = { ...opened, parts: { ...opened.parts, questionnaires, settings } }
  county = await here.appoint('campaign-county', 'county', '999901')
  desk = makeCampaignDesk(here.parts)
  work = makeCampaignWork(here.parts)
}, 60_000)
afterAll(() => database?.close())

beforeEach(async () => {
  world.advance(400 * DAY_MS)
  await database.sql(`update campaign set status = 'finished'`)
  await database.sql(`update task set status = 'cancelled'`)
  for (const table of ['survey_response', 'campaign_household', 'message', 'outbox', 'mute', 'household_resident'])
    await database.sql(`delete from ${table}`)
  for (const table of ['complaint', 'care_family', 'message_opt_out', 'message_receipt'])
    await database.sql(`delete from ${table}`)
  await database.sql('delete from household')
  platform = ({ id }) => ({ status: 'sent', providerId: id })
})

interface Asked {
  campaignId: string
  residentId: string
}

/** A campaign that wrote to its one household; the message is on its way. */
async function invited(changed: Partial<CampaignDraft> = {}): Promise<Asked> {
  await settleHouseholds(database, { villages: 1, each: 1 })
  const residentId = await speakerOf(here, HOUSE)
  const created = await desk.create(county, draftOf(here, changed))
  if (!created.ok) throw new Error(created.refusal.code)
  const campaignId = created.value.campaign.id
  await desk.preview(county, campaignId)
  await desk.move(county, campaignId, { type: 'started' })
  await goesOn()
  expect(await standOf(campaignId)).toBe('asked')
  return { campaignId, residentId }
}

async function goesOn(): Promise<void> {
  world.advance(2 * MINUTE_MS)
  while (await work.round());
}

async function standOf(campaignId: string): Promise<string> {
  const [row] = await database.sql(
    'select status, reason, task_id from campaign_household where campaign_id = $1 and household_id = $2',
    [campaignId, HOUSE],
  )
  return [row?.['status'], row?.['reason']].filter(Boolean).join(' ')
}

/** Visits that wait, and households that are called upon under them. */
async function calls(): Promise<[visits: number, households: number]> {
  const visits = await database.sql(`select id from task where source = 'surveyVisit' and status = 'open'`)
  const households = await database.sql(
    `select household_id from campaign_household where status = 'officer' and task_id = any($1) and household_id = $2`,
    [visits.map(({ id }) => id), HOUSE],
  )
  return [visits.length, households.length]
}

const messages = async () => (await database.sql(`select id from outbox where dedupe_key like '%:${HOUSE}%'`)).length

const by = { kind: 'system' as const }
const choice = (residentId: string) => ({ residentId, purposes: ['survey' as const], by })
const refuses = (residentId: string) =>
  here.kept.store.transaction(by, tx => optOut(here.parts, tx, choice(residentId)))
const mutes = () =>
  here.kept.store.transaction(by, tx =>
    muteHousehold(here.parts, tx, { to: { householdId: HOUSE }, reason: 'bereavement', by }),
  )

const failing = (more: { mayHaveArrived?: boolean } = {}): SendOutcome => ({
  status: 'failed',
  failure: { name: 'refused', retry: 'no', alert: false, tell: '对方没有关注', mayHaveArrived: false, ...more },
  detail: '43004',
})

function jobs(app: JobParts['app'] = here.app): JobParts {
  return {
    ...{ outbox: here.kept.outbox, timers: here.kept.timers, app, wake: here.parts.wake, world },
    stillWanted: message => stillWanted(here.parts, message),
    senders: { web: { channel: 'web', send: async message => platform(message) } },
    ...{ crash: () => undefined, log: () => undefined, text: key => here.parts.text('zh-CN', key) },
  }
}

const leaves = () => outboxJob.run(jobs(), {})

describe('an invitation dropped by 退订', () => {
  test('becomes a call at the door, once', async () => {
    const { campaignId, residentId } = await invited()
    await refuses(residentId)
    await refuses(residentId)
    await goesOn()
    expect(await standOf(campaignId)).toBe('officer')
    expect(await calls()).toEqual([1, 1])
    await leaves()
    await goesOn()
    expect([await calls(), await messages()]).toEqual([[1, 1], 1])
  })

  test('goes to the other who speaks for the household and has refused nothing', async () => {
    const { campaignId, residentId } = await invited()
    const other = await speakerOf(here, HOUSE)
    const [row] = await database.sql(`select resident_id from outbox where dedupe_key like '%:${HOUSE}'`)
    expect(row).toEqual({ resident_id: residentId })
    await refuses(residentId)
    await goesOn()
    expect(await standOf(campaignId)).toBe('asked')
    const waiting = await database.sql(`select resident_id from outbox where status = 'created' and purpose = 'survey'`)
    expect(waiting).toEqual([{ resident_id: other }])
  })

  test('comes again to who takes his word back before anybody called', async () => {
    const { campaignId, residentId } = await invited()
    await refuses(residentId)
    await here.kept.store.transaction(by, tx => optIn(here.parts, tx, choice(residentId)))
    await goesOn()
    expect(await standOf(campaignId)).toBe('asked')
    expect([await calls(), await messages()]).toEqual([[0, 0], 2])
  })

  test('after it was sent, opened or answered leads to no call', async () => {
    const { campaignId, residentId } = await invited()
    await leaves()
    await refuses(residentId)
    await goesOn()
    expect(await standOf(campaignId)).toBe('asked')
    await database.sql(`update outbox set status = 'created' where purpose = 'survey'`)
    await database.sql('update campaign_household set opened_at = now() where household_id = $1', [HOUSE])
    await database.sql('delete from message_opt_out')
    await refuses(residentId)
    await goesOn()
    expect(await standOf(campaignId)).toBe('asked')
  })

  test('of a survey by message alone ends there', async () => {
    const { filter } = draftOf(here)
    const { campaignId, residentId } = await invited({ filter: { ...filter, way: 'chat' } })
    await refuses(residentId)
    await goesOn()
    expect([await standOf(campaignId), await calls()]).toEqual(['asked', [0, 0]])
  })

  test('of a survey that was stopped, or is over, leads to no call', async () => {
    const { campaignId, residentId } = await invited()
    world.advance(20 * DAY_MS)
    await refuses(residentId)
    await goesOn()
    expect([await standOf(campaignId), await calls()]).toEqual(['asked', [0, 0]])
  })
})

describe('who is left in peace', () => {
  test.each([
    ['mourns', 'leftAlone', () => mutes()],
    [
      'is looked after',
      'leftAlone',
      () =>
        database.sql(
          `insert into care_family (id, region_code, household_id, status, has_doctor, has_card)
            values ('care-1', $1, $2, 'active', false, false)`,
          [villageCode(0), HOUSE],
        ),
    ],
    [
      'complains',
      'openComplaint',
      (residentId: string) =>
        database.sql(
          `insert into complaint (id, number, region_code, resident_id, hidden_from, place_code, topic, serious, office,
              received_at, content, status, due, lapsed)
            values ('c-1', 'TS-1', '999901', $1, '{}', $2, 'slow', false, 'none', now(), '', 'assigned', '2099-01-01', false)`,
          [residentId, villageCode(0)],
        ),
    ],
  ])('because he %s is not called upon either', async (_, reason, happens) => {
    const { campaignId, residentId } = await invited()
    await refuses(residentId)
    await happens(residentId)
    await goesOn()
    expect(await standOf(campaignId)).toBe(`excluded ${reason}`)
  })

  test('by a mute while the message waits gets neither message nor call', async () => {
    const { campaignId } = await invited()
    await mutes()
    await leaves()
    await goesOn()
    expect(await standOf(campaignId)).toBe('asked')
    expect((await calls())[1]).toBe(0)
  })
})

describe('an invitation that no platform takes', () => {
  test('becomes a call at the door, once, and no message is tried again', async () => {
    const { campaignId } = await invited()
    platform = () => failing()
    await leaves()
    await goesOn()
    expect([await standOf(campaignId), await calls(), await messages()]).toEqual(['officer', [1, 1], 1])
    world.advance(MINUTE_MS)
    await sweep(jobs())
    await goesOn()
    expect([await calls(), await messages()]).toEqual([[1, 1], 1])
  })

  test('is not called after where it may have arrived', async () => {
    const { campaignId } = await invited()
    platform = () => failing({ mayHaveArrived: true })
    await leaves()
    await goesOn()
    expect(await standOf(campaignId)).toBe('asked')
  })

  test('of which the platform said so later becomes a call as well', async () => {
    const { campaignId } = await invited()
    await leaves()
    await database.sql(
      `insert into message_receipt (channel, provider_id, result, at)
        select channel, provider_id, 'refused', now() from outbox where purpose = 'survey'`,
    )
    await sweep(jobs())
    await goesOn()
    expect(await standOf(campaignId)).toBe('officer')
  })

  test('is told by the sweeper where a worker was killed before it could', async () => {
    const { campaignId } = await invited()
    platform = () => failing()
    const dead = () => Promise.reject(new Error('killed'))
    await outboxJob.run(jobs({ ...here.app, outbox: { sent: dead, undeliverable: dead } }), {})
    await goesOn()
    expect(await standOf(campaignId)).toBe('asked')
    world.advance(MINUTE_MS)
    await sweep(jobs())
    await goesOn()
    expect([await standOf(campaignId), await calls()]).toEqual(['officer', [1, 1]])
    expect(await database.sql(`select id from outbox where purpose = 'survey' and told_at is null`)).toEqual([])
  })

  test('is no call of a household that was muted meanwhile', async () => {
    const { campaignId } = await invited()
    platform = () => failing()
    await leaves()
    await mutes()
    await goesOn()
    expect(await standOf(campaignId)).toBe('excluded leftAlone')
  })
})
