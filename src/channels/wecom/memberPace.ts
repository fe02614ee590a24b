import type { SharedAccount } from '../../app/sharedAccount.ts'
import type { Instant } from '../../domain/world.ts'

/**
 * One member is shown 30 messages a minute and 1000 an hour by one app; what is above is dropped without a word
 * (发送应用消息, 频率限制, 2025-09-24). So it is counted on our side, where it can be told.
 */
export const memberLimits = { perMinute: 30, perHour: 1000 }

/** Takes a place for one message to this member; false when there is none. */
export type MemberPace = (member: string, at: Instant) => Promise<boolean>

/** Counts over all processes. */
export function makeMemberPace({ mayMessage }: Pick<SharedAccount, 'mayMessage'>, limits = memberLimits): MemberPace {
  return (sender, at) => mayMessage({ channel: 'wecom', sender }, at, limits)
}
