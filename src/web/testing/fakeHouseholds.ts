import type { HouseholdDesk, HouseholdWithLinks } from '../../app/households/householdDesk.ts'
import type { OwnHouseholds, OwnHouseholdsView } from '../../app/households/ownHouseholds.ts'
import type { FakeApp } from './fakeApp.ts'
import { AT } from './samples.ts'

const household: HouseholdWithLinks = {
  ...{ id: 'household-1', place: '鄂城区凤凰街道滨湖社区', number: 'H-1', head: '李*', speakers: 1, gone: null },
  links: [{ id: 'resident-9', proof: 'officer', since: AT, name: '王*' }],
  changes: [
    {
      ...{ id: 'change-1', kind: 'unlinked', by: '李梅', at: AT, verdict: null, reason: null, maySettle: true },
    },
  ],
}
const { links: _links, changes: _changes, ...brief } = household
const own: OwnHouseholdsView = {
  links: [{ id: 'household-1', place: household.place, head: '李*', proof: 'phone', since: AT, until: '2027-11-23' }],
  ...{ choices: [], phone: 'longAgo', lapsedAt: null },
}
/** One that somebody else noted as gone, which waits for a second look. */
const WAITING = 'household-waiting'
const notFound = { ok: false, refusal: { code: 'notFound' } } as const

/** Answers the sample for `household-1`; everything else is not there. The code `12345678` and the token `right` prove it. */
export function fakeHouseholds(app: Pick<FakeApp, 'asked'>): {
  households: HouseholdDesk
  ownHouseholds: OwnHouseholds
} {
  const about =
    <T>(name: string, value: T) =>
    async (_officer: unknown, id: string, ...rest: unknown[]) => {
      app.asked.push([name, id, ...rest])
      return id === household.id ? ({ ok: true, value } as const) : notFound
    }
  const linked = {
    kind: 'linked',
    household: { ...household, headName: '李秀英', regionCode: '420702104212' },
  } as const
  const provedBy = (right: string) => async (_residentId: string, shown: string) =>
    shown === right ? linked : ({ kind: 'wrong' } as const)
  return {
    households: {
      find: async (_officer, wanted) => {
        app.asked.push(['findHouseholds', wanted])
        return { ok: true, value: [brief] }
      },
      waiting: async () => [brief],
      one: about('household', household),
      code: about('householdCode', { code: '12345678', expiresAt: AT }),
      unlink: about('unlinkHousehold', household),
      setGone: async (officer, id, way, reason) => {
        if (id !== WAITING) return about('householdGone', household)(officer, id, way)
        return reason ? { ok: true, value: household } : { ok: false, refusal: { code: 'reasonMissing' } }
      },
      settle: about('settleHousehold', household),
    },
    ownHouseholds: {
      of: async () => own,
      confirmPhone: async (residentId, phone) => {
        app.asked.push(['confirmPhone', residentId, phone])
        return { ...own, phone: 'confirmed' }
      },
      refusePhone: async residentId => void app.asked.push(['refusePhone', residentId]),
      choose: provedBy(household.id),
      redeem: provedBy('12345678'),
      bySurvey: provedBy('right'),
      end: async (_residentId, householdId) => householdId === household.id,
    },
  }
}
