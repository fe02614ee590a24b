import { shallowRef } from 'vue'

/** An absent colleague whose work the officer does today, in his place and role. */
export interface StandIn {
  username: string
  name: string
  role: 'village' | 'town' | 'county'
  regionCode: string
  place: string
}

/** Whose work this is; null: his own. */
export const standIn = shallowRef<StandIn | null>(null)

/** What belongs to the session itself is always his own: account, log-out, for whom he stands in. */
const ofHimself = (path: string): boolean => path.startsWith('/api/officer/')

/** What every question and write about the work carries while he stands in. */
export const standInHeaders = (path: string): Record<string, string> =>
  standIn.value === null || ofHimself(path) ? {} : { 'x-stand-in-for': standIn.value.username }

/** Where a reload finds it again, for as long as the tab is open: one for each officer. */
const keyOf = (owner: string): string => `nuanxin.standIn.${owner}`

export function keepStandIn(owner: string, one: StandIn | null): void {
  if (one) sessionStorage.setItem(keyOf(owner), one.username)
  else sessionStorage.removeItem(keyOf(owner))
}

/** The user name of that colleague. */
export const keptStandIn = (owner: string): string | null => sessionStorage.getItem(keyOf(owner))
