import { part, type Answer, type Send } from './answer.ts'
import { fields, flag, isFields, list, page, text, textOrNull, texts, type Fields, type Page } from './decode.ts'
import { officerCalls } from './officerCalls.ts'

export const moods = ['good', 'calm', 'low', 'worrying'] as const
export const visitWays = ['home', 'phone', 'met'] as const
export const needs = [
  ...['accompany', 'familyDoctor', 'counselling', 'dailyCare'],
  ...['oldAge', 'policy', 'talk', 'other'],
] as const
export const helperKinds = ['socialWorker', 'volunteer', 'doctor', 'association'] as const
/** What makes somebody go there at once. */
export const occasions = ['illness', 'accident', 'disaster', 'asked'] as const
/** Why nobody goes there any more. */
export const endings = ['withdrawn', 'notWanted', 'moved', 'died'] as const

/** Who died; of a family that nobody knows yet also where they live, who they are, and by which phone. */
export interface Loss {
  lost: 'child' | 'person'
  who: { region: string; name: string; phone: string | null } | null
}

export interface Contact {
  name: string
  phone: string | null
}

/** A family in the list: surname, place, who looks after it, what is missing. */
export interface CareBrief {
  id: string
  name: string
  place: string
  status: string
  leader: Contact | null
  cadre: Contact | null
  gaps: string[]
  lastVisit: string | null
  due: string | null
  overdue: boolean
}

export interface CareVisit {
  id: string
  on: string
  way: string
  mood: string
  words: string
  needs: string[]
  promise: { words: string; by: string; kept: string | null } | null
  by: string | null
}

export interface CareFamily extends CareBrief {
  regionCode: string
  people: { name: string; birthday: { calendar: string; month: number; day: number } | null }[]
  phone: string | null
  address: string | null
  doctor: { name: string; clinic: string; phone: string | null } | null
  hospital: { name: string; desk: string; phone: string | null } | null
  card: string | null
  helpers: { id: string; kind: string; name: string; phone: string | null }[]
  errands: { id: string; helper: string; need: string; on: string; time: string; place: string; ended: string | null }[]
  tasks: { id: string; source: string; summary: string; due: string | null; overdue: boolean }[]
  plan: { reason: string; festival: string | null; due: string }[]
  everyMonths: number | null
  /** Since when nothing of the service's own accord goes to them; null: it may write. */
  quietSince: string | null
  keepDays: number
  mayDecide: boolean
  visits: CareVisit[]
}

export interface VisitWritten {
  task: string | null
  on: string
  way: string
  mood: string
  words: string
  needs: string[]
  promise: { words: string; by: string } | null
}

export interface People {
  people: { name: string; birthday: null }[]
  phone: string | null
  address: string | null
  consentWay: 'paper' | 'spoken'
}

const contactOf = (value: unknown): Contact | null =>
  isFields(value) ? { name: text(value, 'name'), phone: textOrNull(value, 'phone') } : null

function brief(value: unknown): CareBrief {
  const from = fields(value)
  const contacts = fields(from['contacts'])
  return {
    id: text(from, 'id'),
    name: text(from, 'name'),
    place: text(from, 'place'),
    status: text(from, 'status'),
    leader: contactOf(contacts['leader']),
    cadre: contactOf(contacts['cadre']),
    gaps: texts(from['gaps']),
    lastVisit: textOrNull(from, 'lastVisit'),
    due: textOrNull(from, 'due'),
    overdue: flag(from, 'overdue'),
  }
}

const maybe = <T>(value: unknown, decode: (from: Fields) => T): T | null => (isFields(value) ? decode(value) : null)
const count = (from: Fields, key: string): number => (typeof from[key] === 'number' ? from[key] : 0)

function visitOf(value: unknown): CareVisit {
  const from = fields(value)
  return {
    id: text(from, 'id'),
    on: text(from, 'on'),
    way: text(from, 'way'),
    mood: text(from, 'mood'),
    words: text(from, 'words'),
    needs: texts(from['needs']),
    promise: maybe(from['promise'], one => ({
      words: text(one, 'words'),
      by: text(one, 'by'),
      kept: textOrNull(one, 'kept'),
    })),
    by: textOrNull(from, 'by'),
  }
}

function family(value: unknown): CareFamily {
  const from = fields(value)
  return {
    ...brief(value),
    regionCode: text(from, 'regionCode'),
    people: list(from['people'], one => ({
      name: text(fields(one), 'name'),
      birthday: maybe(fields(one)['birthday'], day => ({
        calendar: text(day, 'calendar'),
        month: count(day, 'month'),
        day: count(day, 'day'),
      })),
    })),
    phone: textOrNull(from, 'phone'),
    address: textOrNull(from, 'address'),
    doctor: maybe(from['doctor'], one => ({
      name: text(one, 'name'),
      clinic: text(one, 'clinic'),
      phone: textOrNull(one, 'phone'),
    })),
    hospital: maybe(from['hospital'], one => ({
      name: text(one, 'name'),
      desk: text(one, 'desk'),
      phone: textOrNull(one, 'phone'),
    })),
    card: maybe(from['card'], one => text(one, 'number')),
    helpers: list(from['helpers'], one => helperOf(fields(one))),
    errands: list(from['errands'], one => errandOf(fields(one))),
    tasks: list(from['tasks'], one => taskOf(fields(one))),
    plan: list(from['plan'], one => ({
      reason: text(fields(one), 'reason'),
      festival: textOrNull(fields(one), 'festival'),
      due: text(fields(one), 'due'),
    })),
    everyMonths: typeof from['everyMonths'] === 'number' ? from['everyMonths'] : null,
    quietSince: maybe(from['quiet'], one => text(one, 'since')),
    keepDays: count(from, 'keepDays'),
    mayDecide: flag(from, 'mayDecide'),
    visits: list(from['visits'], visitOf),
  }
}

