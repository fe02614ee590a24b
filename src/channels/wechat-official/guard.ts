import type { SharedAccount } from '../../app/sharedAccount.ts'
import { afterCall, closedBreaker, mayCall, type Breaker, type BreakerRules } from '../../domain/message/breaker.ts'
import { addDays, shanghaiDate, startOfDay, type Instant, type World } from '../../domain/world.ts'
import type { ChannelLog } from './account.ts'
import type { FailureRow } from './failureRow.ts'
import type { Fields } from './fields.ts'
import type { ApiCall } from './http.ts'

/** What a call of a platform came to, in the words of its own failures. */
export type Answer<F extends string> =
  | { status: 'ok'; fields: Fields; bytes?: Uint8Array }
  /** `until`: it was not called at all, and will not be before. */
  | { status: 'failed'; failure: F; errcode: number | null; detail: string; until?: Instant }

export interface GuardDeps<F extends string> {
  /** The account at the platform; pauses are its own. */
  account: string
  failures: Record<F | 'unreachable', FailureRow>
  pauses: SharedAccount['pauses']
  world: Pick<World, 'now'>
  log: Pick<ChannelLog, 'warn' | 'error'>
  rules?: BreakerRules
}

export interface Guarded<F extends string> {
  call(call: ApiCall): Promise<Answer<F | 'unreachable'>>
  /** Until when the platform is left alone; null when it may be called. */
  resting(at: Instant): Instant | null
}

/** Our own choice: five calls of 8 s each in vain are enough to know; the probe has the time of one call and some room. */
const breakerRules: BreakerRules = { failures: 5, firstRestMs: 5_000, longestRestMs: 120_000, probeMs: 15_000 }

/**
 * Stands before a platform's API: an endpoint that said "too often" is not called by any process until its time is over, and a
 * platform that does not answer is left alone by this process, then probed by one call.
 */
export function guard<F extends string>(
  client: (call: ApiCall) => Promise<Answer<F>>,
  { account, failures, pauses, world, log, rules = breakerRules }: GuardDeps<F>,
): Guarded<F> {
  let breaker: Breaker = closedBreaker
  const isName = (name: string): name is F | 'unreachable' => name in failures

  const rest = async (call: ApiCall, row: FailureRow, failure: string) => {
    const now = world.now()
    const until = row.pause === 'midnight' ? startOfDay(addDays(shanghaiDate(now), 1)) : now + 60_000
    await pauses.pause(account, call.path, { until, failure })
    log.warn({ path: call.path, failure, until }, 'platform: endpoint left alone')
    return until
  }

  return {
    resting: at => (breaker.state === 'open' && breaker.until > at ? breaker.until : null),
    async call(call) {
      const pause = await pauses.of(account, call.path, world.now())
      if (pause && isName(pause.failure)) {
        const detail = 'left alone'
        return { status: 'failed', failure: pause.failure, errcode: null, detail, until: pause.until }
      }
      const asked = mayCall(breaker, rules, world.now())
      if (!asked.may) {
        return { status: 'failed', failure: 'unreachable', errcode: null, detail: 'resting', until: asked.until }
      }
      breaker = asked.breaker
      const answer = await client(call)
      const row: FailureRow | null = answer.status === 'ok' ? null : failures[answer.failure]
      const before = breaker.state
      breaker = afterCall(breaker, rules, row?.isDown !== true, world.now())
      if (breaker.state !== before) log.warn({ account, state: breaker.state }, 'platform: breaker')
      if (answer.status === 'failed' && row?.pause) return { ...answer, until: await rest(call, row, answer.failure) }
      return answer
    },
  }
}
