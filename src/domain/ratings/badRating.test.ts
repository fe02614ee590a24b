import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ApplicationAction } from '../application.ts'
import type { Officer } from '../officer.ts'
import {
  foldBadRating,
  mayAppeal,
  mayDecideAppeal,
  nextRepairStep,
  repairSteps,
  type BadRatingAction,
  type BadRatingEvent,
} from './badRating.ts'
import { routeBadRating } from './routeBadRating.ts'

const VILLAGE = '420702104212'
const received: BadRatingEvent = {
  ...{ type: 'received', ratedIds: ['v'], contactDue: '2026-11-23', repairDue: '2026-12-11', provisional: false },
}
const TODAY = '2026-11-23'
const fold = (...events: BadRatingEvent[]) =>
  foldBadRating(
    [received, ...events].map((event, n): BadRatingAction => ({
      ...{ ratingId: 'r', seq: n + 1, at: n, actor: { kind: 'system' }, event },
    })),
  )

describe('a bad rating', () => {
  test('is first spoken about, then put right, then asked about again', () => {
    expect(nextRepairStep(fold())).toBe('contacted')
    expect(nextRepairStep(fold({ type: 'contacted', words: '' }))).toBe('repaired')
    const repaired = fold({ type: 'contacted', words: '' }, { type: 'repaired', words: '' })
    expect(nextRepairStep(repaired)).toBe('calledBack')
    expect(repaired.at).toEqual({ contacted: 1, repaired: 2 })
  })

  test('may be appealed once, by who was rated, and decided once, by somebody else', () => {
    expect([mayAppeal(fold(), 'v', TODAY), mayAppeal(fold(), 'w', TODAY)]).toEqual([true, false])
    const appealed = fold({ type: 'appealed', officerId: 'v', reason: '' })
    expect(mayAppeal(appealed, 'v', TODAY)).toBe(false)
    expect([mayDecideAppeal(appealed, 'v'), mayDecideAppeal(appealed, 'c')]).toEqual([false, true])
    const aside = fold({ type: 'appealed', officerId: 'v', reason: '' }, { type: 'setAside', reason: '' })
    expect([aside.status, nextRepairStep(aside), mayDecideAppeal(aside, 'c')]).toEqual(['setAside', null, false])
  })

  test('is appealed until the last day of that, where one was set', () => {
    const state = { ...fold(), appealBy: '2026-12-04' }
    expect(['2026-12-04', '2026-12-05'].map(day => mayAppeal(state, 'v', day))).toEqual([true, false])
  })

  test('in whatever order an appeal is decided, no step of the repair is lost', () => {
    const steps = repairSteps.map((type): BadRatingEvent => ({ type, words: '' }))
    fc.assert(
      fc.property(fc.nat({ max: 3 }), fc.nat({ max: 3 }), (a, b) => {
        const events = [...steps]
        events.splice(Math.min(a, b), 0, { type: 'appealed', officerId: 'v', reason: '' })
        events.splice(Math.max(a, b) + 1, 0, { type: 'upheld', reason: '' })
        const state = fold(...events)
        expect([state.status, Object.keys(state.at), state.nextSeq]).toEqual(['calledBack', [...repairSteps], 7])
      }),
    )
  })
})

describe('who answers it', () => {
  const officer = (id: string, regionCode: string, disabled = false): Officer => ({
    ...{ id, username: id, name: id, regionCode, officePhone: null, disabled },
    role: regionCode.length === 12 ? 'village' : regionCode.length === 9 ? 'town' : 'county',
  })
  const [village, second, town, county] = [
    officer('v', VILLAGE),
    officer('v2', VILLAGE),
    officer('t', '420702104'),
    officer('c', '420702'),
  ]
  const by = (...ids: string[]) => {
    const actions = ids.map((id, n): ApplicationAction => ({
      ...{ applicationId: 'a', seq: n + 2, at: n },
      actor: { kind: 'officer', id, role: 'village', regionCode: VILLAGE },
      event: { type: 'accepted', bySilence: false, asOf: n },
    }))
    const begun: ApplicationAction = {
      ...{ applicationId: 'a', seq: 1, at: 0, actor: { kind: 'resident', id: 'r' } },
      event: { type: 'submitted', online: true, assisted: false },
    }
    return { regionCode: VILLAGE, actions: [begun, ...actions] }
  }
  const place = (rated: string[], officers: Officer[]) => routeBadRating(by(...rated), officers).regionCode

  test('the level above those who worked on the case, over a level where nobody is', () => {
    expect(place(['v'], [village, second, town, county])).toBe('420702104')
    expect(place(['v'], [village, second, county])).toBe('420702')
    expect(place(['v', 't'], [village, second, town, county])).toBe('420702')
    expect(place([], [village, town, county])).toBe('420702104')
  })

  test('a colleague before somebody below, and one below before nobody', () => {
    expect(place(['c'], [officer('c2', '420702'), county, town, second])).toBe('420702')
    expect(place(['c'], [county, town, second])).toBe('420702104')
    expect(place(['v'], [village, second])).toBe(VILLAGE)
    expect(place(['v'], [village])).toBe('420702104')
  })

  test('never one who was rated, nor an account that has ended', () => {
    expect(place(['v'], [village, officer('t', '420702104', true), county])).toBe('420702')
    expect(routeBadRating(by('v', 't', 'v'), [village, town]).ratedIds).toEqual(['t', 'v'])
  })
})
