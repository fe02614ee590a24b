import { plainDigits } from '../digits.ts'
import type { RegionData } from '../region.ts'
import { seatColumns } from './seats.ts'
import { bad, doubled, readTable, type BadRow, type Column, type Reading, type Row } from './table.ts'

/** All places below one county by its own list: townships (9 digits) and villages (12), and what people call them. */
export interface CountyList {
  county: string
  rows: readonly (readonly [code: string, name: string])[]
  aliases: readonly (readonly [alias: string, code: string])[]
}

const columns = {
  // All but the code are read by `seats.ts`.
  ...seatColumns,
  name: { headings: ['名称', 'name', '村名', '地区名称'] },
  alias: { headings: ['别名', 'alias', '俗称', '旧名'], optional: true },
} satisfies Record<string, Column>

/** Longest name in the national list is 20 characters; some room. */
const PLACE_NAME = /^[\p{Script=Han}\p{L}\d·()（）]{2,30}$/u
const ALIAS = /^[\p{Script=Han}\p{L}·]{2,20}$/u

interface Place {
  line: number
  code: string
  name: string
  aliases: string[]
}

/**
 * Reads a county's own list: codes of 12 digits for villages and, for townships the service does not know or calls by an
 * old name, of 9 digits. `builtIn` is what the service brings. All codes lie below one county, that of most rows.
 */
export function readCountyList(rows: readonly Row[], builtIn: RegionData): Reading<CountyList> {
  const table = readTable(rows, columns)
  const known = new Map(builtIn.rows)
  const read = table.records.map(({ line, cells }) => ({
    place: {
      line,
      code: plainDigits(cells.code.text),
      name: placeName(cells.name.text),
      aliases: cells.alias.text
        .split(/[、,，;；|/]/u)
        .map(one => one.trim())
        .filter(Boolean),
    },
    // Faults of the cell itself are named by the table.
    sound: cells.code.fault === null && cells.name.fault === null && cells.alias.fault === null,
  }))
  const places = read.flatMap(({ place, sound }) => (sound ? place : []))
  const county = commonCounty(places)
  const towns = new Set([...known.keys(), ...places.map(({ code }) => code)])
  return {
    value: { county, ...asRows(places, known) },
    bad: [
      ...table.bad,
      ...places.flatMap(place => placeFaults(place, county, towns)),
      ...wholeFaults(places, county, known),
    ],
    unused: table.unused,
  }
}

/** People say 下柯村 and 凤凰社区; lists print the name of the committee. The built-in data is cut by the same rule. */
function placeName(name: string): string {
  return name
    .replace(/(?:村民委员会|村委会)$/u, '村')
    .replace(/社区(?:居民(?:管理)?委员会|管理委员会|居委会)$/u, '社区')
    .replace(/村村$/u, '村')
}

function commonCounty(places: readonly Place[]): string {
  const counts = new Map<string, number>()
  for (const { code } of places) counts.set(code.slice(0, 6), (counts.get(code.slice(0, 6)) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? ''
}

function placeFaults({ line, code, name, aliases }: Place, county: string, towns: Set<string>): BadRow[] {
  const faults: BadRow[] = []
  if (code === '') faults.push(bad(line, columns.code, 'empty'))
  else if (!/^(?:\d{9}|\d{12})$/.test(code) || code.endsWith('000')) faults.push(bad(line, columns.code, 'code', code))
  else if (!code.startsWith(county)) faults.push(bad(line, columns.code, 'otherCounty', code))
  else if (code.length === 12 && !towns.has(code.slice(0, 9)))
    faults.push(bad(line, columns.code, 'noTownship', code.slice(0, 9)))
  if (name === '') faults.push(bad(line, columns.name, 'empty'))
  else if (!PLACE_NAME.test(name)) faults.push(bad(line, columns.name, 'placeName', name))
  const wrong = aliases.filter(alias => !ALIAS.test(alias))
  return [...faults, ...wrong.map(alias => bad(line, columns.alias, 'alias', alias))]
}

function wholeFaults(places: readonly Place[], county: string, known: ReadonlyMap<string, string>): BadRow[] {
  const nameIn = ({ code, name }: Place) => (code.length === 12 && name !== '' ? `${code.slice(0, 9)} ${name}` : '')
  return [
    ...(places.length > 0 && !known.has(county) ? [bad(0, columns.code, 'countyUnknown', county)] : []),
    ...(places.length === 0 ? [bad(0, columns.code, 'empty')] : []),
    ...doubled(places, ({ code }) => code).map(({ line, code }) => bad(line, columns.code, 'twice', code)),
    ...doubled(places, nameIn).map(({ line, name }) => bad(line, columns.name, 'sameName', name)),
  ]
}

/** Townships the list leaves out keep the names we know, as long as a village of theirs is listed. */
function asRows(places: readonly Place[], known: ReadonlyMap<string, string>): Pick<CountyList, 'rows' | 'aliases'> {
  const rows = new Map(places.map(({ code, name }) => [code, name] as const))
  for (const { code } of places) {
    const town = code.slice(0, 9)
    const name = known.get(town)
    if (!rows.has(town) && name !== undefined) rows.set(town, name)
  }
  return {
    rows: [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    aliases: places.flatMap(({ code, aliases }) => aliases.map(alias => [alias, code] as const)),
  }
}

/** Built-in places with each county's part replaced by its own list. Old names stay while the place they mean is listed. */
export function withCountyLists(builtIn: RegionData, lists: readonly CountyList[]): RegionData {
  if (lists.length === 0) return builtIn
  const counties = new Set(lists.map(({ county }) => county))
  const listed = new Set(lists.flatMap(({ rows }) => rows.map(([code]) => code)))
  const stays = (code: string) => code.length <= 6 || !counties.has(code.slice(0, 6))
  return {
    rows: [...builtIn.rows.filter(([code]) => stays(code)), ...lists.flatMap(({ rows }) => rows)],
    aliases: [
      ...builtIn.aliases.filter(([, code]) => stays(code) || listed.has(code)),
      ...lists.flatMap(({ aliases }) => aliases),
    ],
  }
}

/** What a list changes in one county: codes that come, go, and are called otherwise. */
export interface RegionPlan {
  added: string[]
  removed: string[]
  renamed: string[]
  unchanged: number
}

/** Compares the places of the list's county as they are now with those of the list. */
export function planCounty(now: RegionData, list: CountyList): RegionPlan {
  const before = new Map(now.rows.filter(([code]) => code.length > 6 && code.startsWith(list.county)))
  const after = new Map(list.rows)
  const both = [...after.keys()].filter(code => before.has(code))
  const renamed = both.filter(code => before.get(code) !== after.get(code))
  return {
    added: [...after.keys()].filter(code => !before.has(code)),
    removed: [...before.keys()].filter(code => !after.has(code)),
    renamed,
    unchanged: both.length - renamed.length,
  }
}
