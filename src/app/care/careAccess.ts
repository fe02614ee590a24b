import type { CareFamily } from '../../domain/care/careFamily.ts'
import { foldCare, type CareState } from '../../domain/care/careState.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { officerActor } from '../../domain/taskState.ts'
import type { Outcome } from '../caseViews.ts'
import { eyesOf, untilQuiet } from '../officer/eyes.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { recordCare, type CareStep } from './record.ts'

/** What a step of an officer has in hand: the transaction with the eyes of the service, the family under lock, who and when. */
export interface FamilyHand {
  parts: AppParts
  tx: Tx
  officer: Officer
  family: CareFamily
  state: CareState
  by: CareStep
}

/** The town, and the two contacts; a contact who was sent elsewhere no longer. Row-level security says the same. */
export function seesFamily(
  { id, role, regionCode }: Officer,
  { contacts }: Pick<CareState, 'contacts'>,
  place: string,
): boolean {
  if (!covers(regionCode, place)) return false
  return role === 'town' || contacts.leader === id || contacts.cadre === id
}

/** Looks at a family with the officer's own eyes. To whom it is not shown it is not there. */
export function lookAtFamily<T>(
  parts: AppParts,
  officer: Officer,
  id: string,
  run: (tx: Tx, family: CareFamily, state: CareState) => Promise<T>,
): Promise<Outcome<T>> {
  return parts.store.transaction(eyesOf(officer), async tx => {
    const family = await tx.care.byId(id)
    const state = family && foldCare(family.actions)
    if (!family || !state || !seesFamily(officer, state, family.regionCode)) return refused({ code: 'notFound' })
    return { ok: true, value: await run(tx, family, state) }
  })
}

/** Writes about a family, again when somebody else was faster. `townOnly`: what a contact of the village may not decide. */
export function inFamily<T>(
  parts: AppParts,
  officer: Officer,
  { id, townOnly = false }: { id: string; townOnly?: boolean },
  run: (hand: FamilyHand) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  return untilQuiet(() =>
    parts.store.transaction(eyesOf(officer), async tx => {
      const family = await tx.care.lock(id)
      const state = family && foldCare(family.actions)
      if (!family || !state || !seesFamily(officer, state, family.regionCode)) return refused({ code: 'notFound' })
      if (townOnly && officer.role !== 'town') return refused({ code: 'notAllowed', allowed: [] })
      // A change of contact takes the family out of sight of whoever writes it.
      await tx.as({ kind: 'system' })
      return run({ parts, tx, officer, family, state, by: stepOf(parts, officer) })
    }),
  )
}

export const stepOf = (parts: AppParts, officer: Officer): CareStep => ({
  actor: officerActor(officer),
  at: parts.world.now(),
})

/** The hand after one more line of the log. */
export async function withEvent(hand: FamilyHand, event: Parameters<typeof recordCare>[2]): Promise<FamilyHand> {
  const family = await recordCare(hand.tx, hand.family, event, hand.by)
  return { ...hand, family, state: foldCare(family.actions) }
}

/** What is only done for a family that said yes. */
export function needsActive({ state }: FamilyHand): Outcome<null> {
  return state.status === 'active' ? { ok: true, value: null } : refused({ code: 'notAllowed', allowed: ['register'] })
}
