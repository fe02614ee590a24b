import { fields, list, text, textOrNull } from './decode.ts'
import { part, type Answer, type Send } from './answer.ts'
import { doorSurvey, type DoorAnswers, type DoorSurvey } from './doorApi.ts'
import { officerCalls } from './officerCalls.ts'

/** A questionnaire that this officer himself is asked to answer. */
export interface AskedOfMe {
  id: string
  title: string
  closesAt: string
}

/** The same, opened: what he answered so far, and once it is handed in the right answers. */
export interface OwnSurvey {
  survey: DoorSurvey
  answers: DoorAnswers
  said: string
}

export interface StaffSurveyApi {
  mine(): Promise<Answer<AskedOfMe[]>>
  open(id: string): Promise<Answer<OwnSurvey>>
  /** What is given is kept; `finish` hands all of it in, once. */
  answer(id: string, answers: DoorAnswers, finish: boolean): Promise<Answer<OwnSurvey>>
}

function asked(value: unknown): AskedOfMe {
  const from = fields(value)
  return { id: text(from, 'id'), title: text(from, 'title'), closesAt: text(from, 'closesAt') }
}

function own(value: unknown): OwnSurvey {
  const from = fields(value)
  const answers = Object.entries(fields(from['answers'])).flatMap(([slot, given]): [string, string][] =>
    typeof given === 'string' ? [[slot, given]] : [],
  )
  return { survey: doorSurvey(value), answers: Object.fromEntries(answers), said: textOrNull(from, 'said') ?? '' }
}

export function createStaffSurveyApi(send: Send, csrf: () => string): StaffSurveyApi {
  const { get, post } = officerCalls(send, csrf)
  return {
    mine: () => get('/api/my-staff-surveys', value => list(fields(value)['items'], asked)),
    open: id => get(`/api/my-staff-surveys/${part(id)}`, own),
    answer: (id, answers, finish) => post(`/api/my-staff-surveys/${part(id)}/answers`, { answers, finish }, own),
  }
}
