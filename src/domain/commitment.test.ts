import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  breakCommitment,
  drawCommitment,
  expireCommitment,
  isDrawn,
  isOpenBreach,
  keepCommitment,
  mendCommitment,
  remindersDue,
  type Commitment,
  type CommitmentChange,
} from './commitment.ts'

const made: Commitment = {
  id: 'c1',
  applicationId: 'a1',
  regionCode: '410102001002',
  residentId: 'r1',
  material: 'marriageCertificate',
  textVersion: 1,
  textHash: 'f'.repeat(64),
  madeAt: Date.parse('2026-11-23T09:00:00+08:00'),
  status: 'made',
  drawn: null,
  taskId: null,
  brokenOn: null,
  correctBy: null,
  reminders: 0,
}
const drawn = { ...made, drawn: true, taskId: 't1' }
const broken = { ...drawn, status: 'broken' as const, brokenOn: '2026-12-01', correctBy: '2026-12-11' }
const done = (change: CommitmentChange): Commitment => {
  if (!change.ok) throw new Error('refused')
  return change.commitment
}

describe('a commitment', () => {
  test('is drawn for a check once, or not; a second draw changes nothing', () => {
    expect(done(drawCommitment(made, 't1'))).toMatchObject({ drawn: true, taskId: 't1', status: 'made' })
    expect(done(drawCommitment(made, null))).toMatchObject({ drawn: false, taskId: null })
    expect(drawCommitment(drawn, 't2').ok).toBe(false)
  })

  test('that was kept is closed and no breach', () => {
    const kept = done(keepCommitment(drawn))
    expect(kept).toMatchObject({ status: 'kept', taskId: null })
    expect(isOpenBreach(kept)).toBe(false)
    expect(breakCommitment(kept, { on: '2026-12-01', correctBy: '2026-12-11', taskId: 't2' }).ok).toBe(false)
  })

  test('that was broken has to be mended by a day, and until then no other one is taken', () => {
    const now = done(breakCommitment(drawn, { on: '2026-12-01', correctBy: '2026-12-11', taskId: 't2' }))
    expect(now).toEqual({ ...broken, taskId: 't2' })
    expect(isOpenBreach(now)).toBe(true)
    const mended = done(mendCommitment(now))
    expect(mended.status).toBe('mended')
    expect(isOpenBreach(mended)).toBe(false)
  })

  test('is not held against anybody before somebody was told to check it', () => {
    expect(keepCommitment(made).ok).toBe(false)
    expect(breakCommitment(made, { on: '2026-12-01', correctBy: '2026-12-11', taskId: 't2' }).ok).toBe(false)
  })

  test('expires the day after the day of correction, not on it; late mending is taken all the same', () => {
    expect(expireCommitment(broken, '2026-12-11', 't3').ok).toBe(false)
    const expired = done(expireCommitment(broken, '2026-12-12', 't3'))
    expect(expired).toMatchObject({ status: 'expired', taskId: 't3' })
    expect(isOpenBreach(expired)).toBe(true)
    expect(done(mendCommitment(expired)).status).toBe('mended')
    expect(expireCommitment(expired, '2026-12-13', 't4').ok).toBe(false)
  })

  test('that was not broken cannot be mended', () => {
    expect(mendCommitment(made).ok).toBe(false)
    expect(mendCommitment({ ...drawn, status: 'kept' }).ok).toBe(false)
  })
})

describe('reminders of a breach', () => {
  test.each([
    ['2026-12-01', 0],
    ['2026-12-05', 0],
    ['2026-12-06', 1],
    ['2026-12-08', 1],
    ['2026-12-09', 2],
    ['2026-12-11', 2],
  ])('by %s there should have been %d: at half and at four fifths of the time', (today, count) => {
    expect(remindersDue(broken, today)).toBe(count)
  })

  test('there are none without a breach', () => expect(remindersDue(made, '2027-01-01')).toBe(0))
})

describe('the draw', () => {
  test('a rate of 0 never draws and of 1 always does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), bytes => {
        expect(isDrawn(0, bytes)).toBe(false)
        expect(isDrawn(1, bytes)).toBe(true)
      }),
    )
  })

  test('one in ten is about one in ten', () => {
    let seed = 7
    const next = () => (seed = (seed * 1664525 + 1013904223) >>> 0)
    const bytes = () => Uint8Array.of(...[24, 16, 8, 0].map(shift => (next() >>> shift) & 255))
    const hits = Array.from({ length: 20_000 }, () => isDrawn(0.1, bytes())).filter(Boolean).length
    expect(hits / 20_000).toBeGreaterThan(0.09)
    expect(hits / 20_000).toBeLessThan(0.11)
  })
})
