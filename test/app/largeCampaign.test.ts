import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCampaignDesk } from '../../src/app/campaigns/campaignDesk.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { draftOf } from './campaignCounty.ts'
import { openInstance, type Instance } from './instance.ts'

/* A campaign of a county that the server has not counted yet, after others that it has. */

const HOUSEHOLDS = 12_000
const questionnaires = [{ kind: 'satisfaction' as const, flow: 'test-questionnaire', revision: 1 }]

let database: TestDatabase
let instance: Instance
let county: Officer

beforeAll(async () => {
  database = await testDatabase()
  const opened = openInstance(database, frozenWorld())
  instance = { ...opened, parts: { ...opened.parts, questionnaires } }
  county = await instance.appoint('large-county', 'county', '999901')
}, 60_000)
afterAll(() => database?.close())

/** All of whom were asked, and half answered. */
async function askedCampaign(): Promise<string> {
  const made = await makeCampaignDesk(instance.parts).create(county, draftOf(instance))
  if (!made.ok) throw new Error(made.refusal.code)
  const { id } = made.value.campaign
  await database.sql(
    `insert into campaign_household (campaign_id, household_id, village_code, weight, place, status, not_before, message_id)
      select $1, 'h-' || n, '9999011' || 10000 + n % 60, 1, n, 'asked', now(), $1 || n from generate_series(1, $2::int) n`,
    [id, HOUSEHOLDS],
  )
  await database.sql(
    `insert into survey_response (campaign_id, household_id, village_code, flow, revision, answers, status, way, started_at, updated_at)
      select campaign_id, household_id, village_code, 'x', 1, '', 'finished', 'link', now(), now() from campaign_household
      where campaign_id = $1 and place % 2 = 0`,
    [id],
  )
  return id
}

test('its figures stand within the limit of a statement', async () => {
  for (let before = 0; before < 2; before++) await askedCampaign()
  await database.sql('analyze')
  const id = await askedCampaign()
  const read = await instance.kept.store.transaction({ kind: 'system' }, async tx => ({
    fates: await tx.surveys.fates(id, county.regionCode),
    progress: await tx.campaigns.progress(id),
  }))
  expect(read.fates).toEqual({ finished: HOUSEHOLDS / 2, notOpened: HOUSEHOLDS / 2 })
  expect(read.progress).toMatchObject({ drawn: HOUSEHOLDS, asked: HOUSEHOLDS, answered: HOUSEHOLDS / 2 })
}, 60_000)
