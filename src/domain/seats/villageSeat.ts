import type { Instant } from '../world.ts'
import { kilometresBetween, toWgs84, type CoordinateSystem, type GeoPoint } from './coordinates.ts'

/** `onSite`: an officer stood there with his phone. `list`: the county's own list of places says so. */
export const seatSources = ['onSite', 'list'] as const
export type SeatSource = (typeof seatSources)[number]

/** Where the office of a village lies (村委会), as it was given: in which system, by whom, when. */
export interface VillageSeat {
  /** 12 digits. */
  regionCode: string
  point: GeoPoint
  system: CoordinateSystem
  /** Metres, as the phone said; null where nobody measured. */
  accuracy: number | null
  source: SeatSource
  /** The officer; null for a list. */
  by: string | null
  at: Instant
}

/** Where it lies, in WGS-84. */
export const pointOf = ({ point, system }: Pick<VillageSeat, 'point' | 'system'>): GeoPoint => toWgs84(point, system)

const TOWN_DIGITS = 9

/**
 * Kilometres from each seat to the nearest other of its town; null while it is the only one. One far from all others was
 * likely recorded in the wrong place.
 */
export function nearestOthers(
  seats: readonly Pick<VillageSeat, 'regionCode' | 'point' | 'system'>[],
): Map<string, number | null> {
  const placed = seats.map(seat => ({ regionCode: seat.regionCode, at: pointOf(seat) }))
  const townOf = (code: string) => code.slice(0, TOWN_DIGITS)
  return new Map(
    placed.map(({ regionCode, at }) => {
      const distances = placed
        .filter(other => other.regionCode !== regionCode && townOf(other.regionCode) === townOf(regionCode))
        .map(other => kilometresBetween(at, other.at))
      return [regionCode, distances.length === 0 ? null : Math.min(...distances)]
    }),
  )
}