const helperOf = (from: Fields): CareFamily['helpers'][number] => ({
  id: text(from, 'id'),
  kind: text(from, 'kind'),
  name: text(from, 'name'),
  phone: textOrNull(from, 'phone'),
})

const errandOf = (from: Fields): CareFamily['errands'][number] => ({
  id: text(from, 'id'),
  helper: text(from, 'helper'),
  need: text(from, 'need'),
  on: text(from, 'on'),
  time: text(from, 'time'),
  place: text(from, 'place'),
  ended: textOrNull(from, 'ended'),
})

const taskOf = (from: Fields): CareFamily['tasks'][number] => ({
  id: text(from, 'id'),
  source: text(from, 'source'),
  summary: text(from, 'summary'),
  due: textOrNull(from, 'due'),
  overdue: flag(from, 'overdue'),
})

/** An afternoon of a 暖心家园, with how many places are left. */
export interface CareActivity {
  id: string
  title: string
  place: string
  startsAt: string
  left: number
  cancelled: boolean
}

const activityOf = (value: unknown): CareActivity => {
  const from = fields(value)
  return {
    id: text(from, 'id'),
    title: text(from, 'title'),
    place: text(from, 'place'),
    startsAt: text(from, 'startsAt'),
    left: Math.max(0, count(from, 'capacity') - count(from, 'taken')),
    cancelled: flag(from, 'cancelled'),
  }
}

const idOf = (value: unknown): string => text(fields(value), 'id')
const nothing = () => null

/** 暖心, for the contacts of a family and the town. Never kept on the phone: each look is written down by the service. */
export function createCareApi(send: Send, csrf: () => string) {
  const { get, post } = officerCalls(send, csrf)
  const path = (id: string) => `/api/care-families/${part(id)}`
  return {
    list: (cursor: string | null): Promise<Answer<Page<CareBrief>>> =>
      get(`/api/care-families${cursor ? `?cursor=${part(cursor)}` : ''}`, page(brief)),
    one: (id: string): Promise<Answer<CareFamily>> => get(path(id), family),
    ofTask: (taskId: string): Promise<Answer<string>> => get(`/api/care-tasks/${part(taskId)}`, idOf),
    register: (region: string, people: People) => post('/api/care-families', { region, ...people }, idOf),
    setPeople: (id: string, people: People) => post(`${path(id)}/people`, people, nothing),
    visit: (id: string, visit: VisitWritten) => post(`${path(id)}/visits`, visit, nothing),
    keep: (id: string, kept: { visit: string; words: string }) => post(`${path(id)}/promises`, kept, nothing),
    occurred: (id: string, occasion: string) => post(`${path(id)}/occasions`, { occasion }, nothing),
    /** A death in the family: the messages stop and somebody goes there. */
    lost: (id: string, { lost }: Loss) => post(`${path(id)}/occasions`, { occasion: 'bereavement', lost }, nothing),
    /** The same of people who need not be known. Answers whether there was somebody to be left in peace. */
    told: ({ lost, who }: Loss) => post('/api/bereavements', { lost, ...who }, value => flag(fields(value), 'quiet')),
    lostInCase: (application: string, { lost }: Loss) =>
      post(`/api/applications/${part(application)}/bereavement`, { lost }, nothing),
    /** Somebody was there: the service may write again. */
    lift: (id: string, words: string) => post(`${path(id)}/lift-mute`, { words }, nothing),
    liftInCase: (application: string, words: string) =>
      post(`/api/applications/${part(application)}/lift-mute`, { words }, nothing),
    end: (id: string, why: string) => post(`${path(id)}/end`, { why }, nothing),
    setDuties: (id: string, duties: object) => post(`${path(id)}/duties`, duties, nothing),
    issueCard: (id: string) => post(`${path(id)}/card`, {}, nothing),
    endCard: (id: string) => post(`${path(id)}/card/end`, {}, nothing),
    addHelper: (id: string, helper: { kind: string; name: string; phone: string | null }) =>
      post(`${path(id)}/helpers`, helper, nothing),
    /** Answers the link that the helper is sent. */
    setErrand: (id: string, errand: { helper: string; need: string; on: string; time: string; place: string }) =>
      post(`${path(id)}/errands`, errand, value => text(fields(value), 'link')),
    activities: (): Promise<Answer<CareActivity[]>> =>
      get('/api/care-activities', value => list(fields(value)['items'], activityOf)),
    signUp: (family: string, { activity, people }: { activity: string; people: number }) =>
      post(`/api/care-activities/${part(activity)}/signups`, { family, people }, nothing),
    endErrand: (id: string, ended: { errand: string; how: 'done' | 'cancelled' }) =>
      post(`${path(id)}/errands/end`, ended, nothing),
  }
}

export const careCardFile = (id: string): string => `/api/care-families/${part(id)}/card.pdf`
