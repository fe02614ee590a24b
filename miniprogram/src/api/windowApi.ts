import { part, type Answer, type Send } from './answer.ts'
import { shortCode, type ShortCode } from './caseShapes.ts'
import { fields, flag, list, text, textOrNull } from './decode.ts'
import { officerCalls } from './officerCalls.ts'
import { regionsBelow, type RegionList } from './regionShapes.ts'
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

/** A paper for which a person may vouch here, and the words that he reads or has read to him. */
export interface Vouchable {
  material: string
  text: string
}

export interface WindowApi {
  file(filing: WindowFiling): Promise<Answer<Filed>>
  /** Lets the person go on with his own phone, with what is written already. */
  invite(matter: string, slots: Record<string, string>): Promise<Answer<Invitation>>
  /** `region` empty: the officer's own place. */
  vouchable(matter: string, region: string): Promise<Answer<Vouchable[]>>
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

const vouchables = (value: unknown): Vouchable[] =>
  list(fields(value)['items'], one => ({ material: text(fields(one), 'material'), text: text(fields(one), 'text') }))

const invitation = (value: unknown): Invitation => ({ ...shortCode(value), link: text(fields(value), 'link') })

export function createWindowApi(send: Send, csrf: () => string): WindowApi {
  const { get, post } = officerCalls(send, csrf)
  return {
    file: filing => post('/api/window-applications', filing, filed),
    invite: (matter, slots) => post('/api/window-invitations', { matter, slots }, invitation),
    vouchable: (matter, region) =>
      get(`/api/window-commitments?matter=${part(matter)}${region ? `&region=${part(region)}` : ''}`, vouchables),
    regions: regionsBelow(send),
  }
}
