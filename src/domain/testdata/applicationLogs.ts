import type { ApplicationAction, ApplicationEvent } from '../application.ts'
import type { ActingRole } from '../allowedActions.ts'
import { officerRoles } from '../officer.ts'

export const at = Date.parse('2026-11-23T09:00:00+08:00')
/** Some time after `at`. */
export const later = (hours: number): number => at + hours * 3_600_000

export const submitted: ApplicationEvent = {
  type: 'submitted',
  online: true,
  assisted: false,
  way: 'self',
  officerId: null,
  whyNotOnline: null,
}
export const firstReceived: ApplicationEvent = { type: 'firstReceived', officerId: 'o1' }
export const accepted: ApplicationEvent = { type: 'accepted', bySilence: false, asOf: at }
export const acceptedBySilence: ApplicationEvent = { type: 'accepted', bySilence: true, asOf: at }
export const reviewStarted: ApplicationEvent = { type: 'reviewStarted' }
export const requested: ApplicationEvent = {
  type: 'supplementRequested',
  noticeNumber: 'GZ261123-000001',
  due: '2026-12-07',
  exception: null,
}
export const requestedAgain = {
  type: 'supplementRequested' as const,
  noticeNumber: 'GZ261124-000002',
  due: null,
  exception: { officerId: 'c1', reason: '原件与照片不一致' },
} satisfies ApplicationEvent
export const supplemented: ApplicationEvent = { type: 'supplemented', materials: ['m1'] }
export const reminded: ApplicationEvent = { type: 'supplementReminded', told: true }
export const lapsed: ApplicationEvent = { type: 'supplementLapsed', due: '2026-12-07' }
export const paused: ApplicationEvent = { type: 'paused', reason: '等检测结果' }
export const resumed: ApplicationEvent = { type: 'resumed' }
export const asked: ApplicationEvent = {
  type: 'confirmationRequested',
  requestId: 'r1',
  bureau: 'civilAffairs',
  question: '婚姻登记是否在册',
}
export const answered: ApplicationEvent = {
  type: 'confirmationAnswered',
  requestId: 'r1',
  answer: 'accepted',
  note: null,
}
export const granted: ApplicationEvent = { type: 'granted', certificateNumber: 'PZ261123-000001' }
export const refused: ApplicationEvent = { type: 'refused', reason: '材料不符', remedies: '可以申请行政复议' }
export const delivered: ApplicationEvent = { type: 'delivered' }
export const archived: ApplicationEvent = { type: 'archived' }
export const withdrawn: ApplicationEvent = { type: 'withdrawn', reason: null }
export const reopened: ApplicationEvent = { type: 'reopened', reason: '决定有误' }
export const corrected: ApplicationEvent = { type: 'corrected', changes: [{ field: 'phone', reason: '号码写错' }] }
export const revoked: ApplicationEvent = { type: 'certificateRevoked', reason: '登记内容不实' }
export const superseded: ApplicationEvent = { type: 'certificateSuperseded', by: 'PZ261201-000009' }
export const promised: ApplicationEvent = {
  type: 'commitmentMade',
  commitmentId: 'k1',
  material: 'marriageCertificate',
  textVersion: 1,
}
export const broken: ApplicationEvent = { type: 'commitmentBroken', commitmentId: 'k1', correctBy: '2026-12-31' }
export const mended: ApplicationEvent = { type: 'commitmentMended', commitmentId: 'k1' }
export const moved: ApplicationEvent = {
  ...{ type: 'moved', from: '420702104212', to: '420704108202', reason: '全家搬到长港镇', officerId: 'o1' },
}
export const notDuplicate: ApplicationEvent = { type: 'notDuplicate', of: 'b' }

/** One event of each kind, and both kinds of exception. */
export const someEvents: readonly ApplicationEvent[] = [
  ...[submitted, firstReceived, accepted, acceptedBySilence, reviewStarted, requested, requestedAgain, supplemented],
  ...[reminded, lapsed],
  ...[paused, resumed, asked, answered, notDuplicate, granted, refused, delivered, archived, withdrawn, reopened],
  ...[corrected, moved, revoked, superseded, promised, broken, mended],
]

/** A log with one action an hour. */
export function log(...events: ApplicationEvent[]): ApplicationAction[] {
  return events.map((event, n) => ({
    applicationId: 'a',
    seq: n + 1,
    at: later(n),
    actor: { kind: 'system' },
    event,
  }))
}

export const actingRoles: readonly ActingRole[] = [...officerRoles, 'resident', 'system']
