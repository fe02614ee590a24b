import type { Instant, LocalDate } from '../world.ts'
import {
  contactPosts,
  type AgreementHospital,
  type CareAction,
  type CareConsent,
  type CareEnding,
  type CareErrand,
  type CareEvent,
  type CareHelper,
  type CareOccasion,
  type CarePerson,
  type CareVisit,
  type ContactPair,
  type ContactPost,
  type FamilyDoctor,
  type YearlyDay,
} from './careFamily.ts'

export const careStatuses = ['proposed', 'active', 'ended'] as const
export type CareStatus = (typeof careStatuses)[number]

/** A promise made at a visit, kept as a task of its own. */
export interface CarePromise {
  visitId: string
  words: string
  by: LocalDate
  taskId: string | null
  kept: { at: Instant; words: string } | null
}

export interface CareState {
  status: CareStatus
  /** When the family said yes; null while it is only proposed. */
  since: Instant | null
  consent: CareConsent | null
  people: CarePerson[]
  phone: string | null
  address: string | null
  contacts: ContactPair
  /** Contacts whom the family has not yet been told of by name. */
  toIntroduce: string[]
  doctor: FamilyDoctor | null
  hospital: AgreementHospital | null
  /** Days on which somebody is there without saying why. */
  dates: YearlyDay[]
  helpers: CareHelper[]
  errands: (CareErrand & { ended: 'done' | 'cancelled' | null })[]
  /** Tasks of planned visits by the key of the plan. */
  planned: Record<string, string>
  /** Oldest first. */
  visits: (CareVisit & { at: Instant; officerId: string | null })[]
  promises: CarePromise[]
  /** Number of the card that counts; null while there is none. */
  card: string | null
  occasion: CareOccasion | null
  ending: CareEnding | null
  nextSeq: number
}

const nothing: CareState = {
  ...{ status: 'proposed', since: null, consent: null, people: [], phone: null, address: null },
  ...{ contacts: { leader: null, cadre: null }, toIntroduce: [], doctor: null, hospital: null, dates: [] },
  ...{ helpers: [], errands: [], planned: {}, visits: [], promises: [], card: null, occasion: null, ending: null },
  nextSeq: 1,
}

/** The state after all actions. @throws when the first says of no family that it is one. */
export function foldCare(actions: readonly CareAction[]): CareState {
  const first = actions[0]?.event.type
  if (first !== 'proposed' && first !== 'registered') throw new Error('a care family begins as proposed or registered')
  return actions.reduce(applyCare, nothing)
}

/** The state after one more action. */
export function applyCare(before: CareState, { at, actor, event }: CareAction): CareState {
  const state = { ...before, nextSeq: before.nextSeq + 1 }
  switch (event.type) {
    case 'proposed':
      return {
        ...state,
        ...{ occasion: event.occasion, phone: event.phone ?? null },
        people: event.name ? [{ name: event.name, birthday: null }] : [],
      }
    case 'registered':
      return { ...state, ...asSaid(event), status: 'active', since: at, consent: event.consent, ending: null }
    case 'corrected':
      return { ...state, ...asSaid(event) }
    case 'contactSet':
      return withContact(state, event.post, event.officerId)
    case 'introduced':
      return { ...state, toIntroduce: state.toIntroduce.filter(id => id !== event.officerId) }
    case 'visited': {
      const officerId = actor.kind === 'officer' ? actor.id : null
      return withVisit(state, event, { at, officerId })
    }
    case 'promiseKept':
      return { ...state, promises: state.promises.map(one => keptIf(one, event, at)) }
    case 'ended':
      return { ...state, status: 'ended', ending: event.why, contacts: nothing.contacts, toIntroduce: [], card: null }
    case 'doctorSet':
    case 'hospitalSet':
    case 'datesSet':
    case 'helperAdded':
    case 'helperEnded':
    case 'errandSet':
    case 'errandEnded':
    case 'occurred':
    case 'planned':
    case 'cardIssued':
    case 'cardEnded':
      return applyHelp(state, event)
  }
}

type HelpEvent = Exclude<
  CareEvent,
  { type: 'proposed' | 'registered' | 'corrected' | 'contactSet' | 'introduced' | 'visited' | 'promiseKept' | 'ended' }
>

function applyHelp(state: CareState, event: HelpEvent): CareState {
  switch (event.type) {
    case 'doctorSet':
      return { ...state, doctor: event.doctor }
    case 'hospitalSet':
      return { ...state, hospital: event.hospital }
    case 'datesSet':
      return { ...state, dates: event.dates }
    case 'helperAdded':
      return { ...state, helpers: [...state.helpers.filter(({ id }) => id !== event.helper.id), event.helper] }
    case 'helperEnded':
      return { ...state, helpers: state.helpers.filter(({ id }) => id !== event.id) }
    case 'errandSet':
      return { ...state, errands: [...state.errands, { ...event.errand, ended: null }] }
    case 'errandEnded':
      return { ...state, errands: state.errands.map(one => (one.id === event.id ? { ...one, ended: event.how } : one)) }
    case 'occurred':
      return { ...state, occasion: event.occasion }
    case 'planned':
      return { ...state, planned: { ...state.planned, [event.key]: event.taskId } }
    case 'cardIssued':
      return { ...state, card: event.number }
    case 'cardEnded':
      return { ...state, card: state.card === event.number ? null : state.card }
  }
}

const asSaid = ({ people, phone, address }: Pick<CareState, 'people' | 'phone' | 'address'>) => ({
  people,
  phone,
  address,
})

/** Who comes new to a post is introduced, unless the family knows him from the other. */
function withContact(state: CareState, post: ContactPost, officerId: string | null): CareState {
  const former = state.contacts[post]
  const contacts = { ...state.contacts, [post]: officerId }
  if (former === officerId) return { ...state, contacts }
  const waiting = state.toIntroduce.filter(id => id === contacts.leader || id === contacts.cadre)
  const isKnown = officerId === null || contactPosts.some(other => other !== post && contacts[other] === officerId)
  return { ...state, contacts, toIntroduce: isKnown ? waiting : [...new Set([...waiting, officerId])] }
}

function withVisit(
  state: CareState,
  { visit, promiseTaskId }: Extract<CareEvent, { type: 'visited' }>,
  by: { at: Instant; officerId: string | null },
): CareState {
  const { promise, id: visitId } = visit
  const promised = promise && { visitId, words: promise.words, by: promise.by, taskId: promiseTaskId, kept: null }
  return {
    ...state,
    visits: [...state.visits, { ...visit, ...by }],
    promises: promised ? [...state.promises, promised] : state.promises,
  }
}

const keptIf = (one: CarePromise, event: { visitId: string; words: string }, at: Instant): CarePromise =>
  one.visitId === event.visitId && one.kept === null ? { ...one, kept: { at, words: event.words } } : one

/** 三个全覆盖: the three duties towards each family. */
export const careDuties = ['contactPair', 'familyDoctor', 'greenChannel'] as const
export type CareDuty = (typeof careDuties)[number]

/** What a family is still owed. A family that is not (yet) looked after is owed nothing. */
export function careGaps({ status, contacts, doctor, card }: CareState): CareDuty[] {
  if (status !== 'active') return []
  return [
    ...(contacts.leader === null || contacts.cadre === null ? (['contactPair'] as const) : []),
    ...(doctor === null ? (['familyDoctor'] as const) : []),
    ...(card === null ? (['greenChannel'] as const) : []),
  ]
}
