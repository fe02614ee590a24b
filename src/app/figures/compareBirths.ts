import { compareList, type ComparedRegistration } from '../../domain/figures/compareList.ts'
import { countDifference } from '../../domain/figures/counts.ts'
import { listCounts } from '../../domain/figures/otherCounts.ts'
import { addDays, shanghaiDate, type LocalDate } from '../../domain/world.ts'
import type { Tx } from '../ports.ts'
import type { BirthToCompare } from './birthListPort.ts'

/** A birth is held against the registrations for a year: one that was made up later is found late, but found. */
const COMPARED_DAYS = 366

/** No rule on how soon after a birth to register could be verified; then nobody is late. */
const WITHIN_DAYS = null

/** One person has one; the lines of a list do not say whose it is. */
const PERSON = 'this'

/** Compares a batch of listed births that were not compared today; answers how many. Counts change by what changed. */
export async function compareBirths(tx: Tx, today: LocalDate, limit: number): Promise<number> {
  const births = await tx.birthLists.toCompare(today, addDays(today, -COMPARED_DAYS), limit)
  for (const birth of births) {
    const { listId, line, regionCode, birthDate, before } = birth
    const listed = { line, person: PERSON, regionCode, birthDate }
    const [after] = compareList([listed], await registrationsOf(tx, birth), WITHIN_DAYS)
    if (!after) continue
    await tx.birthLists.saveCompared(listId, after, today)
    await tx.figures.count(countDifference(before ? listCounts(before) : [], listCounts(after)))
  }
  return births.length
}

async function registrationsOf(tx: Tx, { applicationIds }: BirthToCompare): Promise<ComparedRegistration[]> {
  const found: ComparedRegistration[] = []
  for (const id of applicationIds) {
    const application = await tx.applications.byId(id)
    if (application?.matter !== 'birthRegistration') continue
    const { stage, birthDate } = application.content
    found.push({
      ...{ person: PERSON, regionCode: application.regionCode, stage, birthDate },
      receivedOn: shanghaiDate(application.receivedAt),
    })
  }
  return found
}
