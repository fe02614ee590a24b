import { acceptCase, decideTask } from '../../app/officer/work.ts'
import { assistCode } from '../../app/cases/residentCases.ts'
import { fileForResident } from '../../app/cases/officerFiling.ts'
import { rateService } from '../../app/commands/rateService.ts'
import type { AppParts } from '../../app/parts.ts'
import type { TurnAddress } from '../../app/ports.ts'
import type { Officer } from '../../domain/officer.ts'
import type { RatingLevel } from '../../domain/rating.ts'
import type { WhyNotOnline } from '../../domain/whyNotOnline.ts'
import type { DemoHousehold } from './households.ts'

/** Why the demo's households came to the window, one after another. */
const reasons: WhyNotOnline[] = ['oldOrIll', 'noPhone', 'oldOrIll', 'cannotUse', 'oldOrIll', 'prefersWindow']

/** How they rate what was decided. One is not satisfied, so that there is something to call back about. */
const levels: RatingLevel[] = [5, 4, 5, 3, 5, 4, 2, 5]

export interface OfficerCase {
  household: DemoHousehold
  officer: Officer
  /** Counts the demo's cases of this kind. */
  n: number
  /** Whose case it is when the officer files online with the resident's code; null = at the window. */
  residentId: string | null
}

/** A case that an officer filed, accepted and decided on one day: at the window, or online with the household's code. */
export async function seedOfficerCase(parts: AppParts, { household, officer, n, residentId }: OfficerCase) {
  const eyes = { kind: 'officer' as const, officerId: officer.id, regionCode: officer.regionCode }
  const { name, identityNumber, villageCode, ...rest } = household
  await parts.store.transaction({ kind: 'system' }, async tx => {
    const code = residentId === null ? null : (await assistCode(parts, tx, residentId)).code
    const filed = await fileForResident(parts, tx, officer, {
      key: `demo-${n}`,
      way: residentId === null ? 'window' : 'assisted',
      whyNotOnline: residentId === null ? (reasons[n % reasons.length] ?? null) : null,
      whyNotOnlineNote: null,
      identitySeen: false,
      vouched: [],
      assistCode: code,
      content: {
        ...{ matter: 'birthRegistration', ...rest, married: null },
        ...{ applicantName: name, applicantId: identityNumber, regionCode: villageCode },
      },
    })
    if (!filed.ok) throw new Error(`a demo case could not be filed: ${filed.refusal.code}`)
    await tx.as(eyes)
    const { application, task } = filed.value
    await acceptCase(parts, tx, officer, application.id, task.fence)
    await decideTask(parts, tx, officer, application.id, task.fence, { decision: 'granted' })
  })
}

/** The household's own rating of its decided case. Not everybody rates. */
export async function seedRating(
  parts: AppParts,
  who: { residentId: string; address: TurnAddress; applicationId: string; n: number },
): Promise<void> {
  const { residentId, address, applicationId, n } = who
  const level = levels[n % levels.length] ?? 5
  await parts.store.transaction({ kind: 'system' }, tx =>
    rateService(
      { applicationId, level, comment: null },
      { parts, tx, residentId, officer: null, address, at: parts.world.now() },
    ),
  )
}
