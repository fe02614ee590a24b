import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Officer, OfficerRole } from '../officer.ts'
import { covers } from '../officer.ts'
import { closedWhys, complaintOffices, type ComplaintAction, type ComplaintEvent } from './complaint.ts'
import { complaintCounts } from './complaintCounts.ts'
import { allowedComplaintSteps, applyComplaint, foldComplaint, type ComplaintState } from './complaintState.ts'
import { denounces } from './denouncing.ts'
import { routeComplaint } from './routeComplaint.ts'

const VILLAGE = '420702104212'
const digits: Partial<Record<OfficerRole, number>> = { village: 12, town: 9, county: 6 }

const officer = (name: string, role: OfficerRole, id = name): Officer => ({
  ...{ id, username: id, name, role, regionCode: VILLAGE.slice(0, digits[role] ?? 6), officePhone: null },
  disabled: false,
})
const staff = [
  officer('李村', 'village'),
  officer('赵镇', 'town'),
  officer('钱县', 'county'),
  officer('孙县', 'county'),
]
const ordinary = { placeCode: VILLAGE, office: 'village' as const, person: null, words: '太慢', serious: false }

describe('where a complaint goes', () => {
  test.each([
    ['the village', {}, '420702104'],
    ['the town', { office: 'town' as const }, '420702'],
    ['the county', { office: 'county' as const }, '420702'],
    ['nobody', { office: 'none' as const }, '420702104'],
    ['nobody, but serious', { office: 'none' as const, serious: true }, '420702'],
    ['a village officer by name who is of the town', { person: '赵镇' }, '420702'],
    ['the village, serious', { serious: true }, '420702104'],
  ])('about %s: to the level above', (_about, changes, place) => {
    expect(routeComplaint({ ...ordinary, ...changes }, staff)?.regionCode).toBe(place)
  })

  test('a serious one about the county, and one where nobody is left, goes nowhere', () => {
    expect(routeComplaint({ ...ordinary, office: 'county', serious: true }, staff)).toBeNull()
    expect(routeComplaint({ ...ordinary, person: '钱县', serious: true }, staff)).toBeNull()
    expect(routeComplaint({ ...ordinary, office: 'county', words: '钱县和孙县都不理人' }, staff)).toBeNull()
  })

  test('who is complained of never sees it, and never his office where it is serious', () => {
    const named = fc.constantFrom(null, '李村', '赵镇', '钱县', '李某', '赵', '孙科长')
    const about = fc.record({
      placeCode: fc.constantFrom(VILLAGE, '420702104', '420702'),
      office: fc.constantFrom(...complaintOffices),
      person: named,
      words: fc.constantFrom('太慢', '李村骂人', '孙县要钱', '赵镇和钱县'),
      serious: fc.boolean(),
    })
    fc.assert(
      fc.property(about, complaint => {
        const routed = routeComplaint(complaint, staff)
        if (!routed) return
        const sees = staff.filter(
          ({ id, regionCode }) => covers(regionCode, routed.regionCode) && !routed.hiddenFrom.includes(id),
        )
        expect(sees.length).toBeGreaterThan(0)
        const said = `${complaint.person ?? ''} ${complaint.words}`
        expect(sees.filter(({ name }) => said.includes(name))).toEqual([])
        const offices = { none: '-', village: 'village', town: 'town', county: 'county' }
        const meant = [
          offices[complaint.office],
          ...staff.filter(({ name }) => said.includes(name)).map(({ role }) => role),
        ]
        if (complaint.serious) expect(sees.filter(({ role }) => meant.includes(role))).toEqual([])
      }),
    )
  })
})

const at = Date.parse('2026-11-23T09:00:00+08:00')
const received = { type: 'received' as const, regionCode: '420702104', due: '2026-12-10', provisional: false }
const log = (...events: ComplaintEvent[]): ComplaintAction[] =>
  [received, ...events].map((event, n) => ({ complaintId: 'c', seq: n + 1, at, actor: { kind: 'system' }, event }))

