import { surveyToken } from '../../src/app/surveys/surveyLink.ts'
import type { Asked, SurveyKind } from '../../src/domain/survey/kinds.ts'
import type { TestDatabase } from '../store/database.ts'
import type { Instance } from './instance.ts'

const DAY_MS = 86_400_000

export interface OpenCampaign {
  id: string
  regionCode: string
  kind?: SurveyKind
  households: {
    id: string
    village: string
    status?: 'asked' | 'officer' | 'waiting' | 'excluded' | 'test'
    weight?: number
  }[]
  createdBy: string
  /** Days from now. */
  closesIn?: number
}

/** A campaign that has asked these households, as `jobs/campaigns` leaves it. */
export async function openCampaign(database: TestDatabase, instance: Instance, campaign: OpenCampaign): Promise<void> {
  const { id, regionCode, kind = 'satisfaction', households, createdBy, closesIn = 14 } = campaign
  const now = instance.parts.world.now()
  const flow = `survey-${kind}`
  const revision = instance.parts.questionnaires.find(one => one.flow === flow)?.revision ?? 1
  await database.sql(
    `insert into campaign (id, region_code, kind, flow, revision, title, filter, sample, status, opens_at, closes_at,
        drawn_at, next_batch_at, created_by, created_at)
      values ($1, $2, $3, $4, $8, '年度问卷', '{}', '{}', 'running', $5, $6, $5, $5, $7, $5)`,
    [id, regionCode, kind, flow, at(now - DAY_MS), at(now + closesIn * DAY_MS), createdBy, revision],
  )
  for (const [place, { id: household, village, status = 'asked', weight = 1 }] of households.entries()) {
    await database.sql(
      `insert into campaign_household (campaign_id, household_id, village_code, weight, place, status, not_before, asked_at,
          token_hash)
        values ($1, $2, $3, $4, $5, $6, $7, $7, $8)`,
      [
        id,
        household,
        village,
        weight,
        place,
        status,
        at(now),
        await hashOf(instance, { campaignId: id, householdId: household }),
      ],
    )
  }
}

const at = (moment: number) => new Date(moment).toISOString()

/** The token that the household's message carries. */
export function tokenOf(instance: Instance, asked: Asked): Promise<string> {
  return instance.kept.store.transaction({ kind: 'system' }, async tx => surveyToken(tx, asked))
}

async function hashOf(instance: Instance, asked: Asked): Promise<Uint8Array> {
  return Buffer.from(instance.parts.hashToken(await tokenOf(instance, asked)))
}
