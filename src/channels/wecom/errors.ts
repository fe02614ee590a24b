import type { SendFailure } from '../../app/ports.ts'
import type { Instant } from '../../domain/world.ts'
import type { Text } from '../wechat-official/account.ts'
import { failures as official } from '../wechat-official/errors.ts'
import type { FailureRow } from '../wechat-official/failureRow.ts'
import type { ApiOutcome } from '../wechat-official/http.ts'

/** What each failure means to us. `tell` is the key of the officer's sentence. */
export const wecomFailures = {
  tokenRefused: { ...official.tokenRefused, tell: 'wecom.send.tokenRefused' },
  unknownOutcome: { ...official.unknownOutcome, tell: 'wecom.send.unknownOutcome' },
  unreachable: { ...official.unreachable, tell: 'wecom.send.unreachable' },
  /** Of one address per minute, of one member, or too many at once: what is asked later passes. */
  throttled: { ...official.throttled, tell: 'wecom.send.throttled' },
  /** Left the corporation, or is outside of those who may see the app: never again this way. */
  memberGone: { ...official.personGone, tell: 'wecom.send.memberGone' },
  badData: { ...official.badData, tell: 'wecom.send.badData' },
  misconfigured: { ...official.misconfigured, tell: 'wecom.send.misconfigured' },
  /** 60020: the address from which this service calls is not among the app's 企业可信IP. */
  addressNotTrusted: { retry: 'otherWay', alert: true, mayHaveArrived: false, tell: 'wecom.send.addressNotTrusted' },
  unexpected: { ...official.unexpected, tell: 'wecom.send.unexpected' },
} as const satisfies Record<string, FailureRow>

export type WecomFailureName = keyof typeof wecomFailures

/** The platform's numbers on the left (全局错误码), our meaning on the right. Judge by errcode, never by errmsg. */
const failureByErrcode: Record<number, WecomFailureName | undefined> = {
  // a new token cures it, once
  40014: 'tokenRefused',
  41001: 'tokenRefused',
  42001: 'tokenRefused',
  // their fault
  [-1]: 'unknownOutcome',
  // too often, too many at once
  45009: 'throttled',
  45033: 'throttled',
  // one member
  40003: 'memberGone',
  60111: 'memberGone',
  81013: 'memberGone',
  // our data
  40008: 'badData',
  40058: 'badData',
  44004: 'badData',
  45002: 'badData',
  47001: 'badData',
  82001: 'badData',
  // our rights
  40001: 'misconfigured',
  40013: 'misconfigured',
  40056: 'misconfigured',
  48002: 'misconfigured',
  50002: 'misconfigured',
  60011: 'misconfigured',
  301002: 'misconfigured',
  60020: 'addressNotTrusted',
}

export function wecomFailureOf(outcome: Extract<ApiOutcome, { status: 'failed' }>): WecomFailureName {
  if (outcome.errcode !== null) return failureByErrcode[outcome.errcode] ?? 'unexpected'
  // Without an errcode only the connection spoke, and its few words are the same here.
  const { failure } = outcome
  return failure === 'unknownOutcome' || failure === 'unreachable' ? failure : 'unexpected'
}

export function isWecomTokenRefusal(errcode: number | null): boolean {
  return errcode !== null && failureByErrcode[errcode] === 'tokenRefused'
}

/** The failure as the outbox takes it, with its sentence for the officer. */
export function wecomSendFailure(
  { failure: name, until }: { failure: WecomFailureName; until?: Instant },
  text: Text,
): SendFailure {
  const { retry, alert, mayHaveArrived, tell } = wecomFailures[name]
  return { name, retry, alert, mayHaveArrived, tell: text(tell), ...(until === undefined ? {} : { until }) }
}
