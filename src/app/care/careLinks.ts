import type { AgreementHospital, CareNeed } from '../../domain/care/careFamily.ts'
import { foldCare, type CareState } from '../../domain/care/careState.ts'
import { CHECK_CODE_BYTES, checkCode, normaliseCheckCode, publicNumber } from '../../domain/number.ts'
import { surnameOf } from '../../domain/personName.ts'
import { addDays, startOfDay, type Instant, type LocalDate } from '../../domain/world.ts'
import type { Outcome } from '../caseViews.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import { needsActive, withEvent, type FamilyHand } from './careAccess.ts'
import type { CareLink } from './carePort.ts'

/** Codes of 65 bits never clash; this many clashes are a fault. */
const MOST_DRAWN = 3

/** What the hospital desk sees of a card, and no more: that it counts, for whom by surname, and what it opens. */
export interface CardShown {
  number: string
  valid: boolean
  surname: string
  hospital: string
  desk: string
  /** Phone of the town's contact at the office; null while nobody has entered one. */
  officePhone: string | null
  regionCode: string
}

/** What a helper sees: what is to be done, when and where. Nothing of why. */
export interface ErrandShown {
  need: CareNeed
  on: LocalDate
  time: string
  place: string
  surname: string
  /** Whom he calls when something comes between. */
  contact: { name: string; phone: string | null } | null
  ended: boolean
}

/** 就医绿色通道卡. Refused: `badInput` with `hospital` while there is no agreement hospital; `alreadyDone` while one counts. */
export async function issueCard(hand: FamilyHand): Promise<Outcome<{ id: string }>> {
  const { parts, state, by } = hand
  const active = needsActive(hand)
  if (!active.ok) return active
  if (state.hospital === null) return refused({ code: 'badInput', fields: ['hospital'] })
  if (state.card !== null) return refused({ code: 'alreadyDone' })
  const number = publicNumber(parts.text('zh-CN', 'care.card.prefix'), by.at, parts.world.randomBytes(4))
  await addLink(hand, { purpose: 'card', ref: number, endsAt: null })
  await withEvent(hand, { type: 'cardIssued', number })
  return { ok: true, value: { id: number } }
}

/** A lost card ends; the next one has another number and code. Refused: `notAllowed` where there is none. */
export async function endCard(hand: FamilyHand): Promise<Outcome<{ id: string }>> {
  const { tx, family, state, by } = hand
  if (state.card === null) return refused({ code: 'notAllowed', allowed: [] })
  await tx.care.endLink(family.id, 'card', state.card, by.at)
  await withEvent(hand, { type: 'cardEnded', number: state.card })
  return { ok: true, value: { id: family.id } }
}

/** Answers the code. */
export async function addLink(
  { parts, tx, family, by }: FamilyHand,
  link: Pick<CareLink, 'purpose' | 'ref' | 'endsAt'>,
): Promise<string> {
  for (let drawn = 0; drawn < MOST_DRAWN; drawn++) {
    const code = checkCode(parts.world.randomBytes(CHECK_CODE_BYTES))
    if (await tx.care.addLink({ familyId: family.id, code, issuedAt: by.at, ...link })) return code
  }
  throw new Error('every code of a link that was drawn is taken')
}

/** What stands behind a code of this purpose; the look is counted. Null for no code of ours. */
function look<T>(
  parts: AppParts,
  { typed, purpose }: { typed: string; purpose: CareLink['purpose'] },
  show: (link: CareLink, found: { state: CareState; regionCode: string }, now: Instant) => Promise<T> | T,
): Promise<T | null> {
  const code = normaliseCheckCode(typed)
  if (code === null) return Promise.resolve(null)
  return parts.store.transaction({ kind: 'system' }, async tx => {
    const now = parts.world.now()
    const link = await tx.care.look(code, purpose, now)
    const family = link && (await tx.care.byId(link.familyId))
    if (!link || !family) return null
    return show(link, { state: foldCare(family.actions), regionCode: family.regionCode }, now)
  })
}

/** Of the first in the household: whoever stands at the desk says it. */
const nameOnIt = ({ people }: CareState): string => surnameOf(people[0]?.name ?? '')

/** The hospital desk looks at a card. */
export function lookAtCard(parts: AppParts, typed: string): Promise<CardShown | null> {
  return look(parts, { typed, purpose: 'card' }, async (link, { state, regionCode }, now) => {
    const valid = state.status === 'active' && state.card === link.ref && (link.endsAt === null || link.endsAt > now)
    const { name, desk }: Pick<AgreementHospital, 'name' | 'desk'> = state.hospital ?? { name: '', desk: '' }
    const officePhone = parts.packFor(regionCode).officePhone.value
    return { number: link.ref, valid, surname: nameOnIt(state), hospital: name, desk, officePhone, regionCode }
  })
}

/** A helper looks at what he was asked to do. Once its day is over the page says so and nothing more. */
export async function lookAtErrand(parts: AppParts, typed: string): Promise<ErrandShown | null> {
  return look(parts, { typed, purpose: 'errand' }, async (link, { state }, now) => {
    const errand = state.errands.find(({ id }) => id === link.ref)
    if (!errand) return null
    const ended = errand.ended !== null || state.status !== 'active' || (link.endsAt !== null && link.endsAt <= now)
    const { need, on, time, place } = errand
    return { need, on, time, place, surname: nameOnIt(state), contactId: state.contacts.cadre, ended }
  }).then(found => found && withContact(parts, found))
}

async function withContact(
  parts: AppParts,
  { contactId, ...errand }: Omit<ErrandShown, 'contact'> & { contactId: string | null },
): Promise<ErrandShown> {
  const officer =
    contactId === null ? null : await parts.store.transaction({ kind: 'system' }, tx => tx.officers.byId(contactId))
  return { ...errand, contact: officer && { name: officer.name, phone: officer.officePhone } }
}

/** The page of an errand closes with the day after it. */
export const errandEnds = (on: LocalDate): Instant => startOfDay(addDays(on, 2))
