import { covers, type Officer } from '../../domain/officer.ts'
import { officerActions } from '../../domain/officerActions.ts'
import { suppliedPhotos } from '../../domain/suppliedPhotos.ts'
import { officerActor } from '../../domain/taskState.ts'
import type { Outcome, SuppliedPhoto } from '../caseViews.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { refused } from './work.ts'

/** Photos that one officer opens in an hour: a household sends a page or two of each paper, so several cases' worth. Product default. */
const PHOTOS_PER_HOUR = 120
const HOUR_MS = 3_600_000
const SEEN = 'application.photo'

/**
 * A photo that was supplied to a case, to an officer of its place, against a reason. The audit row is written before the picture
 * leaves. Refusals: `notFound`, `notAllowed`, `tooManyReveals`.
 */
export async function revealPhoto(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, upload, reason }: { id: string; upload: string; reason: string },
): Promise<Outcome<SuppliedPhoto>> {
  const application = await tx.applications.byId(id)
  if (!application || !covers(officer.regionCode, application.regionCode)) return refused({ code: 'notFound' })
  if (!suppliedPhotos(application.actions).includes(upload)) return refused({ code: 'notFound' })
  const allowed = officerActions(parts.packFor(application.regionCode), application, officer)
  if (!allowed.includes('reveal')) return refused({ code: 'notAllowed', allowed })
  const at = parts.world.now()
  const seen = await tx.audit.count({ actorId: officer.id, action: SEEN, since: at - HOUR_MS })
  if (seen >= PHOTOS_PER_HOUR) return refused({ code: 'tooManyReveals' })
  await tx.audit.add({
    actor: officerActor(officer),
    action: SEEN,
    objectKind: 'application',
    objectId: id,
    regionCode: application.regionCode,
    reason,
    detail: { upload },
    at,
  })
  return { ok: true, value: { upload, residentId: application.residentId } }
}
