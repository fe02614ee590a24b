import type { SendFailure } from '../../app/ports.ts'
import type { Instant } from '../../domain/world.ts'
import type { Text } from './account.ts'
import type { FailureRow } from './failureRow.ts'

/** What each failure means to us. `tell` is the key of the officer's sentence. */
export const failures = {
  /** The token was refused twice: another process forces new ones, or the secret was changed. */
  tokenRefused: { retry: 'soon', alert: true, mayHaveArrived: false, tell: 'wechat.send.tokenRefused' },
  /** Busy, 5xx, no or garbled answer: nobody can say whether the message went out. */
  unknownOutcome: {
    retry: 'soon',
    alert: false,
    mayHaveArrived: true,
    tell: 'wechat.send.unknownOutcome',
    isDown: true,
  },
  /** No connection came about: it certainly did not. */
  unreachable: { retry: 'soon', alert: false, mayHaveArrived: false, tell: 'wechat.send.unreachable', isDown: true },
  throttled: { retry: 'soon', alert: false, mayHaveArrived: false, tell: 'wechat.send.throttled', pause: 'minute' },
  /** The counter starts again at midnight, UTC+8. */
  quotaSpent: {
    retry: 'tomorrow',
    alert: true,
    mayHaveArrived: false,
    tell: 'wechat.send.quotaSpent',
    pause: 'midnight',
  },
  /** The person has not written within 48 hours, or the messages allowed since are used up. */
  windowClosed: { retry: 'otherWay', alert: false, mayHaveArrived: false, tell: 'wechat.send.windowClosed' },
  /** Unfollowed, refused or unknown: never again this way. */
  personGone: { retry: 'otherWay', alert: false, mayHaveArrived: false, tell: 'wechat.send.personGone' },
  /** Our own mistake; sending it again changes nothing. */
  badData: { retry: 'no', alert: true, mayHaveArrived: false, tell: 'wechat.send.badData' },
  /** Rights, address list or secret of the account: an administrator has to act, people are reached otherwise. */
  misconfigured: { retry: 'otherWay', alert: true, mayHaveArrived: false, tell: 'wechat.send.misconfigured' },
  riskyContent: { retry: 'no', alert: true, mayHaveArrived: false, tell: 'wechat.send.riskyContent' },
  unexpected: { retry: 'no', alert: true, mayHaveArrived: false, tell: 'wechat.send.unexpected' },
} as const satisfies Record<string, FailureRow>

export type FailureName = keyof typeof failures

/** The platform's numbers on the left, our meaning on the right. Judge by errcode, never by errmsg. */
const failureByErrcode: Record<number, FailureName | undefined> = {
  // a new token cures it, once
  40001: 'tokenRefused',
  40014: 'tokenRefused',
  41001: 'tokenRefused',
  42001: 'tokenRefused',
  // their fault
  [-1]: 'unknownOutcome',
  // too often
  45011: 'throttled',
  45009: 'quotaSpent',
  // one person's window
  45015: 'windowClosed',
  45047: 'windowClosed',
  // one person's will
  40003: 'personGone',
  43004: 'personGone',
  43019: 'personGone',
  43101: 'personGone',
  46004: 'personGone',
  48002: 'personGone',
  50005: 'personGone',
  // our data
  40008: 'badData',
  40037: 'badData',
  41030: 'badData',
  44002: 'badData',
  44004: 'badData',
  45002: 'badData',
  45008: 'badData',
  47001: 'badData',
  47003: 'badData',
  // our rights
  40013: 'misconfigured',
  40125: 'misconfigured',
  40164: 'misconfigured',
  40243: 'misconfigured',
  48001: 'misconfigured',
  48004: 'misconfigured',
  50002: 'misconfigured',
  61004: 'misconfigured',
  89503: 'misconfigured',
  87014: 'riskyContent',
}

/** 45009 is a day's quota everywhere but here, where 5000 a minute are allowed; the message does not tell them apart. */
const minuteQuotaPaths = new Set(['/wxa/getwxacodeunlimit'])

export function failureOf(errcode: number, path: string): FailureName {
  if (errcode === 45009 && minuteQuotaPaths.has(path)) return 'throttled'
  return failureByErrcode[errcode] ?? 'unexpected'
}

/** Whether dropping the token and asking once more may cure it. */
export function isTokenRefusal(errcode: number | null): boolean {
  return errcode !== null && failureByErrcode[errcode] === 'tokenRefused'
}

/** The failure as the outbox takes it, with its sentence for the officer. */
export function sendFailure(
  { failure: name, until }: { failure: FailureName; until?: Instant },
  text: Text,
): SendFailure {
  const { retry, alert, mayHaveArrived, tell } = failures[name]
  return { name, retry, alert, mayHaveArrived, tell: text(tell), ...(until === undefined ? {} : { until }) }
}
