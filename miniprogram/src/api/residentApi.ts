import type { Photo } from '../platform/platform.ts'
import { call, part, postJson, type Answer, type Send } from './answer.ts'
import { residentCase, shortCode, type HandedIn, type ResidentCase, type ShortCode } from './caseShapes.ts'
import { historyEntry, turnReplies, type HistoryEntry, type Reply } from './chatShapes.ts'
import { fields, page, text, type Page } from './decode.ts'
import { notice, type Notice } from './noticeShapes.ts'
import { regionsBelow, type RegionList } from './regionShapes.ts'

/** `{}` besides the id: the person opened the chat and has said nothing yet. */
export interface TurnBody {
  text?: string
  choice?: string
  mediaId?: string
}

export interface ResidentApi {
  turn(messageId: string, body: TurnBody): Promise<Answer<Reply[]>>
  history(cursor: string | null): Promise<Answer<Page<HistoryEntry>>>
  regions(parent: string | null): Promise<Answer<RegionList>>
  cases(cursor: string | null): Promise<Answer<Page<ResidentCase>>>
  oneCase(id: string): Promise<Answer<ResidentCase>>
  /** `reason`: empty when he gives none. */
  withdraw(id: string, reason: string): Promise<Answer<ResidentCase>>
  /** Hands in what a notice asked for; the clocks go on. */
  supplement(id: string, materials: HandedIn[]): Promise<Answer<ResidentCase>>
  /** 请人帮我办: a new code ends the one before. */
  assistCode(): Promise<Answer<ShortCode>>
  /** Opens in the chat what a window began. */
  acceptInvitation(code: string): Promise<Answer<null>>
  /** 一次性告知书, set out for reading; opening it counts as read. */
  notice(number: string): Promise<Answer<Notice>>
  /** 我已收到. */
  confirmNotice(number: string): Promise<Answer<null>>
  /** Answers the media id. */
  upload(photo: Photo): Promise<Answer<string>>
}

const nothing = () => null

export function createResidentApi(send: Send): ResidentApi {
  const get = <T>(path: string, decode: (value: unknown) => T) => call(send, { method: 'GET', path }, decode)
  const post = <T>(path: string, body: unknown, decode: (value: unknown) => T) =>
    call(send, postJson(path, body), decode)
  return {
    turn: (messageId, body) => post('/api/chat/turns', { messageId, ...body }, turnReplies),
    history: cursor => get(`/api/chat/history${cursor ? `?before=${part(cursor)}` : ''}`, page(historyEntry)),
    regions: regionsBelow(send),
    cases: cursor => get(`/api/applications${cursor ? `?cursor=${part(cursor)}` : ''}`, page(residentCase)),
    oneCase: id => get(`/api/applications/${part(id)}`, residentCase),
    withdraw: (id, reason) => post(`/api/applications/${part(id)}/withdraw`, reason ? { reason } : {}, residentCase),
    supplement: (id, materials) => post(`/api/applications/${part(id)}/supplements`, { materials }, residentCase),
    assistCode: () => get('/api/assist-code', shortCode),
    acceptInvitation: code => post('/api/invitations/accept', { code }, nothing),
    notice: number => get(`/api/notices/${part(number)}`, notice),
    confirmNotice: number => post(`/api/notices/${part(number)}/confirm`, {}, nothing),
    upload: ({ bytes, mimeType }) =>
      call(send, { method: 'POST', path: '/api/uploads', headers: { 'content-type': mimeType }, body: bytes }, value =>
        text(fields(value), 'mediaId'),
      ),
  }
}

export const certificatePath = (number: string): string => `/api/certificates/${part(number)}.pdf`
