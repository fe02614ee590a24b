import type { Instant } from '../../domain/world.ts'

/**
 * One member is shown 30 messages a minute and 1000 an hour by one app; what is above is dropped without a word
 * (发送应用消息, 频率限制, 2025-09-24). So it is counted here, where it can be told.
 */
export const memberLimits = { perMinute: 30, perHour: 1000 }

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** Takes a place for one message to this member; false when there is none. Counts what this process sends. */
export type MemberPace = (member: string, at: Instant) => boolean

export function makeMemberPace(limits = memberLimits): MemberPace {
  const sent = new Map<string, Instant[]>()
  let swept = 0
  return (member, at) => {
    if (at - swept > HOUR_MS) {
      for (const [who, times] of sent) if ((times.at(-1) ?? 0) <= at - HOUR_MS) sent.delete(who)
      swept = at
    }
    const times = (sent.get(member) ?? []).filter(time => time > at - HOUR_MS)
    const inMinute = times.filter(time => time > at - MINUTE_MS).length
    const free = times.length < limits.perHour && inMinute < limits.perMinute
    if (free) times.push(at)
    sent.set(member, times)
    return free
  }
}
