import type { Campaign } from '../../domain/campaign/campaign.ts'
import type { CampaignState } from '../../domain/campaign/campaignState.ts'
import { quietHouseholds, reachable, takesParts } from '../../domain/campaign/shownPopulation.ts'
import {
  allocate,
  inWholeUnits,
  placeInOrder,
  sampleSize,
  selector,
  type Share,
  type Stratum,
} from '../../domain/campaign/sample.ts'
import { seededChance, shuffled, type Chance } from '../../domain/campaign/seededChance.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { advanceCampaign, type Advanced } from './advanceCampaign.ts'
import type { Chosen, Scan } from './campaignPort.ts'
import { earlierSpread, type EarlierSpread } from './earlierSpread.ts'
import { populationOf, scanOf } from './population.ts'

/**
 * Draws the sample of a campaign, all of it or nothing: counts the villages, shares the sample out, walks once through the
 * households in order of village and id, a page at a time. With the same lists and the same seed the same sample and order.
 * The transaction sees the database as of one moment, so the walk meets as many households as were counted.
 */
export async function drawSample(parts: AppParts, tx: Tx, { campaign, state }: Advanced): Promise<Advanced> {
  const at = parts.world.now()
  const scan = scanOf(campaign.id, state.plan.filter, at)
  const { count: population, rows, strata } = await populationOf(tx, campaign, scan)
  const { allocation, method } = state.plan.sample
  const isBySpread = method === 'stratified' && allocation === 'spread'
  const earlier = isBySpread
    ? await earlierSpread(tx, { kind: state.plan.kind, regionCode: campaign.regionCode })
    : null
  const drawing = drawingOf(state, strata, earlier)
  const quiet = quietHouseholds(scan.filter, rows, parts.settings.smallestPopulation)
  let drawn = 0
  for (const share of drawing.shares) drawn += await drawVillage(tx, campaign, scan, { ...drawing, share })
  const event = { type: 'drawn' as const, population, quiet, drawn, villages: reachable(rows).size }
  return advanceCampaign(tx, campaign, { actor: { kind: 'system' }, event, at })
}

interface Drawing {
  /** Villages of which somebody may be asked, in order of code. */
  shares: Share[]
  /** Turn of each village in a round. */
  turns: Map<string, number>
  /** Households for each that is drawn, in this village. */
  weightOf(share: Share): number
  /** Whether the next household of this village is in the sample. */
  chooser(share: Share): () => boolean
}

function drawingOf({ plan }: CampaignState, strata: Stratum[], earlier: EarlierSpread | null): Drawing {
  const sample = takesParts(plan.filter) ? inWholeUnits(strata, plan.sample) : plan.sample
  const chance = seededChance(sample.seed)
  const turns = new Map(shuffled(strata, chance).map(({ villageCode }, turn) => [villageCode, turn]))
  if (sample.method === 'stratified') {
    const chooser = ({ eligible, drawn }: Share) => selector(eligible, drawn, chance)
    const shares = allocate(strata, sample, earlier?.spreadOf)
    return { shares, turns, chooser, weightOf: ({ eligible, drawn }) => eligible / drawn }
  }
  const all = strata.reduce((sum, { eligible }) => sum + eligible, 0)
  const size = sampleSize(strata, sample)
  const shares = strata.map(stratum => ({ ...stratum, drawn: stratum.eligible }))
  return { shares, turns, weightOf: () => all / size, chooser: wholeChooser(all, size, chance) }
}

/** One walk through all villages. */
function wholeChooser(all: number, size: number, chance: Chance): () => () => boolean {
  if (size === all) return () => () => true
  const choose = selector(all, size, chance)
  return () => choose
}

async function drawVillage(
  tx: Tx,
  { id }: Campaign,
  scan: Scan,
  { share, turns, weightOf, chooser }: Drawing & { share: Share },
): Promise<number> {
  const { villageCode } = share
  const choose = chooser(share)
  const turn = turns.get(villageCode) ?? 0
  let drawn = 0
  if (share.drawn === 0) return drawn
  for (let after: string | null = ''; after !== null;) {
    const page = await tx.campaigns.page(scan, villageCode, after)
    const chosen: Chosen[] = []
    for (const household of page) {
      if (household.reason !== null || !choose()) continue
      const place = placeInOrder(drawn++, turn)
      chosen.push({ householdId: household.id, villageCode, weight: weightOf(share), place })
    }
    if (chosen.length > 0) await tx.campaigns.choose(id, chosen)
    after = page.at(-1)?.id ?? null
  }
  return drawn
}
