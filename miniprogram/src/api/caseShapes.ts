import { fields, flag, text, textOrNull, texts } from './decode.ts'
import { handlerIn, type Handler } from './requestApi.ts'

/** A case as its own resident sees it. */
export interface ResidentCase {
  id: string
  number: string
  matter: string
  status: string
  receivedAt: string
  promiseDue: string | null
  legalDue: string | null
  /** The due days may move: days off of that year are not announced yet. */
  dueProvisional: boolean
  /** Both clocks stand still. */
  clockStopped: boolean
  acceptedBySilence: boolean
  /** 首接责任人. */
  firstReceiver: string | null
  certificateNumber: string | null
  certificateStatus: string
  verifyUrl: string | null
  office: string
  officePhone: string | null
  allowedActions: string[]
  /** Numbers of the one-time notices, oldest first. */
  notices: string[]
  /** Who works on it now. */
  handler: Handler | null
  mayUrge: boolean
  /** Urged as often as a day allows: from this day on again. */
  urgeFrom: string | null
}

export function residentCase(value: unknown): ResidentCase {
  const from = fields(value)
  return {
    id: text(from, 'id'),
    number: text(from, 'number'),
    matter: text(from, 'matter'),
    status: text(from, 'status'),
    receivedAt: text(from, 'receivedAt'),
    promiseDue: textOrNull(from, 'promiseDue'),
    legalDue: textOrNull(from, 'legalDue'),
    dueProvisional: flag(from, 'dueProvisional'),
    clockStopped: flag(from, 'clockStopped'),
    acceptedBySilence: flag(from, 'acceptedBySilence'),
    firstReceiver: textOrNull(from, 'firstReceiver'),
    certificateNumber: textOrNull(from, 'certificateNumber'),
    certificateStatus: textOrNull(from, 'certificateStatus') ?? 'none',
    verifyUrl: textOrNull(from, 'verifyUrl'),
    office: textOrNull(from, 'office') ?? '',
    officePhone: textOrNull(from, 'officePhone'),
    allowedActions: texts(from['allowedActions']),
    notices: texts(from['notices']),
    handler: handlerIn(from),
    mayUrge: flag(from, 'mayUrge'),
    urgeFrom: textOrNull(from, 'urgeFrom'),
  }
}

/** A code of some minutes that is shown to the other side. `qr`: the same as a picture, in a data address. */
export interface ShortCode {
  code: string
  expiresAt: string
  qr: string
}

export function shortCode(value: unknown): ShortCode {
  const from = fields(value)
  return { code: text(from, 'code'), expiresAt: text(from, 'expiresAt'), qr: textOrNull(from, 'qr') ?? '' }
}

/** One paper that is handed in: its name, and a photo or words. */
export interface HandedIn {
  name: string
  uploadId?: string
  text?: string
}
