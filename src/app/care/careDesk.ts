import type {
  AgreementHospital,
  CareEnding,
  CareErrand,
  CareHelper,
  CareOccasion,
  ContactPost,
  FamilyDoctor,
  YearlyDay,
} from '../../domain/care/careFamily.ts'
import { foldCare } from '../../domain/care/careState.ts'
import { shownToCounty, shownWhole, sumByPlace, type CareCoverage } from '../../domain/care/careCoverage.ts'
import type { Officer } from '../../domain/officer.ts'
import { surnameOf } from '../../domain/personName.ts'
import type { Source } from '../../domain/regionPack.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { Outcome } from '../caseViews.ts'
import { leaveInPeace } from '../grief/leaveInPeace.ts'
import { eyesOf } from '../officer/eyes.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Page, Tx } from '../ports.ts'
import {
  cancelActivity,
  listActivities,
  openActivity,
  signUpFamily,
  activitiesOf,
  signUpResident,
  type ActivityAsked,
  type ActivityView,
  type OwnActivity,
  type SignUp,
} from './activities.ts'
import { remindActivities } from './activityNews.ts'
import { inFamily, lookAtFamily, needsActive, seesFamily, stepOf, withEvent, type FamilyHand } from './careAccess.ts'
import { careFamilyOf, openCare } from './careFamilyOf.ts'
import { addHelper, endErrand, endHelper, setErrand } from './careHelp.ts'
import { endCard, issueCard, lookAtCard, lookAtErrand, type CardShown, type ErrandShown } from './careLinks.ts'
import { endCareTask } from './careTask.ts'
import { briefsOf, careViewOf, type CareBrief, type CareView } from './careViews.ts'
import { chooseContact, mayHold } from './contacts.ts'
import { planCare } from './planCare.ts'
import { noteCare } from './record.ts'
import { registerCare, registerProposed, type CareRegistration } from './registerCare.ts'
import { keepPromise, writeVisit, type VisitWritten } from './visits.ts'

type Done = Promise<Outcome<{ id: string }>>

/** What may be set beside the contacts; what is absent stays. Null: there is none any more. */
export interface CareDutiesSet {
  doctor?: FamilyDoctor | null
  hospital?: AgreementHospital | null
  dates?: YearlyDay[]
}

/** What the card prints. */
export interface CardPrint {
  number: string
  code: string
  surname: string
  hospital: AgreementHospital
  office: string
}

/** 三个全覆盖 of a place. `target` as a share, with where it comes from. `sum` null: too few to be told. */
export interface CoverageReport {
  places: CareCoverage[]
  sum: CareCoverage | null
  target: number
  source: Source | null
}

/** 暖心 for the contacts and the town. To whom a family is not shown it is not there; each look at one is written down. */
export interface CareDesk {
  list(officer: Officer, filter: { ended: boolean; cursor?: string; limit: number }): Promise<Page<CareBrief>>
  one(officer: Officer, id: string): Promise<Outcome<CareView>>
  /** The family that a task is about. */
  ofTask(officer: Officer, taskId: string): Promise<Outcome<{ id: string }>>
  register(officer: Officer, asked: CareRegistration): Done
  /** A family that was proposed says yes, or what is known of it was wrong. */
  setPeople(officer: Officer, id: string, asked: Omit<CareRegistration, 'regionCode'>): Done
  /** The town chooses. */
  setContact(officer: Officer, id: string, change: { post: ContactPost; officerId: string }): Done
  /** Whom it may choose for each post. */
  contactsFor(officer: Officer, id: string): Promise<Outcome<Record<ContactPost, { id: string; name: string }[]>>>
  setDuties(officer: Officer, id: string, set: CareDutiesSet): Done
  writeVisit(officer: Officer, id: string, visit: VisitWritten): Done
  keepPromise(officer: Officer, id: string, kept: { visitId: string; words: string }): Done
  /** 生病、出事: somebody goes there at once. `lost`: who died, of a bereavement; a child unless it is said otherwise. */
  occurred(officer: Officer, id: string, occasion: CareOccasion, lost?: 'child' | 'person'): Done
  addHelper(officer: Officer, id: string, helper: Omit<CareHelper, 'id'>): Done
  endHelper(officer: Officer, id: string, helperId: string): Done
  setErrand(officer: Officer, id: string, errand: Omit<CareErrand, 'id'>): Promise<Outcome<{ code: string }>>
  endErrand(officer: Officer, id: string, errandId: string, how: 'done' | 'cancelled'): Done
  issueCard(officer: Officer, id: string): Done
  endCard(officer: Officer, id: string): Done
  card(officer: Officer, id: string): Promise<Outcome<CardPrint>>
  /** The town ends it: its tasks, card and errands end as well. */
  end(officer: Officer, id: string, why: CareEnding): Done
  coverage(officer: Officer): Promise<CoverageReport>
  activities: {
    list(officer: Officer): Promise<ActivityView[]>
    open(officer: Officer, asked: ActivityAsked): Done
    cancel(officer: Officer, id: string): Done
    signUp(officer: Officer, signUp: SignUp & { familyId: string }): Done
  }
  /** The family itself. */
  resident: {
    card(residentId: string): Promise<CardPrint | null>
    activities(residentId: string): Promise<OwnActivity[]>
    signUp(residentId: string, signUp: SignUp): ReturnType<typeof signUpResident>
  }
  /** Whoever holds a code. */
  lookAtCard(code: string): Promise<CardShown | null>
  lookAtErrand(code: string): Promise<ErrandShown | null>
  /** For the workers, each by itself. */
  remind(): Promise<number>
  plan(limit: number): Promise<number>
}

