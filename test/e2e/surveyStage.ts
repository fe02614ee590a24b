import { createHash } from 'node:crypto'
import pg from 'pg'
import { surveyToken } from '../../src/app/surveys/surveyLink.ts'
import type { SurveyKind } from '../../src/domain/survey/kinds.ts'
import { readConfig } from '../../src/runtime/config.ts'
import { eventLog, openLog } from '../../src/runtime/log.ts'
import { openDatabase, type Database } from '../../src/runtime/openDatabase.ts'
import { realWorld } from '../../src/runtime/realWorld.ts'

const DAY_MS = 86_400_000
/** Of the questionnaires in `flows/`. */
const REVISIONS: Record<SurveyKind, number> = { satisfaction: 2, knowledge: 1, needs: 1 }

export interface StagedHousehold {
  id: string
  village: string
  status: 'asked' | 'officer'
  /** Token of a guest who speaks for it. */
  guest?: string
}

export interface StagedCampaign {
  id: string
  kind: SurveyKind
  title: string
  /** Days from now; a campaign that is over has ended before it. */
  opened: number
  status: 'running' | 'finished'
  households: StagedHousehold[]
}

const hash = (token: string) => createHash('sha256').update(token).digest()

/**
 * Campaigns that have asked their households, as the worker leaves them, written into the data of a service that does not run.
 * Answers the token of each household's link.
 */
export async function stageCampaigns(
  dataDir: string,
  campaigns: readonly StagedCampaign[],
): Promise<Map<string, string>> {
  const log = openLog('silent')
  const world = realWorld()
  const database = await openDatabase(readConfig({ DATA_DIR: dataDir }), world, { log, events: eventLog(log, world) })
  const owner = new pg.Client(database.connection)
  try {
    await owner.connect()
    await owner.query(
      `select set_config('search_path', 'nuanxin, public', false), set_config('app.system', 'on', false)`,
    )
    const tokens = new Map<string, string>()
    for (const campaign of campaigns) await stage({ database, owner, tokens, now: world.now() }, campaign)
    return tokens
  } finally {
    await owner.end()
    await database.close()
  }
}

interface Staging {
  database: Database
  owner: pg.Client
  tokens: Map<string, string>
  now: number
}

async function stage({ database, owner, tokens, now }: Staging, campaign: StagedCampaign): Promise<void> {
  const { id, kind, title, opened, status, households } = campaign
  const opens = new Date(now + opened * DAY_MS).toISOString()
  const closes = new Date(now + (opened + 14) * DAY_MS).toISOString()
  await owner.query(
    `insert into campaign (id, region_code, kind, flow, revision, title, filter, sample, status, opens_at, closes_at, drawn_at,
        next_batch_at, created_by, created_at)
      select $1, '420702', $2, $3, $8, $4, '{}', '{}', $5, $6, $7, $6, $7, id, $6 from officer where username = 'county'`,
    [id, kind, `survey-${kind}`, title, status, opens, closes, REVISIONS[kind]],
  )
  for (const [place, household] of households.entries()) {
    const asked = { campaignId: id, householdId: household.id }
    const token = await database.kept.store.transaction({ kind: 'system' }, async tx => surveyToken(tx, asked))
    tokens.set(household.id, token)
    await owner.query(
      `insert into household (id, region_code, members, content, digest, imported_at) values ($1, $2, 3, $3, '', now())
        on conflict do nothing`,
      [
        household.id,
        household.village,
        database.cipher.seal(
          'household|content',
          household.id,
          JSON.stringify({ number: `H-${place}`, headName: '柯小满' }),
        ),
      ],
    )
    await owner.query(
      `insert into campaign_household (campaign_id, household_id, village_code, weight, place, status, not_before, asked_at,
          token_hash)
        values ($1, $2, $3, 4, $4, $5, $6, $6, $7)`,
      [id, household.id, household.village, place, household.status, opens, hash(token)],
    )
    if (household.guest === undefined) continue
    const speaker = await database.kept.auth.residentSession(hash(household.guest), now)
    if (!speaker) throw new Error('the guest is not known')
    await database.kept.store.transaction({ kind: 'system' }, tx =>
      tx.messages.link({
        householdId: household.id,
        residentId: speaker.residentId,
        proof: 'officer',
        by: 'service',
        at: now,
      }),
    )
  }
}
