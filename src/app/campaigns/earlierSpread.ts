import type { CampaignKind } from '../../domain/campaign/campaign.ts'
import { villageSpreads } from '../../domain/campaign/spread.ts'
import { hiddenInCampaign } from '../../domain/survey/hiding.ts'
import type { VillageTally } from '../../domain/survey/surveyReport.ts'
import { MAIN } from '../../domain/survey/tally.ts'
import type { Tx } from '../ports.ts'

/** How much villages differed when they were last asked the same. */
export interface EarlierSpread {
  /** Of the campaign that says so. */
  title: string
  spreadOf(villageCode: string): number
}

/** Ended campaigns that are looked through for one with enough answers. */
const MOST_LOOKED_AT = 5

/**
 * The spread by the newest ended campaign of this kind in or around the place that had a village with enough answers. Villages that
 * no figure shows are taken as the whole. Null: none is known, as of needs, which have no figure. Needs the eyes of the service.
 */
export async function earlierSpread(
  tx: Tx,
  { kind, regionCode }: { kind: CampaignKind; regionCode: string },
): Promise<EarlierSpread | null> {
  const campaigns = await tx.surveys.campaigns({ kind, regionCode, limit: MOST_LOOKED_AT })
  for (const campaign of campaigns.filter(({ status }) => status === 'finished' || status === 'stopped')) {
    const villages = judged(await tx.surveys.counts(campaign.id))
    const cells = villages.map(({ villageCode: code, answers, hits }) => ({ code, answers, hits }))
    const hidden = hiddenInCampaign(campaign.regionCode, cells)
    const spreadOf = villageSpreads(villages.filter(({ villageCode }) => !hidden.has(villageCode)))
    if (spreadOf) return { title: campaign.title, spreadOf }
  }
  return null
}

function judged(counts: readonly VillageTally[]) {
  const codes = new Set(counts.map(({ villageCode }) => villageCode))
  return [...codes].map(villageCode => {
    const of = (option: string) =>
      counts
        .filter(one => one.villageCode === villageCode && one.question === MAIN && one.option === option)
        .reduce((sum, { n }) => sum + n, 0)
    const hits = of('hit')
    return { villageCode, answers: hits + of('miss'), hits }
  })
}
