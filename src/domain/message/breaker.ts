import type { Instant } from '../world.ts'

/** Whether a dependency is called at all. Each process keeps its own: what one cannot reach another may. */
export type Breaker =
  | { state: 'closed'; failures: number }
  /** `times` in a row that it opened: it rests longer each time. */
  | { state: 'open'; until: Instant; times: number }
  /** One call is out to see whether it is back; if nothing is heard of it by then, another may go. */
  | { state: 'halfOpen'; probeUntil: Instant; times: number }

export interface BreakerRules {
  /** Failures in a row that open it. */
  failures: number
  firstRestMs: number
  longestRestMs: number
  /** A probe that is not back by then counts as lost. */
  probeMs: number
}

export const closedBreaker: Breaker = { state: 'closed', failures: 0 }

/** Whether a call may go now, and the breaker as it is then; otherwise when to ask again. */
export function mayCall(
  breaker: Breaker,
  rules: BreakerRules,
  now: Instant,
): { may: true; breaker: Breaker } | { may: false; until: Instant } {
  if (breaker.state === 'closed') return { may: true, breaker }
  const rest = breaker.state === 'open' ? breaker.until : breaker.probeUntil
  if (now < rest) return { may: false, until: rest }
  return { may: true, breaker: { state: 'halfOpen', probeUntil: now + rules.probeMs, times: breaker.times } }
}

/** After a call came back. `reached`: the dependency answered, whatever it said. */
export function afterCall(breaker: Breaker, rules: BreakerRules, reached: boolean, now: Instant): Breaker {
  if (reached) return breaker.state === 'open' ? breaker : closedBreaker
  if (breaker.state === 'open') return breaker
  if (breaker.state === 'halfOpen') return opened(breaker.times + 1, rules, now)
  const failures = breaker.failures + 1
  return failures >= rules.failures ? opened(1, rules, now) : { state: 'closed', failures }
}

function opened(times: number, { firstRestMs, longestRestMs }: BreakerRules, now: Instant): Breaker {
  return { state: 'open', until: now + Math.min(firstRestMs * 2 ** Math.min(times - 1, 20), longestRestMs), times }
}
