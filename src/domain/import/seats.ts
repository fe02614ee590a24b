import { plainDigits } from '../digits.ts'
import { levelOf } from '../region.ts'
import { isLatitudeOfChina, isLongitudeOfChina, type CoordinateSystem, type GeoPoint } from '../seats/coordinates.ts'
import type { VillageSeat } from '../seats/villageSeat.ts'
import { bad, isKept, readTable, type BadRow, type Cell, type Column, type Row } from './table.ts'

/** Of a county's own list of places: which one, and where its office lies. */
export const seatColumns = {
  code: { headings: ['代码', 'code', '地区代码', '区划代码'] },
  longitude: { headings: ['经度', 'longitude', '东经'], optional: true, fraction: true },
  latitude: { headings: ['纬度', 'latitude', '北纬'], optional: true, fraction: true },
  system: { headings: ['坐标系', 'coordinateSystem', '坐标系统'], optional: true },
} satisfies Record<string, Column>

/** What offices write for a system. The map of Baidu has one of its own, which we do not take: nobody needs it here so far. */
const SYSTEMS: Record<string, CoordinateSystem> = {
  ...{ wgs84: 'wgs84', gps: 'wgs84' },
  ...{ cgcs2000: 'cgcs2000', 国家2000: 'cgcs2000', '2000国家大地坐标系': 'cgcs2000' },
  ...{ gcj02: 'gcj02', 国测局: 'gcj02', 高德: 'gcj02', 腾讯: 'gcj02', 高德地图: 'gcj02', 腾讯地图: 'gcj02' },
}

/** A village with where its office lies, as a list gives it. */
export interface ListedSeat {
  regionCode: string
  point: GeoPoint
  system: CoordinateSystem
}

/**
 * Reads where the list says that village offices lie; rows without it say nothing. Faults of codes and of cells are named by
 * `readCountyList`, which reads the same rows.
 */
export function readListedSeats(rows: readonly Row[]): { value: ListedSeat[]; bad: BadRow[] } {
  const given = readTable(rows, seatColumns).records.filter(({ cells }) =>
    [cells.longitude, cells.latitude, cells.system].some(({ text }) => text !== ''),
  )
  const read = given.flatMap(({ line, cells }) => {
    const names = ['longitude', 'latitude', 'system'] as const
    const sound = names.every(name => cells[name].fault === null || isKept(seatColumns[name], cells[name]))
    return sound ? seatIn(line, cells) : []
  })
  return {
    value: read.flatMap(({ seat }) => seat ?? []),
    bad: read.flatMap(one => one.bad),
  }
}

const DEGREES = /^\d{1,3}(?:\.\d+)?$/

function seatIn(
  line: number,
  cells: Record<keyof typeof seatColumns, Cell>,
): { seat: ListedSeat | null; bad: BadRow[] } {
  const regionCode = plainDigits(cells.code.text)
  const degrees = (text: string) => (DEGREES.test(text) ? Number(text) : Number.NaN)
  const point = { longitude: degrees(cells.longitude.text), latitude: degrees(cells.latitude.text) }
  const system = SYSTEMS[cells.system.text.replace(/[\s-]/g, '').toLowerCase()]
  const faults = [
    ...(isLongitudeOfChina(point.longitude)
      ? []
      : [bad(line, seatColumns.longitude, 'longitude', cells.longitude.text)]),
    ...(isLatitudeOfChina(point.latitude) ? [] : [bad(line, seatColumns.latitude, 'latitude', cells.latitude.text)]),
    ...(system ? [] : [bad(line, seatColumns.system, 'coordinateSystem', cells.system.text)]),
    ...(levelOf(regionCode) === 'village' ? [] : [bad(line, seatColumns.code, 'seatOfTown', regionCode)]),
  ]
  return system && faults.length === 0 ? { seat: { regionCode, point, system }, bad: [] } : { seat: null, bad: faults }
}

/** What a list changes. `kept`: an officer stood there; the list does not know better. */
export interface SeatPlan {
  added: ListedSeat[]
  changed: ListedSeat[]
  kept: VillageSeat[]
  unchanged: number
}

/** Compares a list with what is recorded. */
export function planSeats(now: readonly VillageSeat[], listed: readonly ListedSeat[]): SeatPlan {
  const known = new Map(now.map(seat => [seat.regionCode, seat]))
  const fromList = listed.filter(({ regionCode }) => known.get(regionCode)?.source !== 'onSite')
  const differs = (seat: ListedSeat) => !isSame(known.get(seat.regionCode), seat)
  return {
    added: fromList.filter(({ regionCode }) => !known.has(regionCode)),
    changed: fromList.filter(seat => known.has(seat.regionCode) && differs(seat)),
    kept: listed.flatMap(({ regionCode }) => known.get(regionCode) ?? []).filter(({ source }) => source === 'onSite'),
    unchanged: fromList.filter(seat => known.has(seat.regionCode) && !differs(seat)).length,
  }
}

const isSame = (one: ListedSeat | undefined, { point, system }: ListedSeat): boolean =>
  one?.system === system && one.point.longitude === point.longitude && one.point.latitude === point.latitude