export function makeCareDesk(parts: AppParts): CareDesk {
  const step = <T>(officer: Officer, id: string, run: (hand: FamilyHand) => Promise<Outcome<T>>, townOnly = false) =>
    inFamily(parts, officer, { id, townOnly }, run)
  return {
    list: (officer, filter) =>
      parts.store.transaction(eyesOf(officer), async tx => {
        const page = await tx.care.list(filter)
        for (const { id } of page.items) await noteCare(tx, id, { ...stepOf(parts, officer), action: 'listed' })
        return { ...page, items: await briefsOf(parts, tx, page.items) }
      }),
    one: (officer, id) =>
      lookAtFamily(parts, officer, id, async (tx, family) => {
        await noteCare(tx, id, { ...stepOf(parts, officer), action: 'read' })
        return careViewOf(parts, tx, family)
      }),
    ofTask: (officer, taskId) =>
      parts.store.transaction(eyesOf(officer), async tx => {
        const family = await tx.care.ofTask(taskId)
        const state = family && foldCare(family.actions)
        const sees = family && state && seesFamily(officer, state, family.regionCode)
        return sees ? { ok: true, value: { id: family.id } } : refused({ code: 'notFound' })
      }),
    register: (officer, asked) => registerCare(parts, officer, asked),
    setPeople: (officer, id, asked) => step(officer, id, hand => setPeople(hand, asked)),
    setContact: (officer, id, change) =>
      step(officer, id, async hand => doneWith(hand, await activeThen(hand, () => chooseContact(hand, change))), true),
    contactsFor: (officer, id) => step(officer, id, contactsFor, true),
    setDuties: (officer, id, set) => step(officer, id, hand => setDuties(hand, set)),
    writeVisit: (officer, id, visit) => step(officer, id, hand => writeVisit(hand, visit)),
    keepPromise: (officer, id, kept) => step(officer, id, hand => keepPromise(hand, kept)),
    occurred: (officer, id, occasion, lost = 'child') => step(officer, id, hand => occurred(hand, occasion, lost)),
    addHelper: (officer, id, helper) => step(officer, id, hand => addHelper(hand, helper)),
    endHelper: (officer, id, helperId) => step(officer, id, hand => endHelper(hand, helperId)),
    setErrand: (officer, id, errand) => step(officer, id, hand => setErrand(hand, errand)),
    endErrand: (officer, id, errandId, how) => step(officer, id, hand => endErrand(hand, errandId, how)),
    issueCard: (officer, id) => step(officer, id, issueCard),
    endCard: (officer, id) => step(officer, id, endCard),
    card: (officer, id) =>
      step(officer, id, async hand => {
        await noteCare(hand.tx, id, { ...hand.by, action: 'cardPrinted' })
        const print = await printOf(hand)
        return print ? { ok: true, value: print } : refused({ code: 'notAllowed', allowed: ['issueCard'] })
      }),
    end: (officer, id, why) => step(officer, id, hand => end(hand, why), true),
    coverage: officer => coverage(parts, officer),
    activities: {
      list: officer => listActivities(parts, officer),
      open: (officer, asked) => openActivity(parts, officer, asked),
      cancel: (officer, id) => cancelActivity(parts, officer, id),
      signUp: (officer, signUp) => signUpFamily(parts, officer, signUp),
    },
    ...residentSide(parts),
    remind: () => remindActivities(parts),
    plan: limit => planCare(parts, limit),
  }
}

function residentSide(parts: AppParts): Pick<CareDesk, 'resident' | 'lookAtCard' | 'lookAtErrand'> {
  const as = <T>(residentId: string, run: (tx: Tx) => Promise<T>) =>
    parts.store.transaction({ kind: 'resident', residentId }, run)
  return {
    resident: {
      card: residentId =>
        as(residentId, async tx => {
          const found = await careFamilyOf(tx, { residentId })
          if (!found) return null
          await tx.as({ kind: 'system' })
          return printOf({ parts, tx, family: found.family, state: found.state })
        }),
      activities: residentId => as(residentId, tx => activitiesOf(parts, tx, residentId)),
      signUp: (residentId, asked) => as(residentId, tx => signUpResident(parts, tx, { residentId, ...asked })),
    },
    lookAtCard: code => lookAtCard(parts, code),
    lookAtErrand: code => lookAtErrand(parts, code),
  }
}

