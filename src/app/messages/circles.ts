import type { Tx } from '../ports.ts'
import type { Circle, HouseholdSpeaker, Receiver } from './messagePort.ts'

/** Everybody whom messages to these receivers concern, in their order. A resident's own place in a household comes first. */
export async function circlesOf(tx: Tx, receivers: readonly Receiver[]): Promise<Circle[]> {
  const residentIds = receivers.flatMap(to => ('residentId' in to ? [to.residentId] : []))
  const households = residentIds.length > 0 ? await tx.messages.householdsOf(residentIds) : new Map<string, string[]>()
  const householdIds = receivers.flatMap(to => ('householdId' in to ? [to.householdId] : []))
  const speakers =
    householdIds.length > 0 ? await tx.messages.speakersOf(householdIds) : new Map<string, HouseholdSpeaker[]>()
  return receivers.map(to => {
    if ('residentId' in to) return { householdIds: households.get(to.residentId) ?? [], residentIds: [to.residentId] }
    const residents = speakers.get(to.householdId) ?? []
    return { householdIds: [to.householdId], residentIds: residents.map(({ residentId }) => residentId) }
  })
}

/** The same for one, with the residents of all its households: whom a mute must reach. */
export async function wholeCircle(tx: Tx, to: Receiver): Promise<Circle> {
  const [circle = { householdIds: [], residentIds: [] }] = await circlesOf(tx, [to])
  const speakers = await tx.messages.speakersOf(circle.householdIds)
  const others = [...speakers.values()].flat().map(({ residentId }) => residentId)
  return { ...circle, residentIds: [...new Set([...circle.residentIds, ...others])] }
}
