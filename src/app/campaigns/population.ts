import type { Campaign, CampaignFilter, ExclusionReason, PopulationCount } from '../../domain/campaign/campaign.ts'
import type { Stratum } from '../../domain/campaign/sample.ts'
import type { Instant } from '../../domain/world.ts'
import type { Tx } from '../ports.ts'
import type { Scan, VillageCount } from './campaignPort.ts'

/**
 * Villages counted in one statement: some thousand households, whose links are then looked up one by one. Of twenty villages the
 * server read all links of the county instead, each time: 186 of 310 ms among 200,000. Two take a tenth of the households in less
 * than a tenth of the time, at any size of the county.
 */
const VILLAGES_AT_ONCE = 2
const DAY_MS = 86_400_000

/** How households are looked at for a campaign at this moment. */
export function scanOf(campaignId: string | null, filter: CampaignFilter, at: Instant): Scan {
  return { campaignId, filter, askedSince: filter.coolDownDays === 0 ? null : at - filter.coolDownDays * DAY_MS }
}

/** Whom a filter finds, and in which villages those are who may be asked. Needs the eyes of the service. */
export interface Population {
  count: PopulationCount
  /** As they were counted, village by village. */
  rows: VillageCount[]
  /** In order of code; none without a household that may be asked. */
  strata: Stratum[]
}

export async function populationOf(
  tx: Tx,
  { regionCode }: Pick<Campaign, 'regionCode'>,
  scan: Scan,
): Promise<Population> {
  const rows: VillageCount[] = []
  for (const villages of chunks(await villagesIn(tx, regionCode, scan.filter), VILLAGES_AT_ONCE)) {
    rows.push(...(await tx.campaigns.count(scan, villages)))
  }
  return { count: countOf(rows), rows, strata: strataOf(rows) }
}

/** Villages of the places of a filter, each once, in order. */
async function villagesIn(tx: Tx, regionCode: string, { places }: CampaignFilter): Promise<string[]> {
  const villages = new Set<string>()
  for (const place of places.length === 0 ? [regionCode] : places) {
    for (const code of await tx.campaigns.villagesOf(place)) villages.add(code)
  }
  return [...villages].toSorted()
}

function countOf(rows: VillageCount[]): PopulationCount {
  const excluded: Partial<Record<ExclusionReason, number>> = {}
  for (const { reason, households } of rows)
    if (reason !== null) excluded[reason] = (excluded[reason] ?? 0) + households
  const found = rows.reduce((sum, { households }) => sum + households, 0)
  const eligible = rows.reduce((sum, { reason, households }) => sum + (reason === null ? households : 0), 0)
  return { found, eligible, excluded }
}

function strataOf(rows: VillageCount[]): Stratum[] {
  return rows
    .filter(({ reason }) => reason === null)
    .map(({ villageCode, households }) => ({ villageCode, eligible: households }))
    .toSorted((a, b) => (a.villageCode < b.villageCode ? -1 : 1))
}

function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size))
}
