import type { Photo } from '../platform/platform.ts'
import { call, part, postJson, type Answer, type Send } from './answer.ts'
import { historyEntry, turnReplies, type HistoryEntry, type Reply } from './chatShapes.ts'
import { fields, flag, page, text, textOrNull, type Page } from './decode.ts'
import { notice, type Notice } from './noticeShapes.ts'

/** `{}` besides the id: the person opened the chat and has said nothing yet. */
export interface TurnBody {
  text?: string
  choice?: string
  mediaId?: string
}

export interface Region {
  code: string
  name: string
  hasChildren: boolean
}

export interface ResidentCase {
  id: string
  number: string
  matter: string
  status: string
  receivedAt: string
  promiseDue: string | null
  legalDue: string | null
  certificateNumber: string | null
  verifyUrl: string | null
  office: string
  officePhone: string | null
}

export interface ResidentApi {
  turn(messageId: string, body: TurnBody): Promise<Answer<Reply[]>>
  history(cursor: string | null): Promise<Answer<Page<HistoryEntry>>>
  regions(parent: string | null): Promise<Answer<Region[]>>
  cases(): Promise<Answer<ResidentCase[]>>
  oneCase(id: string): Promise<Answer<ResidentCase>>
  /** 一次性告知书, set out for reading; opening it counts as read. */
  notice(number: string): Promise<Answer<Notice>>
  /** Answers the media id. */
  upload(photo: Photo): Promise<Answer<string>>
}

function region(value: unknown): Region {
  const from = fields(value)
  return { code: text(from, 'code'), name: text(from, 'name'), hasChildren: flag(from, 'hasChildren') }
}

function residentCase(value: unknown): ResidentCase {
  const from = fields(value)
  return {
    id: text(from, 'id'),
    number: text(from, 'number'),
    matter: text(from, 'matter'),
    status: text(from, 'status'),
    receivedAt: text(from, 'receivedAt'),
    promiseDue: textOrNull(from, 'promiseDue'),
    legalDue: textOrNull(from, 'legalDue'),
    certificateNumber: textOrNull(from, 'certificateNumber'),
    verifyUrl: textOrNull(from, 'verifyUrl'),
    office: textOrNull(from, 'office') ?? '',
    officePhone: textOrNull(from, 'officePhone'),
  }
}

const items = <T>(decode: (item: unknown) => T) => {
  const decodePage = page(decode)
  return (value: unknown) => decodePage(value).items
}

export function createResidentApi(send: Send): ResidentApi {
  const get = <T>(path: string, decode: (value: unknown) => T) => call(send, { method: 'GET', path }, decode)
  return {
    turn: (messageId, body) => call(send, postJson('/api/chat/turns', { messageId, ...body }), turnReplies),
    history: cursor => get(`/api/chat/history${cursor ? `?before=${part(cursor)}` : ''}`, page(historyEntry)),
    regions: parent => get(`/api/regions${parent ? `?parent=${part(parent)}` : ''}`, items(region)),
    cases: () => get('/api/applications', items(residentCase)),
    notice: number => get(`/api/notices/${part(number)}`, notice),
    oneCase: id => get(`/api/applications/${part(id)}`, residentCase),
    upload: ({ bytes, mimeType }) =>
      call(send, { method: 'POST', path: '/api/uploads', headers: { 'content-type': mimeType }, body: bytes }, value =>
        text(fields(value), 'mediaId'),
      ),
  }
}

export const certificatePath = (number: string): string => `/api/certificates/${part(number)}.pdf`
