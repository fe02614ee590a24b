import type { Actor } from '../../domain/application.ts'
import type { Campaign, CampaignAction, CampaignEvent } from '../../domain/campaign/campaign.ts'
import { applyCampaign, foldCampaign, type CampaignState } from '../../domain/campaign/campaignState.ts'
import type { Instant } from '../../domain/world.ts'
import type { Tx } from '../ports.ts'

/** A campaign with its state after all its actions. */
export interface Advanced {
  campaign: Campaign
  state: CampaignState
}

/**
 * Appends an event with its audit entry. The campaign was read under lock and the event may happen to it.
 * @throws {Conflict} when somebody else was faster.
 */
export async function advanceCampaign(
  tx: Tx,
  campaign: Campaign,
  { actor, event, at }: { actor: Actor; event: CampaignEvent; at: Instant },
): Promise<Advanced> {
  const before = foldCampaign(campaign.actions)
  const action: CampaignAction = { campaignId: campaign.id, seq: before.nextSeq, at, actor, event }
  const state = applyCampaign(before, action)
  await tx.campaigns.append(campaign, action, state)
  await noteCampaign(tx, campaign, { actor, type: event.type, at })
  return { campaign: { ...campaign, actions: [...campaign.actions, action] }, state }
}

/** The line in the audit trail. */
export function noteCampaign(
  tx: Tx,
  { id, regionCode }: Pick<Campaign, 'id' | 'regionCode'>,
  { actor, type, at }: { actor: Actor; type: CampaignEvent['type']; at: Instant },
): Promise<void> {
  return tx.audit.add({
    actor,
    action: `campaign.${type}`,
    objectKind: 'campaign',
    objectId: id,
    regionCode,
    detail: {},
    at,
  })
}
