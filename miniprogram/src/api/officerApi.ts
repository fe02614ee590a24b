import { call, part, postJson, type Answer, type Send } from './answer.ts'
import { shortCode, type ShortCode } from './caseShapes.ts'
import {
  fields,
  flag,
  isFields,
  list,
  number,
  page,
  text,
  textOrNull,
  texts,
  type Fields,
  type Page,
} from './decode.ts'
import { officerCalls } from './officerCalls.ts'
import { caseLife, type CaseLife } from './officerLife.ts'
import { noticeDraft, type NoticeDraft } from './officerNotice.ts'
import { printable, printableContent } from './printable.ts'

export interface OfficerLogin {
  id: string
  name: string
  role: string
  regionCode: string
  csrfToken: string
  /** Nothing but the own account is open until the second factor is on. */
  secondFactorNeeded: boolean
}

export interface Task {
  id: string
  source: string
  summary: string
  status: string
  /** Fencing number: goes back with every write, so that an ended lease cannot overwrite its successor. */
  fence: number
  assigneeName: string | null
  firstReceiverName: string | null
  leaseUntil: string | null
  promiseDue: string | null
  legalDue: string | null
  dueProvisional: boolean
  createdAt: string
  closedAt: string | null
  overdue: boolean
  /** Where, as seen from this officer; empty in his own village. */
  place: string
  /** Of the village. */
  regionCode: string
  /** Whose it is: the same number for all tasks of one resident, and his masked name. Null where the service does not say. */
  family: { id: string; name: string } | null
  /** Who asks whom to take it over, and until when he may answer; null while nobody does. */
  offer: { from: string; to: string; toMe: boolean; until: string } | null
  applicationId: string | null
  allowedActions: string[]
}

/** A task with its way so far and, for a half-filled case that the officer holds, what the resident had said. */
export interface TaskFile {
  task: Task
  actions: LogLine[]
  answers: Record<string, string>
}

export interface LogLine {
  at: string
  type: string
  actor: string
  /** Another officer, or a level, to whom it went with this. */
  to: string | null
  note: string | null
}

export interface Case {
  id: string
  number: string
  matter: string
  status: string
  regionName: string
  receivedAt: string
  promiseDue: string | null
  legalDue: string | null
  dueProvisional: boolean
  fields: { key: string; label: string; value: string; masked: boolean }[]
  log: LogLine[]
  certificateNumber: string | null
  rating: { level: number; reasons: string[]; comment: string | null } | null
  allowedActions: string[]
  life: CaseLife
}

export type TaskFilter = 'all' | 'mine' | 'done'

/** What an officer has in hand on a day, in one answer: little enough for a slow network. */
const AT_ONCE = 50

export interface Colleague {
  id: string
  name: string
  role: string
  inHand: number
  absent: boolean
}

export interface OfficerApi {
  /** `totp`: empty unless the account has a second factor; the service never tells which accounts have one. */
  login(username: string, password: string, totp: string): Promise<Answer<OfficerLogin>>
  /** Who is logged in, from the session cookie. */
  me(): Promise<Answer<OfficerLogin>>
  logout(): Promise<Answer<null>>
  /** `place`: code of a village, empty for all. */
  tasks(filter: TaskFilter, cursor: string | null, place: string): Promise<Answer<Page<Task>>>
  task(id: string): Promise<Answer<TaskFile>>
  oneCase(id: string): Promise<Answer<Case>>
  reveal(id: string, reason: string): Promise<Answer<Record<string, string>>>
  /** The unmasked answers of a half-filled case, for the officer who holds it. */
  revealTask(id: string, reason: string): Promise<Answer<Record<string, string>>>
  noticeDraft(caseId: string): Promise<Answer<NoticeDraft>>
  /** Who could take a task, emptiest desk first. */
  colleagues(taskId: string): Promise<Answer<Colleague[]>>
  bindingCode(): Promise<Answer<ShortCode>>
}

function officerLogin(value: unknown): OfficerLogin {
  const from = fields(value)
  const officer = fields(from['officer'])
  return {
    id: text(officer, 'id'),
    name: text(officer, 'name'),
    role: text(officer, 'role'),
    regionCode: textOrNull(officer, 'regionCode') ?? '',
    csrfToken: text(from, 'csrfToken'),
    secondFactorNeeded: flag(from, 'secondFactorNeeded'),
  }
}

function colleague(value: unknown): Colleague {
  const from = fields(value)
  return {
    id: text(from, 'id'),
    name: text(from, 'name'),
    role: text(from, 'role'),
    inHand: number(from, 'leased') + number(from, 'paused'),
    absent: Boolean(from['absent']),
  }
}

const offer = (from: Fields) => ({
  ...{ from: textOrNull(from, 'from') ?? '', to: textOrNull(from, 'to') ?? '' },
  ...{ toMe: flag(from, 'toMe'), until: text(from, 'until') },
})

const family = (from: Fields) => ({ id: text(from, 'id'), name: textOrNull(from, 'name') ?? '' })

