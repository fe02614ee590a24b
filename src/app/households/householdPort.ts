import type { HouseholdProof } from '../messages/messagePort.ts'
import type { Instant } from '../../domain/world.ts'

/** Why nobody is to be asked there any more: moved away, nobody left alive, or the same household as another on the list. */
export const goneWays = ['moved', 'deceased', 'merged'] as const
export type GoneWay = (typeof goneWays)[number]

/** A household as the county's list has it. Names are not masked. */
export interface ListedHousehold {
  id: string
  number: string
  headName: string
  regionCode: string
  gone: GoneWay | null
}

/** Somebody who proved that he speaks for a household, and how. */
export interface HouseholdLink {
  householdId: string
  residentId: string
  proof: HouseholdProof
  /** The officer who bound them, or `service`. */
  by: string
  since: Instant
  /** Last time that his phone was confirmed which the list has there; null: it does not hang on a phone. */
  confirmedAt: Instant | null
}

/** What one officer alone may change about a household, and what another then makes of it. */
export const changeKinds = [...goneWays, 'unlinked'] as const
export type ChangeKind = (typeof changeKinds)[number]
/** `takenBack`: whoever changed it, or a colleague, said before anybody looked that they are there after all. */
export const changeVerdicts = ['confirmed', 'undone', 'takenBack'] as const
export type ChangeVerdict = (typeof changeVerdicts)[number]

export interface HouseholdChange {
  id: string
  householdId: string
  kind: ChangeKind
  /** Officer who noted it. */
  by: string
  at: Instant
  /** Null: it waits for a second look. */
  verdict: ChangeVerdict | null
  /** Why it was undone. */
  reason: string | null
}

/** Changes that wait for a second look. Needs the eyes of the service. */
export interface HouseholdChangePort {
  note(change: Pick<HouseholdChange, 'id' | 'householdId' | 'kind' | 'by' | 'at'>): Promise<void>
  /** Those that wait first, then newest first; at most so many. Under lock. */
  of(householdId: string, limit: number): Promise<HouseholdChange[]>
  /** Households of a place of which something waits, the oldest first. */
  waitingIn(place: string, limit: number): Promise<string[]>
  /** @throws {Conflict} when somebody else was faster. */
  settle(id: string, settled: { verdict: ChangeVerdict; by: string; at: Instant; reason: string | null }): Promise<void>
  /**
   * The link that was ended so holds again. False when it cannot: it is not written down any more, he speaks for another
   * household of the county by now, or the phone that had proved it counts no more.
   */
  restoreLink(ended: { householdId: string; by: string; at: Instant }): Promise<boolean>
}

/** Households and who speaks for them. Links need the eyes of the service; households are seen as the eyes of the moment see. */
export interface HouseholdPort {
  byId(id: string): Promise<ListedHousehold | null>
  /** False as well where the list has none of this id. */
  isGone(id: string): Promise<boolean>
  /** By its number on the list of a county; null when there is none in sight. */
  byNumber(countyCode: string, number: string): Promise<ListedHousehold | null>
  /** In order of id, at most so many. */
  ofVillage(villageCode: string, limit: number): Promise<ListedHousehold[]>
  /** How many speak for each of these. */
  speakerCounts(householdIds: string[]): Promise<Map<string, number>>
  /** Links that hold, oldest first. */
  linksOf(residentId: string): Promise<HouseholdLink[]>
  linksAt(householdId: string): Promise<HouseholdLink[]>
  /** Households that the list has under his confirmed phone and for which he does not speak; not those that are gone. */
  choices(residentId: string): Promise<string[]>
  /** Ends what is said for all others of the same county: somebody speaks for one household of a list. How many ended. */
  endOthers(link: { householdId: string; residentId: string; by: string; at: Instant }): Promise<number>
  /** One of `choices`, by his own word. False when the list does not have his phone there. */
  choose(link: { householdId: string; residentId: string; at: Instant }): Promise<boolean>
  /** False when there was no link. It stays written down that there was one. */
  end(link: { householdId: string; residentId: string; by: string; at: Instant }): Promise<boolean>
  /** The last time. */
  phoneConfirmedAt(residentId: string): Promise<Instant | null>
  /** When the link ended that he had last, where it ended because his phone was confirmed too long ago; otherwise null. */
  lapsedAt(residentId: string): Promise<Instant | null>
  phoneRefusedAt(residentId: string): Promise<Instant | null>
  refusePhone(residentId: string, at: Instant): Promise<void>
  /** Whether one of this resident's chats is an officer's. */
  isOfficer(residentId: string): Promise<boolean>
  /** Null: it is there again. False when it was so before. */
  setGone(householdId: string, gone: { way: GoneWay | null; by: string; at: Instant }): Promise<boolean>
}
