import { doorSurvey, type DoorAnswers, type DoorQuestion, type DoorSurvey } from '../api/doorApi.ts'
import type { Problem } from '../api/answer.ts'
import { fields, flag, isFields, text } from '../api/decode.ts'
import type { KeyValue } from '../platform/platform.ts'

/** One household at whose door an officer stands: what it answered so far, on this device until the service has it. */
export interface DoorVisit {
  code: string
  survey: DoorSurvey
  answers: DoorAnswers
  /** Everything is answered and the household pressed 交上去: from here on only the line is missing. */
  handedIn: boolean
}

/** The questions that are asked after these answers, in order. */
export function askedOf({ survey, answers }: Pick<DoorVisit, 'survey' | 'answers'>): DoorQuestion[] {
  return survey.questions.filter(({ askedAfter }) => {
    if (askedAfter === null) return true
    const given = answers[askedAfter.slot]
    return typeof given === 'string' && askedAfter.answers.includes(given)
  })
}

/** The first that has no answer yet; null: all have one. */
export function nextOf(visit: Pick<DoorVisit, 'survey' | 'answers'>): DoorQuestion | null {
  return askedOf(visit).find(({ slot }) => visit.answers[slot] === undefined) ?? null
}

/** What is handed in: answers to questions that are not asked any more stay here. */
export function answersOf(visit: DoorVisit): DoorAnswers {
  return Object.fromEntries(askedOf(visit).map(({ slot }) => [slot, visit.answers[slot] ?? null]))
}

/** Of one officer: another who logs in on the same device finds nothing of it. */
const nameOf = (officerId: string) => `nuanxin.doors.${officerId}`

/** Visits that are begun or wait for a line, oldest first. What cannot be read any more is left out. */
export function readVisits(store: KeyValue, officerId: string): DoorVisit[] {
  try {
    const kept: unknown = JSON.parse(store.read(nameOf(officerId)) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isFields).map(visitOf) : []
  } catch {
    return []
  }
}

function visitOf(value: unknown): DoorVisit {
  const from = fields(value)
  const survey = fields(from['survey'])
  const answers = Object.entries(fields(from['answers'])).flatMap(([slot, given]): [string, DoorAnswers[string]][] => {
    if (given === null || typeof given === 'string') return [[slot, given]]
    return Array.isArray(given) ? [[slot, given.map(String)]] : []
  })
  return {
    code: text(from, 'code'),
    survey: doorSurvey({ ...survey, every: survey['questions'] }),
    answers: Object.fromEntries(answers),
    handedIn: flag(from, 'handedIn'),
  }
}

/** Keeps this visit in place of what was kept under its code. */
export function keepVisit(store: KeyValue, officerId: string, visit: DoorVisit): void {
  write(store, officerId, [...without(readVisits(store, officerId), visit.code), visit])
}

const FORBIDDEN = 403

/** Whether the same answers may still be taken: what is refused to the session, and not to them, passes after the next log-in. */
export const mayPassLater = ({ kind, status }: Pick<Problem, 'kind' | 'status'>): boolean =>
  kind !== 'refused' || status === FORBIDDEN

/** The service has it, or will never take it. */
export function dropVisit(store: KeyValue, officerId: string, code: string): void {
  write(store, officerId, without(readVisits(store, officerId), code))
}

const without = (visits: DoorVisit[], code: string) => visits.filter(visit => visit.code !== code)

function write(store: KeyValue, officerId: string, visits: DoorVisit[]): void {
  if (visits.length === 0) store.remove(nameOf(officerId))
  else store.write(nameOf(officerId), JSON.stringify(visits))
}
