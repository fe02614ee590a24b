import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CareAction, CareEvent } from './careFamily.ts'
import { applyCare, careGaps, foldCare } from './careState.ts'

const consent = { version: 1, at: 1, way: 'paper' as const }
const registered: CareEvent = {
  type: 'registered',
  consent,
  people: [{ name: '王秀英', birthday: null }],
  phone: null,
  address: null,
}
const doctor = { name: '刘医生', clinic: '沼山镇卫生院', phone: null, since: '2026-11-01' }
const actionsOf = (events: CareEvent[]): CareAction[] =>
  events.map((event, n) => ({ familyId: 'f', seq: n + 1, at: n + 1, actor: { kind: 'system' }, event }))
const after = (...events: CareEvent[]) => foldCare(actionsOf([registered, ...events]))
const contact = (post: 'leader' | 'cadre', officerId: string | null): CareEvent => ({
  ...{ type: 'contactSet', post, officerId, why: 'chosen' },
})

const anyEvent: fc.Arbitrary<CareEvent> = fc.oneof(
  fc.constantFrom('a', 'b', 'c', null).chain(id => fc.constantFrom(contact('leader', id), contact('cadre', id))),
  fc.constantFrom<CareEvent>(
    registered,
    { type: 'doctorSet', doctor },
    { type: 'doctorSet', doctor: null },
    { type: 'cardIssued', number: 'LT1' },
    { type: 'cardEnded', number: 'LT1' },
    { type: 'introduced', officerId: 'a', told: false },
    { type: 'helperAdded', helper: { id: 'h', kind: 'volunteer', name: '小周', phone: null } },
    { type: 'helperEnded', id: 'h' },
    { type: 'occurred', occasion: 'illness' },
    { type: 'ended', why: 'moved' },
  ),
)

describe('a care family', () => {
  test('is the same whether its log is folded at once or line by line', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), events => {
        const actions = actionsOf([registered, ...events])
        const [first, ...rest] = actions
        const stepwise = rest.reduce(applyCare, foldCare(first ? [first] : []))
        expect(stepwise).toEqual(foldCare(actions))
        expect(stepwise.nextSeq).toBe(actions.length + 1)
      }),
    )
  })

  test('never waits to be introduced to somebody who is no contact of it', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 15 }), events => {
        const { contacts, toIntroduce } = after(...events)
        for (const id of toIntroduce) expect([contacts.leader, contacts.cadre]).toContain(id)
      }),
    )
  })

  test('is owed a pair, a doctor and a card as long as one of them is missing', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 15 }), events => {
        const state = after(...events)
        const gaps = careGaps(state)
        const isWhole = state.contacts.leader !== null && state.contacts.cadre !== null
        if (state.status === 'active') {
          expect(gaps.includes('contactPair')).toBe(!isWhole)
          expect(gaps.includes('familyDoctor')).toBe(state.doctor === null)
          expect(gaps.includes('greenChannel')).toBe(state.card === null)
        } else expect(gaps).toEqual([])
      }),
    )
  })

  test('is told of a new contact, and not of one whom it knows from the other post', () => {
    expect(after(contact('cadre', 'a')).toIntroduce).toEqual(['a'])
    expect(after(contact('cadre', 'a'), contact('leader', 'a')).toIntroduce).toEqual(['a'])
    expect(after(contact('cadre', 'a'), contact('cadre', 'b')).toIntroduce).toEqual(['b'])
  })

  test('keeps a promise with the words in which it was done, once', () => {
    const promise = { words: '带去办慢病卡', by: '2026-12-10' }
    const visit = {
      id: 'v',
      on: '2026-12-01',
      way: 'home' as const,
      mood: 'low' as const,
      words: '坐了坐',
      needs: [],
      promise,
    }
    const made: CareEvent = { type: 'visited', visit, taskId: null, promiseTaskId: 't' }
    const kept: CareEvent = { type: 'promiseKept', visitId: 'v', words: '办好了' }
    expect(after(made).promises).toEqual([{ visitId: 'v', ...promise, taskId: 't', kept: null }])
    expect(after(made, kept, { ...kept, words: '又办一次' }).promises[0]?.kept?.words).toBe('办好了')
  })

  test('that has ended has no contact and no card, and comes back when it says yes again', () => {
    const ended = after(
      contact('cadre', 'a'),
      { type: 'cardIssued', number: 'LT1' },
      { type: 'ended', why: 'withdrawn' },
    )
    expect([ended.status, ended.contacts.cadre, ended.card]).toEqual(['ended', null, null])
    expect(
      applyCare(ended, { familyId: 'f', seq: 5, at: 9, actor: { kind: 'system' }, event: registered }).status,
    ).toBe('active')
  })
})
