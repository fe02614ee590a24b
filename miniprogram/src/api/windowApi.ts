import { call, part, postJson, type Answer, type Send } from './answer.ts'
import { shortCode, type ShortCode } from './caseShapes.ts'
import { fields, flag, list, text, textOrNull, type Fields } from './decode.ts'
import type { RegionList } from './residentApi.ts'
import type { WindowFiling } from './windowForm.ts'

/** What was filed: the case, and its task, which this officer now holds. */
export interface Filed {
  number: string
  taskId: string | null
  /** The same form had been sent before. */
  repeated: boolean
}

/** `link`: where the QR code leads. */
export interface Invitation extends ShortCode {
  link: string
}

export interface WindowApi {
  file(filing: WindowFiling): Promise<Answer<Filed>>
  /** Lets the person go on with his own phone, with what is written already. */
  invite(matter: string, slots: Record<string, string>): Promise<Answer<Invitation>>
  regions(parent: string | null): Promise<Answer<RegionList>>
}

function filed(value: unknown): Filed {
  const from = fields(value)
  const application = fields(from['application'])
  return {
    number: text(application, 'number'),
    taskId: textOrNull(application, 'taskId'),
    repeated: flag(from, 'repeated'),
  }
}

const invitation = (value: unknown): Invitation => ({ ...shortCode(value), link: text(fields(value), 'link') })

function region(value: unknown) {
  const from: Fields = fields(value)
  return { code: text(from, 'code'), name: text(from, 'name'), hasChildren: flag(from, 'hasChildren') }
}

function regionList(value: unknown): RegionList {
  const from = fields(value)
  return { items: list(from['items'], region), home: from['home'] ? list(from['home'], region) : [] }
}

export function createWindowApi(send: Send, csrf: () => string): WindowApi {
  const post = <T>(path: string, body: unknown, decode: (value: unknown) => T) =>
    call(send, postJson(path, body, { 'x-csrf-token': csrf() }), decode)
  return {
    file: filing => post('/api/window-applications', filing, filed),
    invite: (matter, slots) => post('/api/window-invitations', { matter, slots }, invitation),
    regions: parent =>
      call(send, { method: 'GET', path: `/api/regions${parent ? `?parent=${part(parent)}` : ''}` }, regionList),
  }
}
