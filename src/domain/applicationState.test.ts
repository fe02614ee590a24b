import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ApplicationEvent } from './application.ts'
import { applyAction, foldApplication, statusAfter } from './applicationState.ts'
import * as e from './testdata/applicationLogs.ts'

const { log } = e
const fold = (...events: ApplicationEvent[]) => foldApplication(log(...events))

describe('the way of a case', () => {
  test('submitted, accepted, reviewed, granted, delivered and archived in turn', () => {
    const state = fold(e.submitted, e.accepted, e.reviewStarted, e.granted, e.delivered, e.archived)
    expect(state).toMatchObject({ status: 'archived', nextSeq: 7, certificate: 'valid', acceptedAt: e.at })
  })

  test('a simple case may be granted without a separate acceptance', () => {
    expect(fold(e.submitted, e.granted).status).toBe('granted')
  })

  test('a refusal keeps its reason and its remedies', () => {
    expect(fold(e.submitted, e.refused).refusal).toEqual({ reason: '材料不符', remedies: '可以申请行政复议' })
  })

  test('nothing follows a refusal but the archive and the county', () => {
    expect(() => fold(e.submitted, e.refused, e.granted)).toThrow('does not follow')
    expect(fold(e.submitted, e.refused, e.reopened)).toMatchObject({
      status: 'inReview',
      closedAt: null,
      refusal: null,
    })
  })

  test('rows from before there were ways of filing count as filed by the resident himself', () => {
    const old: ApplicationEvent = { type: 'submitted', online: true, assisted: true }
    expect(fold(old, e.accepted, e.granted, e.delivered)).toMatchObject({
      ...{ status: 'delivered', way: 'self', firstReceiverId: null, whyNotOnline: null, certificate: 'valid' },
    })
  })

  test('the officer at the window is the first receiver, and stays it', () => {
    const atWindow = { ...e.submitted, online: false, way: 'window' as const, officerId: 'o9', whyNotOnline: 'noPhone' }
    expect(fold(atWindow)).toMatchObject({ way: 'window', firstReceiverId: 'o9', whyNotOnline: 'noPhone' })
    expect(() => fold(atWindow, e.firstReceived)).toThrow('does not follow')
    expect(() => fold(e.submitted, e.firstReceived, { type: 'firstReceived', officerId: 'o2' })).toThrow()
  })
})

describe('materials are asked for once', () => {
  test('the case waits, and goes on where it stood', () => {
    expect(fold(e.submitted, e.requested)).toMatchObject({ status: 'waiting', noticeIssued: true })
    expect(fold(e.submitted, e.requested, e.supplemented)).toMatchObject({
      status: 'submitted',
      materialsAt: e.later(2),
    })
    expect(fold(e.submitted, e.accepted, e.reviewStarted, e.requestedAgain, e.supplemented).status).toBe('inReview')
  })

  test('a second request, and one after acceptance, need the exception of a supervisor', () => {
    expect(() => fold(e.submitted, e.requested, e.supplemented, e.requested)).toThrow('does not follow')
    expect(() => fold(e.submitted, e.accepted, e.requested)).toThrow('does not follow')
    expect(fold(e.submitted, e.requested, e.supplemented, e.requestedAgain).notices).toHaveLength(2)
    // A corrected one while the first is waited for: the case goes on where it was.
    const corrected = fold(e.submitted, e.requested, e.requestedAgain)
    expect(corrected).toMatchObject({ status: 'waiting', waitingFrom: 'submitted' })
    expect(fold(e.submitted, e.requested, e.requestedAgain, e.supplemented).status).toBe('submitted')
  })
})

