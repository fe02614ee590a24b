import type { Officer } from '../officer.ts'
import type { ComplaintOffice } from './complaint.ts'

/** Digits of the code of a town and of a county. */
const TOWN = 9
const COUNTY = 6

const levels: Record<ComplaintOffice, number> = { none: 0, village: 1, town: 2, county: 3 }

export interface Routed {
  /** Region code of the place that handles it. */
  regionCode: string
  /** Those complained of: they never see it, wherever they work. */
  hiddenFrom: string[]
}

export interface ToRoute {
  placeCode: string
  office: ComplaintOffice
  /** The person complained of, as named. */
  person: string | null
  words: string
  serious: boolean
}

/**
 * Where a complaint goes: to the level above the office complained of, and above every officer who was recognised in it.
 * One about nobody goes to the town, a serious one or one about an unknown person to the county. The county handles what
 * is about itself without those complained of, unless it is serious (人口与计划生育法 43). Null: nobody in the service may.
 * `officers`: all who work in the county.
 */
export function routeComplaint(complaint: ToRoute, officers: readonly Officer[]): Routed | null {
  const { placeCode, office, serious, person } = complaint
  const working = officers.filter(({ role, disabled }) => role !== 'auditor' && !disabled)
  const meant = complainedOf(complaint, working)
  const level = Math.max(levels[office], ...meant.map(levelOf))
  if (serious && level >= levels.county) return null
  const hiddenFrom = meant.map(({ id }) => id).toSorted()
  const toCounty =
    level >= levels.town || placeCode.length < TOWN || (office === 'none' && (serious || person !== null))
  const places = [...(toCounty ? [] : [placeCode.slice(0, TOWN)]), placeCode.slice(0, COUNTY)]
  const regionCode = places.find(place => someone(working, place, hiddenFrom))
  return regionCode === undefined ? null : { regionCode, hiddenFrom }
}

/** The level above, for a complaint that was taken up again; null when there is nobody else. */
export function placeAbove(
  regionCode: string,
  hiddenFrom: readonly string[],
  officers: readonly Officer[],
): string | null {
  const county = regionCode.slice(0, COUNTY)
  const working = officers.filter(({ role, disabled }) => role !== 'auditor' && !disabled)
  return someone(working, county, hiddenFrom) ? county : null
}

/** Whether somebody sits exactly there and may see it. */
function someone(officers: readonly Officer[], place: string, hiddenFrom: readonly string[]): boolean {
  return officers.some(({ id, regionCode }) => regionCode === place && !hiddenFrom.includes(id))
}

/**
 * Officers who may be meant: those whose full name stands in what was written; where the named person has no full name of
 * an officer, all who share his surname. Rather one too many: whoever is left out only does not see it.
 */
function complainedOf({ person, words, placeCode }: ToRoute, officers: readonly Officer[]): Officer[] {
  const over = officers.filter(({ regionCode }) => regionCode.startsWith(placeCode.slice(0, COUNTY)))
  const said = `${person ?? ''}\n${words}`
  const full = over.filter(({ name }) => name.length > 1 && said.includes(name))
  if (full.some(({ name }) => person?.includes(name)) || person === null) return full
  const surname = person.trim().charAt(0)
  const near = over.filter(({ name, regionCode }) => name.startsWith(surname) && onItsLine(regionCode, placeCode))
  return [...new Set([...full, ...near])]
}

/** An officer of this very place or above it: another village's namesake is not meant by a bare surname. */
function onItsLine(regionCode: string, placeCode: string): boolean {
  return placeCode.startsWith(regionCode) || regionCode.startsWith(placeCode)
}

function levelOf({ role }: Officer): number {
  return role === 'auditor' ? 0 : levels[role]
}
