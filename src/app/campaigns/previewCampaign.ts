import type { Campaign } from '../../domain/campaign/campaign.ts'
import type { CampaignState } from '../../domain/campaign/campaignState.ts'
import type { Officer } from '../../domain/officer.ts'
import { officerActor } from '../../domain/taskState.ts'
import { sendMessage } from '../messages/sendMessage.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { surveyToken } from '../surveys/surveyLink.ts'
import { advanceCampaign } from './advanceCampaign.ts'
import { invitationTo } from './askBatch.ts'

export interface CampaignPreview {
  /** What a household reads. */
  text: string
  /** Opens the questionnaire; the answers of this link count nowhere. */
  url: string
  /** Whether it went to the officer's own chat as well. */
  sent: boolean
}

/** Shows an officer what a household will get, and lets him walk through it. The campaign was read under lock. Ends with the eyes of the service. */
export async function previewCampaign(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { campaign, state }: { campaign: Campaign; state: CampaignState },
): Promise<CampaignPreview> {
  const at = parts.world.now()
  // No household, so no list and no figure knows it.
  const householdId = `test:${officer.id}`
  const token = surveyToken(tx, { campaignId: campaign.id, householdId })
  const { key, values, url = '' } = invitationTo(campaign.id, state, { householdId, token })
  await tx.as({ kind: 'system' })
  const test = { householdId, placeCode: campaign.regionCode, tokenHash: parts.hashToken(token), at }
  await tx.campaigns.putTest(campaign.id, test)
  const [residentId] = await tx.officers.residentsOf(officer.id)
  const sent =
    residentId !== undefined &&
    // Asked for by whoever gets it: nothing holds it back.
    (
      await sendMessage(parts, tx, {
        ...{ to: { residentId }, purpose: 'answer', key, values, url },
        dedupeKey: `${campaign.id}:${parts.world.newId()}`,
      })
    ).kind === 'queued'
  const event = { type: 'previewed' as const, way: sent ? ('chat' as const) : ('page' as const) }
  await advanceCampaign(tx, campaign, { actor: officerActor(officer), event, at })
  return { text: parts.text('zh-CN', key, values), url, sent }
}