const samples: Record<ComplaintEvent['type'], ComplaintEvent> = {
  received,
  assigned: { type: 'assigned', officerId: 'o' },
  answered: { type: 'answered', finding: 'founded', text: '已改' },
  confirmed: { type: 'confirmed' },
  reopened: { type: 'reopened', regionCode: '420702', due: '2026-12-20', provisional: false },
  handedOver: { type: 'handedOver', regionCode: '420702', office: '区里', reason: '归区里' },
  lapsed: { type: 'lapsed' },
  closed: { type: 'closed', why: 'silence' },
}

describe('the life of a complaint', () => {
  test('goes received, assigned, answered, reopened once, closed', () => {
    const { assigned, answered, reopened, closed } = samples
    const once = foldComplaint(log(assigned, answered))
    expect(allowedComplaintSteps(once, 'resident')).toEqual(['confirmed', 'reopened'])
    const again = foldComplaint(log(assigned, answered, reopened, assigned, answered))
    expect(again).toMatchObject({ regionCode: '420702', reopened: true })
    expect(allowedComplaintSteps(again, 'resident')).toEqual(['confirmed'])
    const over = foldComplaint(log(assigned, answered, closed))
    for (const actor of ['handler', 'resident', 'system'] as const)
      expect(allowedComplaintSteps(over, actor)).toEqual([])
  })

  test('nobody may do anything twice that counts: along every allowed way each figure is 0 or 1', () => {
    const actors = ['handler', 'resident', 'system'] as const
    const way = fc.array(fc.record({ actor: fc.constantFrom(...actors), pick: fc.nat(9), days: fc.nat(30) }), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(way, steps => {
        const complaint = { topic: 'slow' as const, placeCode: VILLAGE, receivedAt: at }
        const sums = new Map<string, number>()
        let state: ComplaintState | null = null
        const happen = (event: ComplaintEvent, when: number): void => {
          for (const { measure, n } of complaintCounts(complaint, state, { event, at: when }))
            sums.set(measure, (sums.get(measure) ?? 0) + n)
          const action: ComplaintAction = { complaintId: 'c', seq: 1, at: when, actor: { kind: 'system' }, event }
          state = state ? applyComplaint(state, action) : foldComplaint([action])
        }
        happen(received, at)
        for (const { actor, pick, days } of steps) {
          const allowed = state ? allowedComplaintSteps(state, actor) : []
          const step = allowed[pick % Math.max(allowed.length, 1)]
          if (step) happen(samples[step], at + days * 86_400_000)
        }
        for (const n of sums.values()) expect(n === 0 || n === 1).toBe(true)
        expect(sums.get('complaintOnTime') ?? 0).toBeLessThanOrEqual(sums.get('complaintDue') ?? 0)
        expect(sums.get('complaintFirstClosed') ?? 0).toBeLessThanOrEqual(sums.get('complaintFirst') ?? 0)
      }),
    )
    expect(closedWhys).toHaveLength(5)
  })

  test('a suggestion is no complaint in the figures', () => {
    const suggestion = { topic: 'suggestion' as const, placeCode: VILLAGE, receivedAt: at }
    expect(complaintCounts(suggestion, null, { event: received, at })).toEqual([])
  })
})

describe('others reported for their children', () => {
  test.each([
    '隔壁那家偷偷生了第四个',
    '邻居超生没人管',
    '村里有人生了四个孩子',
    '亲戚生了五个娃',
    'my neighbour has too many kids',
  ])('%s', text => expect(denounces(text)).toBe(true))
  test.each([
    '村干部说我邻居超生，向我要五百块',
    '窗口态度差',
    '我生了三个孩子，专干骂人',
    '邻居家吵闹',
    '隔壁窗口没人',
  ])('not: %s', text => expect(denounces(text)).toBe(false))
})
