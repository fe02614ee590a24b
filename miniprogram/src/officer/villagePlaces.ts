import type { Seat, VillageCount } from '../api/rounds.ts'

/** A village whose office has a place. */
export type Placed = VillageCount & { seat: Seat }

/** The villages of one town that have a place; `name` is empty where the officer works in the town. */
export interface TownPart {
  code: string
  name: string
  placed: Placed[]
}

const TOWN_DIGITS = 9
const VILLAGE_DIGITS = 12
/** With one alone there is nothing to see. */
const LEAST_ON_A_MAP = 2

const isPlaced = (village: VillageCount): village is Placed => village.seat !== null

/** Each town has a map of its own: of a county one would see towns in heaps. In the order in which the villages came. */
export function townsOf(villages: readonly VillageCount[]): TownPart[] {
  const towns = new Map<string, TownPart>()
  for (const village of villages.filter(isPlaced)) {
    const code = village.regionCode.slice(0, TOWN_DIGITS)
    const known = towns.get(code)
    if (known) known.placed.push(village)
    else towns.set(code, { code, name: village.town, placed: [village] })
  }
  return [...towns.values()]
}

export const hasMap = ({ placed }: TownPart): boolean => placed.length >= LEAST_ON_A_MAP

/** Whether there is anything to draw. */
export const isDrawable = (villages: readonly VillageCount[]): boolean => townsOf(villages).some(hasMap)

const isVillage = ({ regionCode }: VillageCount): boolean => regionCode.length === VILLAGE_DIGITS

/** Villages of which somebody is still to record it. */
export const withoutPlace = (villages: readonly VillageCount[]): VillageCount[] =>
  villages.filter(village => village.seat === null && isVillage(village))

/** Tasks of a town or county itself lie in no village. */
export const ofNoVillage = (villages: readonly VillageCount[]): VillageCount[] =>
  villages.filter(village => !isVillage(village))
