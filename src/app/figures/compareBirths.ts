import { compareList, type ComparedRegistration } from '../../domain/figures/compareList.ts'
import { countDifference } from '../../domain/figures/counts.ts'
import { listCounts } from '../../domain/figures/otherCounts.ts'
import { addDays, shanghaiDate, type LocalDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import type { BirthToCompare, ListLine } from './birthListPort.ts'

/** A birth is held against the registrations for a year: one that was made up later is found late, but found. */
const COMPARED_DAYS = 366

/**
 * Compares listed births that were not compared today, a batch with each call, which answers how many; behind the last batch
 * it goes on. Counts change by what changed. As many queries for a batch as for one birth.
 */
export function birthComparison(parts: AppParts, today: LocalDate, limit: number): (tx: Tx) => Promise<number> {
  const withinDaysAt = (regionCode: string) => parts.packFor(regionCode).figures?.registerWithinDays.value ?? null
  const since = addDays(today, -COMPARED_DAYS)
  let last: ListLine | undefined
  return async tx => {
    const births = await tx.birthLists.toCompare(today, since, limit, last)
    if (births.length === 0) return 0
    const listed = births.map(birth => ({ ...birth, person: personOf(birth) }))
    const compared = compareList(listed, await registrationsOf(tx, births), withinDaysAt)
    const results = births.flatMap(({ listId, before }, n) => {
      const after = compared[n]
      return after ? [{ listId, before, after }] : []
    })
    await tx.birthLists.saveCompared(
      results.map(({ listId, after }) => ({ ...after, listId })),
      today,
    )
    await tx.figures.count(
      results.flatMap(({ before, after }) => countDifference(before ? listCounts(before) : [], listCounts(after))),
    )
    last = births.at(-1)
    return births.length
  }
}

/** A line does not say whose birth it is: its place in the list stands for the person. */
const personOf = ({ listId, line }: ListLine): string => `${listId} ${line}`

async function registrationsOf(tx: Tx, births: readonly BirthToCompare[]): Promise<ComparedRegistration[]> {
  const ids = new Set(births.flatMap(({ applicationIds }) => applicationIds))
  const held = new Map((await tx.applications.byIds([...ids])).map(application => [application.id, application]))
  return births.flatMap(birth =>
    birth.applicationIds.flatMap(id => {
      const application = held.get(id)
      if (application?.matter !== 'birthRegistration') return []
      const { stage, birthDate } = application.content
      const receivedOn = shanghaiDate(application.receivedAt)
      return [{ person: personOf(birth), regionCode: application.regionCode, stage, birthDate, receivedOn }]
    }),
  )
}
