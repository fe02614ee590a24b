import { covers, type Officer } from '../../domain/officer.ts'
import { seatBoundsOf } from '../../domain/packs/seats.ts'
import { isLatitudeOfChina, isLongitudeOfChina, type GeoPoint } from '../../domain/seats/coordinates.ts'
import { nearestOthers, pointOf, type SeatSource, type VillageSeat } from '../../domain/seats/villageSeat.ts'
import { officerActor } from '../../domain/taskState.ts'
import type { Instant } from '../../domain/world.ts'
import { asService } from '../asService.ts'
import type { Outcome } from '../caseViews.ts'
import { eyesOf, untilQuiet } from '../officer/eyes.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/** A village and where its office lies. */
export interface ShownVillage {
  regionCode: string
  seat: ShownSeat | null
}

export interface ShownSeat {
  /** In WGS-84. */
  point: GeoPoint
  accuracy: number | null
  source: SeatSource
  /** Name of the officer; null for the county's list. */
  by: string | null
  at: Instant
  /** Kilometres to the nearest other of its town; null while it is the only one. */
  nearestKm: number | null
  /** Farther than the place takes for plausible: somebody should look. */
  far: boolean
}

export interface SeatList {
  villages: ShownVillage[]
  /** Metres of accuracy above which to measure again. */
  roughMetres: number
}

/** What a phone measured at the door of the office. */
export type Measured = Pick<VillageSeat, 'point' | 'system' | 'accuracy'>

/** 村委会的位置: recorded by officers of the place, seen by them. Each write is in the audit trail, without the place itself. */
export interface SeatDesk {
  /** `within`: a place of his; null: all of it. */
  list(officer: Officer, within: string | null): Promise<Outcome<SeatList>>
  /** Takes the place of what was recorded before, by whom ever. */
  record(officer: Officer, village: string, measured: Measured): Promise<Outcome<ShownVillage>>
  /** `alreadyDone`: there was none. */
  remove(officer: Officer, village: string): Promise<Outcome<ShownVillage>>
}

const TOWN_DIGITS = 9

/** `villagesIn`: codes of the villages at or below a place, in the order of the list of places. */
export function makeSeatDesk(parts: AppParts, villagesIn: (placeCode: string) => readonly string[]): SeatDesk {
  const change = (officer: Officer, village: string, run: (tx: Tx) => Promise<Outcome<null>>) => {
    if (!covers(officer.regionCode, village) || villagesIn(village)[0] !== village) return refused({ code: 'notFound' })
    return untilQuiet(() =>
      parts.store.transaction(eyesOf(officer), async (tx): Promise<Outcome<ShownVillage>> => {
        const done = await run(tx)
        if (!done.ok) return done
        const [shown] = await shownVillages(parts, tx, { within: village, villages: [village] })
        return shown ? { ok: true, value: shown } : refused({ code: 'notFound' })
      }),
    )
  }
  return {
    list: async (officer, within) => {
      const place = within ?? officer.regionCode
      if (!covers(officer.regionCode, place)) return refused({ code: 'notFound' })
      const villages = villagesIn(place)
      const { roughMetres } = seatBoundsOf(parts.packFor(officer.regionCode).seats)
      const shown = await parts.store.transaction(eyesOf(officer), tx =>
        shownVillages(parts, tx, { within: place, villages }),
      )
      return { ok: true, value: { villages: shown, roughMetres } }
    },
    record: async (officer, village, measured) => {
      const fields = wrongFields(measured)
      if (fields.length > 0) return refused({ code: 'badInput', fields })
      return change(officer, village, async tx => {
        const seat = { ...measured, regionCode: village, source: 'onSite', by: officer.id } as const
        await tx.seats.record({ ...seat, at: parts.world.now() })
        const { system, accuracy } = measured
        await note(parts, tx, officer, { action: 'villageSeat.record', village, detail: { system, accuracy } })
        return { ok: true, value: null }
      })
    },
    remove: async (officer, village) =>
      change(officer, village, async tx => {
        if (!(await tx.seats.remove(village))) return refused({ code: 'alreadyDone' })
        await note(parts, tx, officer, { action: 'villageSeat.remove', village, detail: {} })
        return { ok: true, value: null }
      }),
  }
}

function wrongFields({ point, accuracy }: Measured): string[] {
  return [
    ...(isLongitudeOfChina(point.longitude) ? [] : ['longitude']),
    ...(isLatitudeOfChina(point.latitude) ? [] : ['latitude']),
    ...(accuracy === null || accuracy >= 0 ? [] : ['accuracy']),
  ]
}

/** A village officer sees no other village: how far the nearest is, and nothing else of them, is told with the eyes of the service. */
async function shownVillages(
  parts: AppParts,
  tx: Tx,
  { within, villages }: { within: string; villages: readonly string[] },
): Promise<ShownVillage[]> {
  const around = await asService(tx, () => tx.seats.within(within.slice(0, TOWN_DIGITS)))
  const nearest = nearestOthers(around)
  const seats = new Map((await tx.seats.within(within)).map(seat => [seat.regionCode, seat]))
  const names = await namesOf(tx, [...seats.values()])
  return villages.map(regionCode => {
    const seat = seats.get(regionCode)
    if (!seat) return { regionCode, seat: null }
    const { accuracy, source, at } = seat
    const nearestKm = nearest.get(regionCode) ?? null
    const far = nearestKm !== null && nearestKm > seatBoundsOf(parts.packFor(regionCode).seats).farKm
    const by = names.get(seat.by ?? '') ?? null
    return { regionCode, seat: { point: pointOf(seat), accuracy, source, by, at, nearestKm, far } }
  })
}

async function namesOf(tx: Tx, seats: readonly VillageSeat[]): Promise<Map<string, string>> {
  const ids = [...new Set(seats.flatMap(({ by }) => by ?? []))]
  return new Map((await tx.officers.byIds(ids)).map(({ id, name }) => [id, name]))
}

interface Note {
  action: string
  village: string
  detail: Record<string, string | number | null>
}

function note(parts: AppParts, tx: Tx, officer: Officer, { action, village, detail }: Note): Promise<void> {
  return tx.audit.add({
    ...{ actor: officerActor(officer), action, objectKind: 'villageSeat', objectId: village, regionCode: village },
    ...{ detail, at: parts.world.now() },
  })
}
