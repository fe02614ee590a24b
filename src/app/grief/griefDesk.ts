import { covers, type Officer } from '../../domain/officer.ts'
import { officerActor } from '../../domain/taskState.ts'
import type { Outcome } from '../caseViews.ts'
import { liftMute } from '../messages/mutes.ts'
import { sendMessage } from '../messages/sendMessage.ts'
import { eyesOf, untilQuiet } from '../officer/eyes.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { endPeace } from './leaveInPeace.ts'
import { mourn } from './mourn.ts'

/** What officers tell of the people whose case they have. */
export interface GriefDesk {
  /** A death in the family of who applied: one step leaves them in peace everywhere and has somebody come. */
  bereaved(officer: Officer, applicationId: string, lost: 'child' | 'person'): Promise<Outcome<null>>
  /** Somebody was there: the service may write again. `words`: what was done. */
  lift(officer: Officer, applicationId: string, words: string): Promise<Outcome<null>>
  /** The same for a family that is looked after, by who may see it. */
  liftFamily(officer: Officer, familyId: string, words: string): Promise<Outcome<null>>
}

export function makeGriefDesk(parts: AppParts): GriefDesk {
  const about = (
    officer: Officer,
    id: string,
    run: (tx: Tx, residentId: string, regionCode: string) => Promise<void>,
  ) =>
    untilQuiet(() =>
      parts.store.transaction(eyesOf(officer), async (tx): Promise<Outcome<null>> => {
        const application = await tx.applications.byId(id)
        if (!application || !covers(officer.regionCode, application.regionCode)) return refused({ code: 'notFound' })
        await tx.as({ kind: 'system' })
        await run(tx, application.residentId, application.regionCode)
        return { ok: true, value: null }
      }),
    )
  return {
    bereaved: (officer, applicationId, lost) =>
      about(officer, applicationId, async (tx, residentId, regionCode) => {
        const to = { residentId }
        await mourn(parts, tx, { to, lost, regionCode, by: officerActor(officer) })
        const words = { key: 'grief.told', values: {}, dedupeKey: `bereaved:${residentId}:${applicationId}` }
        await sendMessage(parts, tx, { to, purpose: 'answer', ...words })
      }),
    lift: (officer, applicationId, words) =>
      about(officer, applicationId, async (tx, residentId, regionCode) => {
        const actor = officerActor(officer)
        await liftMute(parts, tx, { to: { residentId }, by: actor })
        await tx.audit.add({
          ...{ actor, action: 'mute.lifted', objectKind: 'resident', objectId: residentId, regionCode },
          ...{ reason: words, detail: {}, at: parts.world.now() },
        })
      }),
    liftFamily: (officer, familyId, words) =>
      untilQuiet(() =>
        parts.store.transaction(eyesOf(officer), async (tx): Promise<Outcome<null>> => {
          const family = await tx.care.byId(familyId)
          if (!family) return refused({ code: 'notFound' })
          await tx.as({ kind: 'system' })
          const actor = officerActor(officer)
          await endPeace(parts, tx, family, actor)
          // Without a place: the county does not read of such a family.
          await tx.audit.add({
            ...{ actor, action: 'mute.lifted', objectKind: 'careFamily', objectId: familyId, regionCode: null },
            ...{ reason: words, detail: {}, at: parts.world.now() },
          })
          return { ok: true, value: null }
        }),
      ),
  }
}
