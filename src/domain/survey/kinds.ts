import { campaignKinds, type CampaignKind } from '../campaign/campaign.ts'

/** What a questionnaire asks about is what its campaign does. */
export const surveyKinds = campaignKinds
export type SurveyKind = CampaignKind

/** How an answer came: in the chat, by the signed link, or asked by an officer at the door. */
export const surveyWays = ['chat', 'link', 'officer'] as const
export type SurveyWay = (typeof surveyWays)[number]

/** Whose answer it is: one household in one campaign. */
export interface Asked {
  campaignId: string
  householdId: string
}
