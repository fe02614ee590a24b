import type { Located } from '../platform/platform.ts'
import { call, part, type Answer, type Send } from './answer.ts'
import { fields, flag, isFields, list, number, text, textOrNull } from './decode.ts'
import type { OfficerWrite } from './officerWrites.ts'

/** A village and what is known of where its office lies. */
export interface VillageSeat {
  regionCode: string
  /** Empty for the officer's own village. */
  place: string
  seat: SeatNote | null
}

export interface SeatNote {
  /** Metres; null where nobody measured. */
  accuracy: number | null
  /** Who stood there; null for the county's list. */
  by: string | null
  at: string
  /** Kilometres to the nearest other office of the town. */
  nearestKm: number | null
  /** So far that somebody should look. */
  far: boolean
}

export interface SeatList {
  villages: VillageSeat[]
  /** Metres of accuracy above which to measure again. */
  roughMetres: number
}

/** `within`: a place of the officer's; empty: all of it. */
export const readSeats = (send: Send, within: string): Promise<Answer<SeatList>> =>
  call(send, { method: 'GET', path: `/api/village-seats${within && `?within=${part(within)}`}` }, seatList)

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null)

function seatList(value: unknown): SeatList {
  const from = fields(value)
  return { villages: list(from['items'], villageSeat), roughMetres: number(from, 'roughMetres') }
}

function villageSeat(value: unknown): VillageSeat {
  const from = fields(value)
  const { seat } = from
  return {
    ...{ regionCode: text(from, 'regionCode'), place: text(from, 'place') },
    seat: isFields(seat)
      ? {
          ...{ accuracy: numberOrNull(seat['accuracy']), by: textOrNull(seat, 'by'), at: text(seat, 'at') },
          ...{ nearestKm: numberOrNull(seat['nearestKm']), far: flag(seat, 'far') },
        }
      : null,
  }
}

const onSeat = (code: string, action: string, end: string, body: object): OfficerWrite => ({
  ...{ action, path: `/api/village-seats/${part(code)}${end}`, body: JSON.stringify(body) },
  fence: null,
})

export const recordSeat = (code: string, at: Located) => onSeat(code, 'recordSeat', '', at)
export const removeSeat = (code: string) => onSeat(code, 'removeSeat', '/remove', {})
