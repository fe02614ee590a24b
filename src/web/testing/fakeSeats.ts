import type { SeatDesk, ShownVillage } from '../../app/seats/seatDesk.ts'
import type { FakeApp } from './fakeApp.ts'
import { AT } from './samples.ts'

const VILLAGE = '420702104212'

const village: ShownVillage = {
  regionCode: VILLAGE,
  seat: {
    ...{ point: { longitude: 114.891_204_5, latitude: 30.372_1 }, accuracy: 12, source: 'onSite', by: '李梅', at: AT },
    ...{ nearestKm: 2.345, far: false },
  },
}
const notFound = { ok: false, refusal: { code: 'notFound' } } as const

/** Answers the sample for its village; everything else is not there. */
export function fakeSeats(app: Pick<FakeApp, 'asked'>): SeatDesk {
  const about =
    (name: string, value: ShownVillage) =>
    async (_officer: unknown, code: string, ...rest: unknown[]) => {
      app.asked.push([name, code, ...rest])
      return code === VILLAGE ? ({ ok: true, value } as const) : notFound
    }
  return {
    list: async (_officer, within) => {
      app.asked.push(['listSeats', within])
      return within === null || VILLAGE.startsWith(within)
        ? { ok: true, value: { villages: [village], roughMetres: 100 } }
        : notFound
    },
    record: about('recordSeat', village),
    remove: about('removeSeat', { regionCode: VILLAGE, seat: null }),
  }
}
