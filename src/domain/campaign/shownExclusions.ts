import { exclusionReasons, type ExclusionReason } from './campaign.ts'

/** Reasons that tell something about a household which its officers may not know. */
export const confidential: readonly ExclusionReason[] = ['leftAlone', 'openComplaint', 'optedOut']
/** Four of something in a village are four neighbours. The same limit as for surveys. */
const SMALLEST_SHOWN = 5

/** One line of the list of those who are not asked. `together`: the confidential reasons, none of which can be told apart. */
export interface ShownExclusion {
  reason: ExclusionReason | 'together'
  households: number
}

/** Exclusions as officers see them: once one of the confidential reasons fits one to four households, all of these are one line. */
export function shownExclusions(excluded: Partial<Record<ExclusionReason, number>>): ShownExclusion[] {
  const countOf = (reason: ExclusionReason) => excluded[reason] ?? 0
  const isSmall = confidential.some(reason => countOf(reason) > 0 && countOf(reason) < SMALLEST_SHOWN)
  const hidden = isSmall ? confidential : []
  const shown = exclusionReasons
    .filter(reason => countOf(reason) > 0 && !hidden.includes(reason))
    .map(reason => ({ reason, households: countOf(reason) }))
  const together = hidden.reduce((sum, reason) => sum + countOf(reason), 0)
  return together > 0 ? [...shown, { reason: 'together', households: together }] : shown
}
