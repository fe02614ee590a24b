import type { CareDesk, CardPrint } from '../../app/care/careDesk.ts'
import type { CareView } from '../../app/care/careViews.ts'
import type { CareEvent } from '../../domain/care/careFamily.ts'
import { careGaps, foldCare } from '../../domain/care/careState.ts'
import type { FakeApp } from './fakeApp.ts'
import { AT, village } from './samples.ts'

const visit = {
  ...{ id: 'visit-1', on: '2026-11-20', way: 'home' as const, mood: 'low' as const, words: '说了会儿话，心里不好受' },
  ...{ needs: ['talk' as const], promise: { words: '带去办慢病卡', by: '2026-12-01' } },
}
const events: CareEvent[] = [
  {
    ...{
      type: 'registered',
      people: [{ name: '欧阳娜娜', birthday: null }],
      phone: '13800000000',
      address: '下柯村三组',
    },
    consent: { version: 1, at: AT, way: 'paper' },
  },
  { type: 'contactSet', post: 'cadre', officerId: village.id, why: 'chosen' },
  { type: 'hospitalSet', hospital: { name: '区人民医院', desk: '一楼服务台', phone: null } },
  { type: 'cardIssued', number: 'LT261123-000001' },
  { type: 'visited', visit, taskId: null, promiseTaskId: 'task-7' },
]
const actor = { kind: 'officer' as const, id: village.id, role: village.role, regionCode: village.regionCode }
const state = foldCare(events.map((event, n) => ({ familyId: 'family-1', seq: n + 1, at: AT, actor, event })))
const view: CareView = {
  ...{ id: 'family-1', name: '欧家', regionCode: village.regionCode, placeName: '湖北省鄂州市梁子湖区沼山镇下柯村' },
  ...{ status: state.status, gaps: careGaps(state), lastVisit: '2026-11-20', due: '2026-12-01', overdue: false },
  contacts: { leader: null, cadre: { id: village.id, name: village.name, phone: null } },
  ...{
    state,
    residentLinked: false,
    quiet: null,
    keepDays: 90,
    everyMonths: null,
    names: { [village.id]: village.name },
  },
  tasks: [
    { id: 'task-7', source: 'carePromise', summary: '答应欧家的事，到日子了', due: '2026-12-01', overdue: false },
  ],
  plan: [{ key: 'k', reason: 'festival', festival: 'spring', opens: '2027-01-30', due: '2027-02-05' }],
  card: { number: 'LT261123-000001', looks: 2, lastLookAt: AT },
}
const print: CardPrint = {
  ...{ number: 'LT261123-000001', code: 'ABCDEFGH12345X', surname: '欧', office: '湖北省鄂州市梁子湖区沼山镇' },
  hospital: { name: '区人民医院', desk: '一楼服务台', phone: null },
}
const activity = {
  ...{ id: 'activity-1', regionCode: '420702104', title: '包饺子', place: '暖心家园', startsAt: AT, capacity: 12 },
  ...{ note: null, cancelledAt: null },
}
const notFound = { ok: false, refusal: { code: 'notFound' } } as const

/** Answers the sample for `family-1`; everything else is not there. */
export function fakeCare({ asked }: Pick<FakeApp, 'asked'>): CareDesk {
  const known = async (name: string, id: string, ...rest: unknown[]) => {
    asked.push([name, id, ...rest])
    return id === view.id ? { ok: true as const, value: { id } } : notFound
  }
  return {
    async list(_officer, filter) {
      asked.push(['careFamilies', filter])
      return { items: [view], next: null }
    },
    one: async (_officer, id) => (id === view.id ? { ok: true, value: view } : notFound),
    ofTask: async (_officer, id) => (id === 'task-7' ? { ok: true, value: { id: view.id } } : notFound),
    register: (_officer, given) => known('registerCare', view.id, given),
    setPeople: (_officer, id, given) => known('setPeople', id, given),
    setContact: (_officer, id, change) => known('setContact', id, change),
    contactsFor: async (_officer, id) =>
      id === view.id ? { ok: true, value: { leader: [], cadre: [{ id: village.id, name: village.name }] } } : notFound,
    setDuties: (_officer, id, set) => known('setDuties', id, set),
    writeVisit: (_officer, id, written) => known('writeVisit', id, written),
    keepPromise: (_officer, id, kept) => known('keepPromise', id, kept),
    occurred: (_officer, id, occasion) => known('occurred', id, occasion),
    addHelper: (_officer, id, helper) => known('addHelper', id, helper),
    endHelper: (_officer, id, helper) => known('endHelper', id, helper),
    setErrand: async (_officer, id) => (id === view.id ? { ok: true, value: { code: print.code } } : notFound),
    endErrand: (_officer, id, errand, how) => known('endErrand', id, errand, how),
    issueCard: (_officer, id) => known('issueCard', id),
    endCard: (_officer, id) => known('endCard', id),
    card: async (_officer, id) => (id === view.id ? { ok: true, value: print } : notFound),
    end: (_officer, id, why) => known('endCare', id, why),
    coverage: async () => ({
      places: [
        {
          regionCode: '420702104',
          families: null,
          done: { contactPair: null, familyDoctor: null, greenChannel: null },
        },
      ],
      ...{ sum: null, target: 1, source: null },
    }),
    activities: {
      list: async () => [
        { activity, placeName: '沼山镇', taken: 3, families: [{ id: view.id, name: view.name, people: 2 }] },
      ],
      open: (_officer, given) => known('openActivity', view.id, given),
      cancel: async (_officer, id) => (id === activity.id ? { ok: true, value: { id } } : notFound),
      signUp: (_officer, { familyId, ...rest }) => known('signUp', familyId, rest),
    },
    resident: {
      card: async residentId => (residentId === 'resident-1' ? print : null),
      activities: async () => [{ activity, hasRoom: true, people: null, waits: false }],
      signUp: async (_residentId, { activityId, people }) =>
        activityId !== activity.id ? 'notThere' : people > 3 ? 'full' : 'ok',
    },
    lookAtCard: async code =>
      code === print.code
        ? {
            ...{
              number: print.number,
              valid: true,
              surname: print.surname,
              hospital: '区人民医院',
              desk: '一楼服务台',
            },
            ...{ officePhone: null, regionCode: village.regionCode },
          }
        : null,
    lookAtErrand: async code =>
      code === print.code
        ? {
            ...{ need: 'accompany', on: '2026-12-01', time: '09:30', place: '医院门口', surname: '欧' },
            ...{ contact: { name: village.name, phone: null }, ended: false },
          }
        : null,
    remind: async () => 0,
    plan: async () => 0,
  }
}