function task(value: unknown): Task {
  const from = fields(value)
  return {
    id: text(from, 'id'),
    source: text(from, 'source'),
    summary: text(from, 'summary'),
    status: text(from, 'status'),
    fence: number(from, 'fence'),
    assigneeName: textOrNull(from, 'assigneeName'),
    firstReceiverName: textOrNull(from, 'firstReceiverName'),
    leaseUntil: textOrNull(from, 'leaseUntil'),
    promiseDue: textOrNull(from, 'promiseDue'),
    legalDue: textOrNull(from, 'legalDue'),
    dueProvisional: flag(from, 'dueProvisional'),
    createdAt: text(from, 'createdAt'),
    closedAt: textOrNull(from, 'closedAt'),
    overdue: flag(from, 'overdue'),
    place: textOrNull(from, 'place') ?? '',
    regionCode: textOrNull(from, 'regionCode') ?? '',
    family: isFields(from['family']) ? family(from['family']) : null,
    offer: isFields(from['offer']) ? offer(from['offer']) : null,
    applicationId: textOrNull(from, 'applicationId'),
    allowedActions: texts(from['allowedActions']),
  }
}

function taskAction(value: unknown): LogLine {
  const from = fields(value)
  return {
    at: text(from, 'at'),
    type: text(from, 'type'),
    actor: textOrNull(from, 'name') ?? textOrNull(from, 'by') ?? '',
    to: textOrNull(from, 'to'),
    note: textOrNull(from, 'reason'),
  }
}

function taskFile(value: unknown): TaskFile {
  const from = fields(value)
  const detail = isFields(from['detail']) ? from['detail'] : {}
  return {
    task: task(from['task']),
    actions: list(from['actions'], taskAction),
    answers: isFields(detail['answers']) ? printable(detail['answers']) : {},
  }
}

function logLine(value: unknown): LogLine {
  const from = fields(value)
  return {
    at: text(from, 'at'),
    type: text(from, 'type'),
    actor: textOrNull(from, 'actor') ?? '',
    to: null,
    note: textOrNull(from, 'note'),
  }
}

function caseField(value: unknown): Case['fields'][number] {
  const from = fields(value)
  return {
    key: text(from, 'key'),
    label: text(from, 'label'),
    value: text(from, 'value'),
    masked: flag(from, 'masked'),
  }
}

function rating(from: Fields): Case['rating'] {
  return { level: number(from, 'level'), reasons: texts(from['reasons']), comment: textOrNull(from, 'comment') }
}

function oneCase(value: unknown): Case {
  const from = fields(value)
  return {
    id: text(from, 'id'),
    number: text(from, 'number'),
    matter: text(from, 'matter'),
    status: text(from, 'status'),
    regionName: textOrNull(from, 'regionName') ?? '',
    receivedAt: text(from, 'receivedAt'),
    promiseDue: textOrNull(from, 'promiseDue'),
    legalDue: textOrNull(from, 'legalDue'),
    dueProvisional: flag(from, 'dueProvisional'),
    fields: list(from['fields'], caseField),
    log: list(from['log'], logLine),
    certificateNumber: textOrNull(from, 'certificateNumber'),
    rating: isFields(from['rating']) ? rating(from['rating']) : null,
    allowedActions: texts(from['allowedActions']),
    life: caseLife(from),
  }
}

/** The unmasked content. */
const revealed = (value: unknown) => printableContent(fields(value))

function revealedAnswers(value: unknown): Record<string, string> {
  return printable(fields(fields(value)['answers']))
}

const nothing = () => null

/** `csrf` is read at each write: it changes with every login. */
export function createOfficerApi(send: Send, csrf: () => string): OfficerApi {
  const { get, post } = officerCalls(send, csrf)
  return {
    login: (username, password, totp) =>
      call(send, postJson('/api/officer/login', { username, password, ...(totp ? { totp } : {}) }), officerLogin),
    me: () => get(OWN_LOGIN, officerLogin),
    logout: () => post('/api/officer/logout', {}, nothing),
    tasks: (filter, cursor, place) => get(tasksPath(filter, cursor, place), page(task)),
    task: id => get(taskPath(id), taskFile),
    oneCase: id => get(casePath(id), oneCase),
    reveal: (id, reason) => post(`/api/applications/${part(id)}/reveal`, { reason }, revealed),
    revealTask: (id, reason) => post(`/api/tasks/${part(id)}/reveal`, { reason }, revealedAnswers),
    noticeDraft: id => get(`/api/applications/${part(id)}/notice`, noticeDraft),
    colleagues: id => get(`/api/tasks/${part(id)}/colleagues`, value => list(fields(value)['items'], colleague)),
    bindingCode: () => post('/api/officer/binding-code', {}, shortCode),
  }
}

function tasksPath(filter: TaskFilter, cursor: string | null, place: string): string {
  const query = [filter === 'done' ? 'status=done' : 'status=open,leased,paused', `limit=${AT_ONCE}`]
  if (filter === 'mine') query.push('mine=1')
  if (place) query.push(`place=${part(place)}`)
  if (cursor) query.push(`cursor=${part(cursor)}`)
  return `/api/tasks?${query.join('&')}`
}

/** Where the service says who is logged in. */
export const OWN_LOGIN = '/api/officer/me'

/** Who is logged in, as it may lie on a phone: no write goes out with it. */
export const withoutToken = (body: string): string => JSON.stringify({ ...fields(JSON.parse(body)), csrfToken: '' })

export const casePath = (id: string): string => `/api/applications/${part(id)}`
export const taskPath = (id: string): string => `/api/tasks/${part(id)}`
export const decodeTaskFile = taskFile
export const decodeTaskPage = page(task)
export const firstTasks = (filter: TaskFilter, place = ''): string => tasksPath(filter, null, place)
