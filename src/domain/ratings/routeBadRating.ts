import type { Application } from '../application.ts'
import { covers, type Officer } from '../officer.ts'

/** Digits of the code of a town and of a county. */
const TOWN = 9
const COUNTY = 6

export interface RoutedRating {
  /** Region code of the place that handles it. */
  regionCode: string
  /** Those who worked on the case: they see none of it, wherever they work. */
  ratedIds: string[]
}

/** Everybody whose work was rated: who took the case first and who did anything in it. */
export function ratedOfficers({ actions }: Pick<Application, 'actions'>): string[] {
  const acted = actions.flatMap(({ actor }) => (actor.kind === 'officer' ? [actor.id] : []))
  const received = actions.flatMap(({ event }) => (event.type === 'firstReceived' ? [event.officerId] : []))
  const ids = [...acted, ...received]
  return [...new Set(ids)].toSorted()
}

/**
 * Who answers a bad rating: never somebody who was rated, and nobody who works under one of them as long as the chain has
 * anybody else. First the nearest level above all of them, then a colleague at their own level, at last one below. Where the case
 * shows no officer, the village is taken for the one that was rated. Nobody at all: the county, which then has to find somebody.
 */
export function routeBadRating(
  application: Pick<Application, 'actions' | 'regionCode'>,
  officers: readonly Officer[],
): RoutedRating {
  const { regionCode } = application
  const ratedIds = ratedOfficers(application)
  const around = officers.filter(one => one.role !== 'auditor' && covers(one.regionCode, regionCode))
  const rated = around.filter(({ id }) => ratedIds.includes(id)).map(one => one.regionCode.length)
  const top = rated.length > 0 ? Math.min(...rated) : regionCode.length
  const free = around.filter(({ id, disabled }) => !disabled && !ratedIds.includes(id))
  const lengths = (fits: (length: number) => boolean) =>
    [...new Set(free.map(one => one.regionCode.length))].filter(fits).toSorted((a, b) => b - a)
  const chosen =
    lengths(length => length < top)[0] ?? lengths(length => length === top)[0] ?? lengths(length => length > top).at(-1)
  return { regionCode: regionCode.slice(0, chosen ?? (top > TOWN ? TOWN : COUNTY)), ratedIds }
}
