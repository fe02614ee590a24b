import type { CareErrand, CareHelper } from '../../domain/care/careFamily.ts'
import { addDays, shanghaiDate } from '../../domain/world.ts'
import type { Outcome } from '../caseViews.ts'
import { refused } from '../officer/work.ts'
import { needsActive, withEvent, type FamilyHand } from './careAccess.ts'
import { addLink, errandEnds } from './careLinks.ts'

type Done = Promise<Outcome<{ id: string }>>

/** Helpers of one family; more were never seen, and each is a person who comes into the home. Product default. */
const MOST_HELPERS = 10
/** An errand further away is a plan for a visit. Product default. */
const FARTHEST_ERRAND_DAYS = 92

/** 多对一: one more helper. Refused: `tooMany`. */
export async function addHelper(hand: FamilyHand, helper: Omit<CareHelper, 'id'>): Done {
  const active = needsActive(hand)
  if (!active.ok) return active
  if (hand.state.helpers.length >= MOST_HELPERS) return refused({ code: 'tooMany' })
  const id = hand.parts.world.newId()
  await withEvent(hand, { type: 'helperAdded', helper: { id, ...helper } })
  return { ok: true, value: { id } }
}

/** A helper ends, and what he was asked to do with him. */
export async function endHelper(hand: FamilyHand, id: string): Done {
  if (!hand.state.helpers.some(helper => helper.id === id)) return refused({ code: 'notFound' })
  let now = hand
  for (const errand of hand.state.errands) {
    if (errand.helperId === id && errand.ended === null) now = await endOne(now, errand.id, 'cancelled')
  }
  await withEvent(now, { type: 'helperEnded', id })
  return { ok: true, value: { id } }
}

/**
 * A helper is asked to do something at a day and hour. Answers the code of the page that he is sent: it shows the help, when and
 * where. Refused: `badInput` for a day that cannot be, `notFound` for no helper of theirs.
 */
export async function setErrand(hand: FamilyHand, asked: Omit<CareErrand, 'id'>): Promise<Outcome<{ code: string }>> {
  const active = needsActive(hand)
  if (!active.ok) return active
  if (!hand.state.helpers.some(({ id }) => id === asked.helperId)) return refused({ code: 'notFound' })
  const today = shanghaiDate(hand.by.at)
  if (asked.on < today || asked.on > addDays(today, FARTHEST_ERRAND_DAYS)) {
    return refused({ code: 'badInput', fields: ['on'] })
  }
  const id = hand.parts.world.newId()
  const after = await withEvent(hand, { type: 'errandSet', errand: { id, ...asked } })
  const code = await addLink(after, { purpose: 'errand', ref: id, endsAt: errandEnds(asked.on) })
  return { ok: true, value: { code } }
}

/** Done, or called off: its page says so from now on. */
export async function endErrand(hand: FamilyHand, id: string, how: 'done' | 'cancelled'): Done {
  if (!hand.state.errands.some(errand => errand.id === id && errand.ended === null))
    return refused({ code: 'notFound' })
  await endOne(hand, id, how)
  return { ok: true, value: { id } }
}

async function endOne(hand: FamilyHand, id: string, how: 'done' | 'cancelled'): Promise<FamilyHand> {
  await hand.tx.care.endLink(hand.family.id, 'errand', id, hand.by.at)
  return withEvent(hand, { type: 'errandEnded', id, how })
}
