import { z } from 'zod'
import type { ShownVillage } from '../app/seats/seatDesk.ts'
import type { GeoPoint } from '../domain/seats/coordinates.ts'
import { seatSources } from '../domain/seats/villageSeat.ts'
import { shanghaiTime } from '../domain/world.ts'
import { placeWithin } from './present.ts'

/** In WGS-84, degrees. */
export const seatPoint = z.strictObject({ longitude: z.number(), latitude: z.number() })

export const seatSchema = z.strictObject({
  regionCode: z.string(),
  place: z.string(),
  seat: z
    .strictObject({
      point: seatPoint,
      accuracy: z.number().nullable(),
      source: z.enum(seatSources),
      by: z.string().nullable(),
      at: z.string(),
      nearestKm: z.number().nullable(),
      far: z.boolean(),
    })
    .nullable(),
})

/** A hundred-thousandth of a degree is a metre: more digits than that nobody measured. */
const PLACES_OF_A_DEGREE = 100_000
const rounded = (value: number, parts: number) => Math.round(value * parts) / parts

export const pointJson = ({ longitude, latitude }: GeoPoint) => ({
  longitude: rounded(longitude, PLACES_OF_A_DEGREE),
  latitude: rounded(latitude, PLACES_OF_A_DEGREE),
})

/** `nameOf`: full Chinese name of a place; `around`: the place of who looks. */
export function seatJson(
  { regionCode, seat }: ShownVillage,
  around: string,
  nameOf: (code: string) => string | null,
): z.infer<typeof seatSchema> {
  const place = placeWithin(nameOf(around) ?? '', nameOf(regionCode) ?? '')
  if (!seat) return { regionCode, place, seat: null }
  const { accuracy, source, by, far } = seat
  const nearestKm = seat.nearestKm === null ? null : rounded(seat.nearestKm, 10)
  return {
    ...{ regionCode, place },
    seat: { ...{ accuracy, source, by, far, nearestKm }, point: pointJson(seat.point), at: shanghaiTime(seat.at) },
  }
}
