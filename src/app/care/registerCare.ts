import type { CareConsent, CareFamily, CarePerson } from '../../domain/care/careFamily.ts'
import { foldCare } from '../../domain/care/careState.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import type { Outcome } from '../caseViews.ts'
import { eyesOf, untilQuiet } from '../officer/eyes.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import { stepOf, withEvent, type FamilyHand } from './careAccess.ts'
import { setContact } from './contacts.ts'
import { noteCare } from './record.ts'

/** Version of the words of consent (`care.consent` in the locales). A change of the words counts it up. */
const CARE_CONSENT_VERSION = 1

export interface CareRegistration {
  /** Village, 12 digits. */
  regionCode: string
  people: CarePerson[]
  phone: string | null
  address: string | null
  consentWay: CareConsent['way']
}

/**
 * 登记: the family said yes. Who registers is its first contact, of the village or of the town. Refused: `badInput` with `region`
 * outside his place.
 */
export function registerCare(
  parts: AppParts,
  officer: Officer,
  asked: CareRegistration,
): Promise<Outcome<{ id: string }>> {
  if (!covers(officer.regionCode, asked.regionCode)) {
    return Promise.resolve(refused({ code: 'badInput', fields: ['region'] }))
  }
  return untilQuiet(() =>
    parts.store.transaction(eyesOf(officer), async tx => {
      await tx.as({ kind: 'system' })
      const by = stepOf(parts, officer)
      const id = parts.world.newId()
      const action = { familyId: id, seq: 1, ...by, event: registered(asked, by.at) }
      const { regionCode } = asked
      const family: CareFamily = { id, regionCode, residentIds: [], householdId: null, actions: [action] }
      const state = foldCare(family.actions)
      await tx.care.insert(family, state)
      await noteCare(tx, id, { ...by, action: 'registered' })
      return setFirstContact({ parts, tx, officer, family, state, by })
    }),
  )
}

/** The same for a family that was only proposed: it said yes now. */
export async function registerProposed(
  hand: FamilyHand,
  asked: Omit<CareRegistration, 'regionCode'>,
): Promise<Outcome<{ id: string }>> {
  if (hand.state.status === 'active') return refused({ code: 'alreadyDone' })
  return setFirstContact(await withEvent(hand, registered(asked, hand.by.at)))
}

async function setFirstContact(hand: FamilyHand): Promise<Outcome<{ id: string }>> {
  const { officer, family, state } = hand
  const post = officer.role === 'town' ? 'leader' : 'cadre'
  // He stands before them and need not be introduced.
  if (state.contacts[post] === null) await setContact(hand, { post, officerId: officer.id, why: 'chosen', met: true })
  return { ok: true, value: { id: family.id } }
}

const registered = ({ people, phone, address, consentWay }: Omit<CareRegistration, 'regionCode'>, at: number) => ({
  type: 'registered' as const,
  consent: { version: CARE_CONSENT_VERSION, at, way: consentWay },
  ...{ people, phone, address },
})
