import { call, part, postJson, type Answer, type Send } from './answer.ts'
import { fields, flag, isFields, list, text, textOrNull, type Fields } from './decode.ts'

/** Who works on something now. */
export interface Handler {
  name: string
  place: string
}

/** What a resident asked of officers beside his cases: a call, help, a correction, a complaint. */
export interface OwnRequest {
  id: string
  source: string
  /** Of complaints alone. */
  number: string | null
  status: string
  createdAt: string
  promiseDue: string | null
  office: string
  officePhone: string | null
  handler: Handler | null
  mayUrge: boolean
  /** Urged as often as a day allows: from this day on again. */
  urgeFrom: string | null
  mayReopen: boolean
  /** Last day on which he may say that it is not done; null: no day is set. */
  reopenUntil: string | null
}

export interface RequestApi {
  /** Newest first. */
  requests(): Promise<Answer<OwnRequest[]>>
  urge(id: string): Promise<Answer<null>>
  urgeCase(id: string): Promise<Answer<null>>
  reopen(id: string, reason: string): Promise<Answer<null>>
}

const nothing = () => null

export function createRequestApi(send: Send): RequestApi {
  const post = (path: string, body: unknown) => call(send, postJson(path, body), nothing)
  return {
    requests: () =>
      call(send, { method: 'GET', path: '/api/requests' }, value => list(fields(value)['items'], ownRequest)),
    urge: id => post(`/api/requests/${part(id)}/remind`, {}),
    urgeCase: id => post(`/api/applications/${part(id)}/remind`, {}),
    reopen: (id, reason) => post(`/api/requests/${part(id)}/reopen`, { reason }),
  }
}

function ownRequest(value: unknown): OwnRequest {
  const from = fields(value)
  return {
    id: text(from, 'id'),
    source: text(from, 'source'),
    number: textOrNull(from, 'number'),
    status: text(from, 'status'),
    createdAt: text(from, 'createdAt'),
    promiseDue: textOrNull(from, 'promiseDue'),
    office: textOrNull(from, 'office') ?? '',
    officePhone: textOrNull(from, 'officePhone'),
    handler: handlerIn(from),
    mayUrge: flag(from, 'mayUrge'),
    urgeFrom: textOrNull(from, 'urgeFrom'),
    mayReopen: flag(from, 'mayReopen'),
    reopenUntil: textOrNull(from, 'reopenUntil'),
  }
}

/** Null while nobody has taken it, and where a service of before says nothing of it. */
export function handlerIn(from: Fields): Handler | null {
  const handler = from['handler']
  return isFields(handler) ? { name: text(handler, 'name'), place: text(handler, 'place') } : null
}
