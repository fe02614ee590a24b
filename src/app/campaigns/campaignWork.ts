import { mayHappen, foldCampaign } from '../../domain/campaign/campaignState.ts'
import { batchOf, restAfter } from '../../domain/campaign/pace.ts'
import { endOfQuiet } from '../../domain/message/decideMessage.ts'
import { messageRulesAt } from '../messages/rulesHere.ts'
import type { AppParts } from '../parts.ts'
import { Conflict, type Tx } from '../ports.ts'
import { advanceCampaign, type Advanced } from './advanceCampaign.ts'
import { askBatch } from './askBatch.ts'
import type { DueCampaign } from './campaignPort.ts'
import { endAnsweredVisits, endVisits } from './doorsteps.ts'
import { drawSample } from './drawSample.ts'

/** Campaigns that are worked on in turn. */
const AT_ONCE = 20
/** After a fault of ours in one campaign the others go on, and this one is tried again. */
const AFTER_FAULT_MS = 10 * 60_000
/** With nobody left who may be asked now: put-off households are looked for this often. */
const IDLE_MS = 60_000

/** What the service does of itself in campaigns. */
export interface CampaignWork {
  /**
   * One step in each campaign in which something is due: draws the sample, asks the next batch, or ends it. Each step is a
   * transaction of its own under the lock of the campaign; a campaign that another worker has is left to it. Killed at any
   * point, the next round does what is left. Answers whether there may be more to do at once.
   */
  round(): Promise<boolean>
}

export function makeCampaignWork(parts: AppParts): CampaignWork {
  return {
    round: async () => {
      const at = parts.world.now()
      const due = await parts.store.transaction({ kind: 'system' }, tx => tx.campaigns.due(at, AT_ONCE))
      let more = false
      for (const one of due) more = (await stepIn(parts, one)) || more
      return more
    },
  }
}

async function stepIn(parts: AppParts, due: DueCampaign): Promise<boolean> {
  try {
    const more = await parts.store.transaction({ kind: 'system' }, tx => step(parts, tx, due))
    parts.crash('campaign.committed')
    return more
  } catch (error) {
    // An officer acted on it meanwhile, or another worker drew the sample.
    if (error instanceof Conflict) return true
    parts.report(error, 'work on a campaign')
    const again = parts.world.now() + AFTER_FAULT_MS
    await parts.store.transaction({ kind: 'system' }, tx => tx.campaigns.rest(due.id, again))
    return false
  }
}

async function step(parts: AppParts, tx: Tx, { id, isDrawn }: DueCampaign): Promise<boolean> {
  // A sample is counted and then walked through. A batch must see what others wrote until it holds its households.
  if (!isDrawn) await tx.campaigns.oneMoment()
  await tx.campaigns.planAnew()
  const campaign = await tx.campaigns.lockFree(id)
  if (!campaign) return false
  const state = foldCampaign(campaign.actions)
  const done = await doStep(parts, tx, { campaign, state }, isDrawn)
  parts.crash('campaign.rows')
  return done
}

async function doStep(parts: AppParts, tx: Tx, advanced: Advanced, isDrawn: boolean): Promise<boolean> {
  const { campaign, state } = advanced
  const at = parts.world.now()
  if (state.plan.closesAt <= at) return finish(parts, tx, advanced)
  if (state.status !== 'running' || state.plan.opensAt > at) return false
  if (isDrawn !== (state.drawn !== null)) return true
  if (!isDrawn) {
    await drawSample(parts, tx, advanced)
    return true
  }
  const quiet = endOfQuiet(messageRulesAt(parts, campaign.regionCode).quietHours, at)
  if (quiet > at) {
    await tx.campaigns.rest(campaign.id, quiet)
    return false
  }
  const asked = await askBatch(parts, tx, advanced, batchOf(state.plan))
  if (asked === 0) await endAnsweredVisits(parts, tx, campaign.id)
  const until = at + (asked === 0 ? IDLE_MS : restAfter(state.plan, asked))
  await tx.campaigns.rest(campaign.id, until)
  return asked > 0 && until <= at
}

async function finish(parts: AppParts, tx: Tx, { campaign, state }: Advanced): Promise<boolean> {
  if (!mayHappen(state, 'finished')) return false
  const event = { type: 'finished' as const }
  await advanceCampaign(tx, campaign, { actor: { kind: 'system' }, event, at: parts.world.now() })
  await endVisits(parts, tx, campaign.id)
  return false
}
