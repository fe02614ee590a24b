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
import { caseLife, HELD_STEPS, type CaseLife, type CaseStep } from './officerLife.ts'
import { noticeDraft, type NoticeDraft, type NoticeRequest } from './officerNotice.ts'
import { printable, printableContent } from './printable.ts'

export interface OfficerLogin {
  id: string
  name: string
  role: string
  regionCode: string
  csrfToken: string
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
  rating: { level: number; comment: string | null } | null
  allowedActions: string[]
  life: CaseLife
}

export type TaskFilter = 'all' | 'mine' | 'done'
export type TaskWrite = 'lease' | 'release' | 'pause' | 'resume' | 'close'
export type Decision = { decision: 'granted' } | { decision: 'refused'; reason: string }

export interface OfficerApi {
  /** `totp`: empty unless the account has a second factor; the service never tells which accounts have one. */
  login(username: string, password: string, totp: string): Promise<Answer<OfficerLogin>>
  /** Who is logged in, from the session cookie. */
  me(): Promise<Answer<OfficerLogin>>
  logout(): Promise<Answer<null>>
  tasks(filter: TaskFilter, cursor: string | null): Promise<Answer<Page<Task>>>
  task(id: string): Promise<Answer<TaskFile>>
  write(task: Task, action: TaskWrite, body?: { reason?: string; evidence?: string }): Promise<Answer<Task>>
  oneCase(id: string): Promise<Answer<Case>>
  reveal(id: string, reason: string): Promise<Answer<Record<string, string>>>
  /** The unmasked answers of a half-filled case, for the officer who holds it. */
  revealTask(id: string, reason: string): Promise<Answer<Record<string, string>>>
  accept(task: Task, caseId: string): Promise<Answer<null>>
  decide(task: Task, caseId: string, decision: Decision): Promise<Answer<null>>
  noticeDraft(caseId: string): Promise<Answer<NoticeDraft>>
  /** Everything that is missing, told once: the clocks stop and the resident is told. */
  issueNotice(task: Task, caseId: string, request: NoticeRequest): Promise<Answer<null>>
  /** One step of a case's life; under the number of the task where the step asks for it. */
  caseStep(task: Task, caseId: string, step: CaseStep): Promise<Answer<null>>
  /** What was found when a commitment was looked into. */
  check(task: Task, found: { result: string; evidence: string }): Promise<Answer<Task>>
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
  }
}

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
    applicationId: textOrNull(from, 'applicationId'),
    allowedActions: texts(from['allowedActions']),
  }
}

function taskAction(value: unknown): LogLine {
  const from = fields(value)
  return {
    at: text(from, 'at'),
    type: text(from, 'type'),
    actor: textOrNull(from, 'by') ?? '',
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
  return { level: number(from, 'level'), comment: textOrNull(from, 'comment') }
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
    me: () => get('/api/officer/me', officerLogin),
    logout: () => post('/api/officer/logout', {}, nothing),
    tasks: (filter, cursor) => get(`/api/tasks?${tasksQuery(filter, cursor)}`, page(task)),
    task: id => get(`/api/tasks/${part(id)}`, taskFile),
    write: ({ id, fence }, action, body) => post(`/api/tasks/${part(id)}/${action}`, body ?? {}, task, fence),
    oneCase: id => get(`/api/applications/${part(id)}`, oneCase),
    reveal: (id, reason) => post(`/api/applications/${part(id)}/reveal`, { reason }, revealed),
    revealTask: (id, reason) => post(`/api/tasks/${part(id)}/reveal`, { reason }, revealedAnswers),
    accept: ({ fence }, id) => post(`/api/applications/${part(id)}/accept`, {}, nothing, fence),
    decide: ({ fence }, id, decision) => post(`/api/applications/${part(id)}/decide`, decision, nothing, fence),
    noticeDraft: id => get(`/api/applications/${part(id)}/notice`, noticeDraft),
    issueNotice: ({ fence }, id, request) => post(`/api/applications/${part(id)}/notice`, request, nothing, fence),
    caseStep: ({ fence }, id, { step, ...body }) =>
      post(`/api/applications/${part(id)}/${step}`, body, nothing, HELD_STEPS.includes(step) ? fence : undefined),
    check: ({ id, fence }, found) => post(`/api/tasks/${part(id)}/commitment`, found, task, fence),
    bindingCode: () => post('/api/officer/binding-code', {}, shortCode),
  }
}

function tasksQuery(filter: TaskFilter, cursor: string | null): string {
  const query = [filter === 'done' ? 'status=done' : 'status=open,leased,paused']
  if (filter === 'mine') query.push('mine=1')
  if (cursor) query.push(`cursor=${part(cursor)}`)
  return query.join('&')
}
