import type { LocalDate } from '../world.ts'
import { plainCount, type Count } from './counts.ts'

/** What residents come to the chat for: the flow that serves it, and the word under which it is counted (`figures.need.…`). */
export const needFlows: Readonly<Record<string, string>> = {
  'birth-registration': 'birthRegistration',
  'additional-birth-permit': 'additionalBirthPermit',
  'certificate-reissue': 'certificateReissue',
  'one-time-notice': 'oneTimeNotice',
  'childcare-subsidy': 'childcareSubsidy',
  'reward-support': 'rewardSupport',
  'service-calendar': 'serviceCalendar',
}

/** Before the id of an entry of the knowledge base: a question of policy that was answered. */
const POLICY = 'policy.'

/** People who came for one thing in one place on one day. */
export interface Need {
  regionCode: string
  /** Flow that was begun, or the id of the policy entry that was told. */
  topic: { flow: string } | { entry: string }
  on: LocalDate
  n: number
}

/** What it counts for (每月汇总群众需求); none for a flow that serves no need of its own. Never words of a resident. */
export function needCounts({ regionCode, topic, on, n }: Need): Count[] {
  const detail = 'flow' in topic ? needFlows[topic.flow] : POLICY + topic.entry
  return detail === undefined ? [] : [plainCount({ regionCode, day: on }, 'need', { detail, n })]
}

/** Id of the policy entry that a kind of need names; null for the others. */
export function policyEntryOf(kind: string): string | null {
  return kind.startsWith(POLICY) ? kind.slice(POLICY.length) : null
}
