import { part, type Answer, type Send } from './answer.ts'
import { fields, flag, isFields, list, number, page, text, textOrNull, texts, type Page } from './decode.ts'
import { officerCalls } from './officerCalls.ts'

/** A complaint or suggestion in a list: nothing of what was said. */
export interface ComplaintBrief {
  id: string
  number: string
  topic: string
  serious: boolean
  place: string
  /** Place that has it now. */
  handler: string
  anonymous: boolean
  status: string
  reopened: boolean
  receivedAt: string
  due: string
  dueProvisional: boolean
  overdue: boolean
  /** Its task, for taking it on and for answering. */
  task: { id: string; fence: number } | null
  allowedActions: string[]
}

export interface Complaint extends ComplaintBrief {
  words: string
  person: string | null
  photos: number
  /** What was not settled by the first answer, in the words of who complained; null where he said nothing of it. */
  again: string | null
  answers: { at: string; finding: string; text: string }[]
  log: { at: string; type: string }[]
}

export const findings = ['founded', 'partly', 'unfounded', 'taken', 'notTaken'] as const

export interface ComplaintApi {
  list(open: boolean, cursor: string | null): Promise<Answer<Page<ComplaintBrief>>>
  one(id: string): Promise<Answer<Complaint>>
  /** Takes its task on; answering asks for that. */
  take(task: { id: string }): Promise<Answer<null>>
  reply(complaint: Complaint, found: { finding: string; text: string }): Promise<Answer<Complaint>>
  /** `region` null: to an office outside of the county, which is only named. */
  handOver(
    complaint: Complaint,
    to: { region: string | null; office: string; reason: string },
  ): Promise<Answer<Complaint>>
}

function brief(value: unknown): ComplaintBrief {
  const from = fields(value)
  const task = isFields(from['task']) ? from['task'] : null
  return {
    id: text(from, 'id'),
    number: text(from, 'number'),
    topic: text(from, 'topic'),
    serious: flag(from, 'serious'),
    place: textOrNull(from, 'place') ?? '',
    handler: textOrNull(from, 'handler') ?? '',
    anonymous: flag(from, 'anonymous'),
    status: text(from, 'status'),
    reopened: flag(from, 'reopened'),
    receivedAt: text(from, 'receivedAt'),
    due: text(from, 'due'),
    dueProvisional: flag(from, 'dueProvisional'),
    overdue: flag(from, 'overdue'),
    task: task && { id: text(task, 'id'), fence: number(task, 'fence') },
    allowedActions: texts(from['allowedActions']),
  }
}

function complaint(value: unknown): Complaint {
  const from = fields(value)
  return {
    ...brief(value),
    words: text(from, 'words'),
    again: textOrNull(from, 'again'),
    person: textOrNull(from, 'person'),
    photos: number(from, 'photos'),
    answers: list(from['answers'], one => {
      const said = fields(one)
      return { at: text(said, 'at'), finding: text(said, 'finding'), text: text(said, 'text') }
    }),
    log: list(from['log'], one => ({ at: text(fields(one), 'at'), type: text(fields(one), 'type') })),
  }
}

export function createComplaintApi(send: Send, csrf: () => string): ComplaintApi {
  const { get, post } = officerCalls(send, csrf)
  const path = (id: string) => `/api/complaints/${part(id)}`
  return {
    list: (open, cursor) => {
      const query = [open ? 'open=1' : '', cursor ? `cursor=${part(cursor)}` : ''].filter(Boolean).join('&')
      return get(`/api/complaints${query ? `?${query}` : ''}`, page(brief))
    },
    one: id => get(path(id), complaint),
    take: ({ id }) => post(`/api/tasks/${part(id)}/lease`, {}, () => null),
    reply: ({ id, task }, found) => post(`${path(id)}/reply`, found, complaint, task?.fence),
    handOver: ({ id, task }, to) => post(`${path(id)}/hand-over`, to, complaint, task?.fence),
  }
}

/** Where a photo of a complaint lies; each look is noted by the service. */
export const complaintPhoto = (id: string, n: number): string => `/api/complaints/${part(id)}/photo?n=${n}`
