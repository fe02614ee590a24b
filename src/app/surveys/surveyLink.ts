import type { Asked } from '../../domain/survey/kinds.ts'
import type { Tx } from '../ports.ts'

/**
 * What opens a household's questionnaire without log-in (`/s/<token>`): a signature by our key over campaign and household,
 * 43 signs. It tells neither of them; the store knows its SHA-256 (`parts.hashToken`) and finds the household by that.
 */
export function surveyToken({ certificates }: Pick<Tx, 'certificates'>, { campaignId, householdId }: Asked): string {
  return certificates.linkKey(`survey:${campaignId}:${householdId}`, 0)
}

/** Address of the questionnaire, relative to the public one. */
export function surveyPath(token: string): string {
  return `/s/${token}`
}
