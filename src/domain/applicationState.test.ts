import { expect, test } from 'vitest'
import {
  applicationStatuses,
  type ApplicationAction,
  type ApplicationEvent,
  type ApplicationStatus,
} from './application.ts'
import { allowedActions, foldApplication } from './applicationState.ts'
import { officerRoles } from './officer.ts'

const at = Date.parse('2026-11-23T09:00:00+08:00')

function log(...events: ApplicationEvent[]): ApplicationAction[] {
  return events.map((event, n) => ({ applicationId: 'a', seq: n + 1, at: at + n, actor: { kind: 'system' }, event }))
}

const submitted: ApplicationEvent = { type: 'submitted', online: true, assisted: false }
const accepted: ApplicationEvent = { type: 'accepted', bySilence: false, asOf: at }
const granted: ApplicationEvent = { type: 'granted', certificateNumber: 'PZ261123-000001' }
const refused: ApplicationEvent = { type: 'refused', reason: '材料不符', remedies: '可以申请行政复议' }

test('submitted, accepted, granted and delivered in turn', () => {
  const state = foldApplication(log(submitted, accepted, granted, { type: 'delivered' }))
  expect(state).toMatchObject({ status: 'delivered', nextSeq: 5, certificateNumber: 'PZ261123-000001', acceptedAt: at })
})

test('a simple case may be granted without a separate acceptance', () => {
  expect(foldApplication(log(submitted, granted)).status).toBe('granted')
})

test('a refusal keeps its reason and its remedies', () => {
  expect(foldApplication(log(submitted, refused)).refusal).toEqual({ reason: '材料不符', remedies: '可以申请行政复议' })
})

test('nothing follows a refusal', () => {
  expect(() => foldApplication(log(submitted, refused, granted))).toThrow('does not follow')
})

test('a gap in the log is found', () => {
  const [first, second] = log(submitted, accepted)
  if (!first || !second) throw new Error('the log has two entries')
  expect(() => foldApplication([first, { ...second, seq: 3 }])).toThrow('does not follow')
})

test('a log begins with the submission', () => {
  expect(() => foldApplication(log(accepted))).toThrow()
})

test('who may do what in each status', () => {
  const table = applicationStatuses.flatMap(status =>
    ([...officerRoles, 'resident'] as const).map(
      role => `${status} ${role}: ${allowedActions(stateOf(status), role).join(', ') || '-'}`,
    ),
  )
  expect(table).toMatchSnapshot()
})

function stateOf(status: ApplicationStatus) {
  return { status, nextSeq: 2, acceptedAt: null, decidedAt: null, certificateNumber: null, refusal: null }
}