describe('flags', () => {
  test('before acceptance nobody can pause, after it once at a time', () => {
    expect(() => fold(e.submitted, e.paused)).toThrow('does not follow')
    expect(() => fold(e.submitted, e.accepted, e.paused, e.paused)).toThrow('does not follow')
    expect(() => fold(e.submitted, e.accepted, e.paused, e.granted)).toThrow('does not follow')
    expect(fold(e.submitted, e.accepted, e.paused, e.resumed, e.granted)).toMatchObject({ paused: false })
  })

  test('the answer of another bureau belongs to its question, and is kept even after the decision', () => {
    expect(fold(e.submitted, e.accepted, e.asked)).toMatchObject({ confirmationOpen: true, openConfirmations: ['r1'] })
    expect(fold(e.submitted, e.accepted, e.asked, e.granted, e.answered)).toMatchObject({ confirmation: 'accepted' })
    expect(() => fold(e.submitted, e.accepted, e.answered)).toThrow('does not follow')
    const again = { ...e.asked, requestId: 'r2' }
    expect(fold(e.submitted, e.accepted, e.asked, again, e.answered).openConfirmations).toEqual(['r2'])
  })

  test('a certificate is revoked or superseded once, and only while it is valid', () => {
    expect(fold(e.submitted, e.granted, e.revoked).certificate).toBe('revoked')
    expect(fold(e.submitted, e.granted, e.superseded).certificate).toBe('superseded')
    expect(() => fold(e.submitted, e.granted, e.superseded, e.revoked)).toThrow('does not follow')
    expect(() => fold(e.submitted, e.refused, e.revoked)).toThrow('does not follow')
  })

  test('a granted case is reopened only after its certificate was revoked', () => {
    expect(() => fold(e.submitted, e.granted, e.reopened)).toThrow('does not follow')
    expect(fold(e.submitted, e.granted, e.revoked, e.reopened)).toMatchObject({
      status: 'inReview',
      certificate: 'none',
    })
  })

  test('what was revoked before it was delivered is delivered to nobody, and goes to the archive', () => {
    expect(() => fold(e.submitted, e.granted, e.revoked, e.delivered)).toThrow('does not follow')
    expect(fold(e.submitted, e.granted, e.superseded, e.archived).status).toBe('archived')
    expect(() => fold(e.submitted, e.granted, e.archived)).toThrow('does not follow')
  })

  test('a broken commitment is open until it is mended', () => {
    expect(fold(e.submitted, e.promised, e.granted, e.broken).breachOpen).toBe(true)
    expect(fold(e.submitted, e.promised, e.granted, e.broken, e.mended).breachOpen).toBe(false)
    expect(() => fold(e.submitted, e.promised, e.refused, e.broken, e.archived)).toThrow('does not follow')
  })

  test('"no double" is remembered until the data change', () => {
    expect(fold(e.submitted, e.notDuplicate).notDuplicateOf).toEqual(['b'])
    expect(fold(e.submitted, e.notDuplicate, e.corrected).notDuplicateOf).toEqual([])
  })
})

describe('the log is whole', () => {
  test('a gap in the log is found', () => {
    const [first, second] = log(e.submitted, e.accepted)
    if (!first || !second) throw new Error('the log has two entries')
    expect(() => foldApplication([first, { ...second, seq: 3 }])).toThrow('does not follow')
  })

  test('a log begins with the submission, and holds one', () => {
    expect(() => fold(e.accepted)).toThrow()
    expect(() => fold(e.submitted, e.submitted)).toThrow()
  })

  test('whatever legal events follow one another, the fold takes them, keeps count and never loses the first receiver', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), picks => {
        const [first] = log(e.submitted)
        if (!first) throw new Error('a log has a first entry')
        let state = foldApplication([first])
        const actions = [first]
        for (const pick of picks) {
          const legal = e.someEvents.filter(event => statusAfter(state, event) !== null)
          const event = legal[pick % legal.length]
          if (!event) break
          const action = { ...first, seq: state.nextSeq, at: e.later(actions.length), event }
          const receiver = state.firstReceiverId
          state = applyAction(state, action)
          actions.push(action)
          if (receiver !== null) expect(state.firstReceiverId).toBe(receiver)
        }
        expect(foldApplication(actions)).toEqual(state)
        expect(state.nextSeq).toBe(actions.length + 1)
      }),
    )
  })
})
