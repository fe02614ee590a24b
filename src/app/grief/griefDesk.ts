import { covers, type Officer } from '../../domain/officer.ts'
import { readPhone } from '../../domain/phone.ts'
import { officerActor } from '../../domain/taskState.ts'
import type { Outcome } from '../caseViews.ts'
import { openCare } from '../care/careFamilyOf.ts'
import { circlesOf } from '../messages/circles.ts'
import { liftMute } from '../messages/mutes.ts'
import { sendMessage } from '../messages/sendMessage.ts'
import { eyesOf, untilQuiet } from '../officer/eyes.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { circleOf, endPeace } from './leaveInPeace.ts'
import { mourn } from './mourn.ts'

/** What officers tell of the people whose case they have. */
export interface GriefDesk {
  /** A death in the family of who applied: one step leaves them in peace everywhere and has somebody come. */
  bereaved(officer: Officer, applicationId: string, lost: 'child' | 'person'): Promise<Outcome<null>>
  /**
   * The same for people of his place of whom there need be no case: their household is left in peace where the list has it under
   * this phone (not where half a village has it), and the town goes there in any case. `quiet`: there was one. Refused: `badInput` with `region` outside his place.
   */
  told(officer: Officer, told: ToldLoss): Promise<Outcome<{ quiet: boolean }>>
  /**
   * Somebody was there: the service may write again. `words`: what was done. Refused: `notAllowed` with `close` while nobody has
   * answered a cry for help of theirs.
   */
  lift(officer: Officer, applicationId: string, words: string): Promise<Outcome<null>>
  /** The same for a family that is looked after, by who may see it. */
  liftFamily(officer: Officer, familyId: string, words: string): Promise<Outcome<null>>
}

/** A death, as an officer heard of it. `regionCode`: the village, 12 digits. */
export interface ToldLoss {
  regionCode: string
  name: string
  phone: string | null
  lost: 'child' | 'person'
}

/** Until the cry is answered nothing automatic goes there, whoever lifts the mourning. */
async function isCrying(tx: Tx, residentIds: readonly string[]): Promise<boolean> {
  for (const id of residentIds) if (await tx.tasks.waiting(`distress:${id}`)) return true
  return false
}

const answerFirst = refused({ code: 'notAllowed', allowed: ['close'] })

export function makeGriefDesk(parts: AppParts): GriefDesk {
  const about = (
    officer: Officer,
    id: string,
    run: (tx: Tx, residentId: string, regionCode: string) => Promise<Outcome<null>>,
  ) =>
    untilQuiet(() =>
      parts.store.transaction(eyesOf(officer), async (tx): Promise<Outcome<null>> => {
        const application = await tx.applications.byId(id)
        if (!application || !covers(officer.regionCode, application.regionCode)) return refused({ code: 'notFound' })
        await tx.as({ kind: 'system' })
        return run(tx, application.residentId, application.regionCode)
      }),
    )
  return {
    bereaved: (officer, applicationId, lost) =>
      about(officer, applicationId, async (tx, residentId, regionCode) => {
        const to = { residentId }
        await mourn(parts, tx, { to, lost, regionCode, by: officerActor(officer) })
        const words = { key: 'grief.told', values: {}, dedupeKey: `bereaved:${residentId}:${applicationId}` }
        await sendMessage(parts, tx, { to, purpose: 'answer', ...words })
        return { ok: true, value: null }
      }),
    told: (officer, told) => toldByOfficer(parts, officer, told),
    lift: (officer, applicationId, words) =>
      about(officer, applicationId, async (tx, residentId, regionCode) => {
        if (await isCrying(tx, [residentId])) return answerFirst
        const actor = officerActor(officer)
        await liftMute(parts, tx, { to: { residentId }, by: actor })
        await tx.audit.add({
          ...{ actor, action: 'mute.lifted', objectKind: 'resident', objectId: residentId, regionCode },
          ...{ reason: words, detail: {}, at: parts.world.now() },
        })
        return { ok: true, value: null }
      }),
    liftFamily: (officer, familyId, words) =>
      untilQuiet(() =>
        parts.store.transaction(eyesOf(officer), async (tx): Promise<Outcome<null>> => {
          const family = await tx.care.byId(familyId)
          if (!family) return refused({ code: 'notFound' })
          await tx.as({ kind: 'system' })
          if (await isCrying(tx, (await circleOf(tx, family)).residentIds)) return answerFirst
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

function toldByOfficer(
  parts: AppParts,
  officer: Officer,
  { regionCode, name, phone, lost }: ToldLoss,
): Promise<Outcome<{ quiet: boolean }>> {
  if (!covers(officer.regionCode, regionCode)) {
    return Promise.resolve(refused({ code: 'badInput', fields: ['region'] }))
  }
  const by = officerActor(officer)
  return untilQuiet(() =>
    parts.store.transaction({ kind: 'system' }, async tx => {
      const householdIds = phone === null ? [] : await householdsOf(tx, phone, regionCode)
      const known = { name, phone }
      if (householdIds.length > 1)
        await tx.messages.hold(
          await circlesOf(
            tx,
            householdIds.map(id => ({ householdId: id })),
          ),
        )
      for (const householdId of householdIds) {
        await mourn(parts, tx, { to: { householdId }, lost, regionCode, known, by })
      }
      const none = { residentId: null, householdId: null, occasion: 'bereavement' as const }
      if (householdIds.length === 0) await openCare(parts, tx, { ...none, ...known, regionCode, actor: by })
      // Without a place: the county does not read of such a family.
      await tx.audit.add({
        ...{ actor: by, action: 'bereavement.told', objectKind: 'officer', objectId: officer.id, regionCode: null },
        ...{ detail: { households: householdIds.length }, at: parts.world.now() },
      })
      return { ok: true, value: { quiet: householdIds.length > 0 } }
    }),
  )
}

/** More households than one family is split into; a number that stands for more is the village's own, written in for want of one. */
const MOST_OF_ONE_FAMILY = 3

/** Of the family with this phone; none where the number tells no family from another. */
async function householdsOf(tx: Tx, phone: string, regionCode: string): Promise<string[]> {
  const found = await tx.messages.householdsOfPhone(plainPhone(phone), regionCode)
  return found.length > MOST_OF_ONE_FAMILY ? [] : found
}

/** As the list of households has it. */
function plainPhone(said: string): string {
  const read = readPhone(said)
  return read.ok ? read.number : said
}
