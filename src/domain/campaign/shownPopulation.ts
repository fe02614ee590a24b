import { exclusionReasons, type CampaignFilter, type ExclusionReason, type PopulationCount } from './campaign.ts'

/**
 * Reasons that tell something of a household which nobody may read from a campaign. That it was not asked lately belongs to them:
 * where all others were, it is one that is left alone.
 */
export const quietReasons = [
  'leftAlone',
  'openComplaint',
  'optedOut',
  'askedLately',
] as const satisfies readonly ExclusionReason[]

/** To how many households what is told of them is rounded. Product default: two of what must not be shown (five). */
export const QUIET_UNIT = 10

/** One line of the list of those who are not asked. `together`: 不打扰的户, all quiet reasons in one rounded number. */
export interface ShownExclusion {
  reason: ExclusionReason | 'together'
  households: number
}

/** What officers read of a population. `eligible`: what is left of the found ones by what is told, not by what is so. */
export interface ShownPopulation {
  found: number
  eligible: number
  excluded: ShownExclusion[]
}

/** Households of one village that a filter finds, by what stands against asking them. */
export interface VillageFound {
  villageCode: string
  reason: ExclusionReason | null
  households: number
}

/** A filter by size takes parts of villages: two such filters may differ in one known household. */
export function takesParts({ membersFrom, membersTo }: Pick<CampaignFilter, 'membersFrom' | 'membersTo'>): boolean {
  return membersFrom !== null || membersTo !== null
}

/**
 * 不打扰的户 as one rounded number, or null where nothing is said. Only whole villages of at least `smallest` households count, so
 * that no two filters whose answers differ in it differ in one household, or a few.
 */
export function quietHouseholds(
  filter: Pick<CampaignFilter, 'membersFrom' | 'membersTo'>,
  rows: readonly VillageFound[],
  smallest: number,
): number | null {
  if (takesParts(filter)) return null
  const found = new Map<string, number>()
  for (const { villageCode, households } of rows) found.set(villageCode, (found.get(villageCode) ?? 0) + households)
  const isLarge = ({ villageCode }: VillageFound) => (found.get(villageCode) ?? 0) >= smallest
  return rounded(sumOf(rows.filter(row => isQuiet(row.reason) && isLarge(row))))
}

/** A count as officers see it: the reasons that anybody may know, the quiet ones in one number where it may be told. */
export function shownPopulation({ found, excluded }: PopulationCount, quiet: number | null): ShownPopulation {
  const open = openLines(excluded)
  const left = found - open.reduce((sum, { households }) => sum + households, 0)
  return { found, eligible: Math.max(0, left - (quiet ?? 0)), excluded: [...open, ...togetherLine(quiet ?? 0)] }
}

/** Those of a sample who were not asked in the end; who was drawn nobody is told, so the quiet ones are one rounded number. */
export function shownExclusions(excluded: PopulationCount['excluded']): ShownExclusion[] {
  const quiet = quietReasons.reduce((sum, reason) => sum + (excluded[reason] ?? 0), 0)
  return [...openLines(excluded), ...togetherLine(rounded(quiet))]
}

/** Households of each village of whom nothing that anybody may know says that they are not asked. */
export function reachable(rows: readonly VillageFound[]): Map<string, number> {
  const villages = new Map<string, number>()
  for (const { villageCode, reason, households } of rows)
    if (reason === null || isQuiet(reason)) villages.set(villageCode, (villages.get(villageCode) ?? 0) + households)
  return villages
}

/** Down to the unit: of what a filter by size draws. */
export function wholeUnits(households: number): number {
  return Math.floor(households / QUIET_UNIT) * QUIET_UNIT
}

const isQuiet = (reason: ExclusionReason | null): boolean => quietReasons.some(one => one === reason)
const rounded = (households: number): number => Math.round(households / QUIET_UNIT) * QUIET_UNIT
const sumOf = (rows: readonly VillageFound[]): number => rows.reduce((sum, { households }) => sum + households, 0)

function openLines(excluded: PopulationCount['excluded']): ShownExclusion[] {
  return exclusionReasons
    .filter(reason => !isQuiet(reason) && (excluded[reason] ?? 0) > 0)
    .map(reason => ({ reason, households: excluded[reason] ?? 0 }))
}

const togetherLine = (households: number): ShownExclusion[] =>
  households > 0 ? [{ reason: 'together', households }] : []