async function activeThen(hand: FamilyHand, run: () => Promise<Outcome<null>>): Promise<Outcome<null>> {
  const active = needsActive(hand)
  return active.ok ? run() : active
}

const doneWith = ({ family }: FamilyHand, outcome: Outcome<null>): Outcome<{ id: string }> =>
  outcome.ok ? { ok: true, value: { id: family.id } } : outcome

async function setPeople(hand: FamilyHand, asked: Omit<CareRegistration, 'regionCode'>): Done {
  if (hand.state.status !== 'active') return registerProposed(hand, asked)
  const { people, phone, address } = asked
  await withEvent(hand, { type: 'corrected', people, phone, address })
  return { ok: true, value: { id: hand.family.id } }
}

async function contactsFor({
  parts,
  tx,
  family,
}: FamilyHand): Promise<Outcome<Record<ContactPost, { id: string; name: string }[]>>> {
  const around = await tx.staff.around([family.regionCode], shanghaiDate(parts.world.now()))
  const fit = (post: ContactPost) =>
    around
      .filter(({ officer }) => mayHold(officer, post, family.regionCode))
      .map(({ officer: { id, name } }) => ({ id, name }))
  return { ok: true, value: { leader: fit('leader'), cadre: fit('cadre') } }
}

async function setDuties(hand: FamilyHand, { doctor, hospital, dates }: CareDutiesSet): Done {
  const active = needsActive(hand)
  if (!active.ok) return active
  let now = hand
  if (doctor !== undefined) now = await withEvent(now, { type: 'doctorSet', doctor })
  if (hospital !== undefined) now = await withEvent(now, { type: 'hospitalSet', hospital })
  if (dates !== undefined) now = await withEvent(now, { type: 'datesSet', dates })
  // Without a hospital its card opens nothing.
  if (hospital === null && now.state.card !== null) await endCard(now)
  return { ok: true, value: { id: hand.family.id } }
}

async function occurred(
  { parts, tx, family, state, by }: FamilyHand,
  occasion: CareOccasion,
  lost: 'child' | 'person',
): Done {
  if (state.status === 'ended') return refused({ code: 'notAllowed', allowed: ['register'] })
  const [residentId = null] = family.residentIds
  const { householdId, regionCode } = family
  const known = { name: state.people[0]?.name ?? null, phone: state.phone }
  await openCare(parts, tx, { residentId, householdId, regionCode, ...known, occasion, actor: by.actor }, family)
  if (occasion === 'bereavement') await leaveInPeace(parts, tx, family, { by: by.actor, lost })
  return { ok: true, value: { id: family.id } }
}

async function end(hand: FamilyHand, why: CareEnding): Done {
  const { parts, tx, family, state, by } = hand
  if (state.status === 'ended') return refused({ code: 'alreadyDone' })
  for (const { purpose, ref } of await tx.care.links(family.id)) await tx.care.endLink(family.id, purpose, ref, by.at)
  for (const { id } of await tx.care.openTasks(family.id)) {
    await endCareTask(parts, tx, id, parts.text('zh-CN', 'care.task.ended'))
  }
  // Who is left of them is not written to by a service that does not know what happened.
  if (why === 'died') await leaveInPeace(parts, tx, family, { by: by.actor, lost: 'person' })
  await withEvent(hand, { type: 'ended', why })
  await tx.care.showTasksTo(family.id, [])
  return { ok: true, value: { id: family.id } }
}

/** Null while there is no card that counts. */
async function printOf({
  parts,
  tx,
  family,
  state,
}: Pick<FamilyHand, 'parts' | 'tx' | 'family' | 'state'>): Promise<CardPrint | null> {
  const link = (await tx.care.links(family.id)).find(({ purpose, ref }) => purpose === 'card' && ref === state.card)
  if (!link || state.hospital === null) return null
  const surname = surnameOf(state.people[0]?.name ?? '')
  const office = parts.regionName(family.regionCode.slice(0, 9))
  return { number: link.ref, code: link.code, surname, hospital: state.hospital, office }
}

/** The town sees all of its villages, by name if need be; the county its towns, none of them where there are few. */
function coverage(parts: AppParts, { regionCode, role }: Officer): Promise<CoverageReport> {
  return parts.store.transaction({ kind: 'system' }, async tx => {
    const counts = await tx.care.counts(regionCode)
    const { value, source } = parts.packFor(regionCode).care?.coverageTarget ?? { value: null, source: null }
    const known = { target: value ?? 1, source }
    if (role === 'county') return { ...shownToCounty(sumByPlace(counts, 9)), ...known }
    const [sum = null] = shownWhole(sumByPlace(counts, regionCode.length))
    return { places: shownWhole(counts), sum, ...known }
  })
}
