import type { Officer } from '../../domain/officer.ts'
import type { Task, TaskSource } from '../../domain/task.ts'
import { asService } from '../asService.ts'
import { careFamilyOf } from '../care/careFamilyOf.ts'
import { isMuted } from '../messages/mutes.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { tellResident } from '../tellResident.ts'

/** What a resident asked for himself. Of checks, visits and ratings he is told by whoever comes, or not at all. */
const askedFor: readonly TaskSource[] = ['applicationStep', 'supplementOverdue', 'halfFilledCase', 'helpRequest']

interface HandedOn {
  count: number
  /** Of his case, when all of it is about one; null when it is about none, or about several. */
  number: string | null
}

/**
 * Tells each resident once who goes on with all that he asked for. Not families that are looked after, to whom a new contact is
 * introduced by a visit, nor those with whom the service keeps silent. The eyes stay.
 */
export function tellHandOver(parts: AppParts, tx: Tx, to: Officer, moved: Task[]): Promise<void> {
  return asService(tx, async () => {
    const families = await byResident(tx, moved)
    const phone = to.officePhone ?? parts.packFor(to.regionCode).officePhone.value
    const office = parts.regionName(to.regionCode)
    // In one order, so that two hand-overs at once do not wait for each other.
    for (const [residentId, { count, number }] of [...families].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
      if ((await careFamilyOf(tx, { residentId })) || (await isMuted(tx, { residentId }))) continue
      await tellResident(parts, tx, residentId, {
        key: 'app.told.handedOver',
        values: { count, number, office, officer: to.name, phone },
        dedupeKey: `handedOver:${to.id}:${residentId}:${parts.world.now()}`,
      })
    }
  })
}

async function byResident(tx: Tx, moved: Task[]): Promise<Map<string, HandedOn>> {
  const families = new Map<string, HandedOn>()
  const wanted = moved.filter(({ source }) => askedFor.includes(source))
  const cases = await tx.applications.byIds(wanted.flatMap(({ applicationId }) => applicationId ?? []))
  const byId = new Map(cases.map(application => [application.id, application]))
  for (const { applicationId, detail } of wanted) {
    const application = applicationId === null ? undefined : byId.get(applicationId)
    const residentId = application?.residentId ?? detail?.residentId
    if (residentId === undefined) continue
    const number = application?.number ?? null
    const before = families.get(residentId)
    const isSame = before === undefined || before.number === number
    families.set(residentId, { count: (before?.count ?? 0) + 1, number: isSame ? number : null })
  }
  return families
}
