import { covers, type Officer } from '../officer.ts'
import type { SurveyKind } from './kinds.ts'

/** Digits of the code of a town. */
const TOWN_DIGITS = 9

/**
 * Who may ask at a door: officers of the town or county, and village officers of the town. Of a survey by which people judge,
 * never the village officer of the place itself, who would ask about himself, nor anybody who handles or handled a case of
 * this household. Needs are collected by the village officer as well: that is his monthly work.
 */
export function mayAskAtDoor(
  officer: Pick<Officer, 'id' | 'role' | 'regionCode'>,
  household: { villageCode: string; kind: SurveyKind; handledBy: readonly string[] },
): 'yes' | 'elsewhere' | 'aboutHimself' {
  const place = officer.role === 'village' ? officer.regionCode.slice(0, TOWN_DIGITS) : officer.regionCode
  if (officer.role === 'auditor' || !covers(place, household.villageCode)) return 'elsewhere'
  if (household.kind === 'needs') return 'yes'
  const isOwnVillage = officer.role === 'village' && officer.regionCode === household.villageCode
  return isOwnVillage || household.handledBy.includes(officer.id) ? 'aboutHimself' : 'yes'
}
