import type { HttpRequest } from '../platform/platform.ts'
import { part, postJson } from './answer.ts'
import { fields, flag, isFields, list, text, textOrNull, texts, type Fields } from './decode.ts'

/** What the service says of a case's life beside its content. */
export interface CaseLife {
  /** `self`, `assisted`, `window`. */
  way: string
  whyNotOnline: string | null
  firstReceiver: string | null
  acceptedBySilence: boolean
  /** By an officer, for a reason that the law knows; `clockStopped` also while the resident is waited for. */
  paused: boolean
  clockStopped: boolean
  /** Numbers of the one-time notices, oldest first. */
  notices: string[]
  /** Ids of the photos that the resident handed in. */
  photos: string[]
  confirmation: { open: boolean; answer: string | null }
  certificateStatus: string
  breachOpen: boolean
  /** Cases that look like this one. */
  duplicates: Duplicate[]
}

export interface Duplicate {
  id: string
  place: string
  reasons: string[]
}

export function caseLife(from: Fields): CaseLife {
  const confirmation = isFields(from['confirmation']) ? from['confirmation'] : {}
  return {
    way: textOrNull(from, 'way') ?? 'self',
    whyNotOnline: textOrNull(from, 'whyNotOnline'),
    firstReceiver: textOrNull(from, 'firstReceiver'),
    acceptedBySilence: flag(from, 'acceptedBySilence'),
    paused: flag(from, 'paused'),
    clockStopped: flag(from, 'clockStopped'),
    notices: texts(from['notices']),
    photos: texts(from['photos']),
    confirmation: { open: flag(confirmation, 'open'), answer: textOrNull(confirmation, 'answer') },
    certificateStatus: textOrNull(from, 'certificateStatus') ?? 'none',
    breachOpen: flag(from, 'breachOpen'),
    duplicates: from['duplicates'] ? list(from['duplicates'], duplicate) : [],
  }
}

function duplicate(value: unknown): Duplicate {
  const from = fields(value)
  return { id: text(from, 'id'), place: textOrNull(from, 'place') ?? '', reasons: texts(from['reasons']) }
}

/** Steps that need the task in hand; the others are for whoever may. */
export const HELD_STEPS: readonly string[] = ['start-review', 'pause', 'resume', 'correct', 'confirmations']

/** A step of a case, by its address below the case, with its body. */
export type CaseStep =
  | { step: 'start-review' | 'resume' | 'deliver' }
  | { step: 'pause' | 'reopen' | 'revoke-certificate'; reason: string }
  | { step: 'move'; to: string; reason: string }
  | { step: 'not-duplicate'; of: string }
  | { step: 'correct'; changes: Correction[] }
  | { step: 'confirmations'; bureau: string; question: string; share: string[] }

/** Asks for one photo of a case; a write, for each look is noted with its reason. */
export function casePhoto(
  caseId: string,
  photo: string,
  { reason, csrf }: { reason: string; csrf: string },
): HttpRequest {
  return postJson(`/api/applications/${part(caseId)}/photos/${part(photo)}`, { reason }, { 'x-csrf-token': csrf })
}

export interface Correction {
  field: string
  value: string | number | boolean | null
  reason: string
}

/** How each correctable field is written: the service checks it again. */
const numbers = ['earlierChildren', 'livingChildren']
export const correctable = [
  ...['applicantName', 'applicantId', 'phone', 'birthDate', 'childName', 'earlierChildren'],
  ...['spouseName', 'spouseId', 'livingChildren', 'oldNumber', 'change'],
]

/** What was typed, as the service takes it; null when it cannot be a value of this field. */
export function correctedValue(field: string, typed: string): string | number | null {
  const value = typed.trim()
  if (value === '') return null
  if (numbers.includes(field)) return /^\d{1,2}$/.test(value) ? Number(value) : null
  return field === 'birthDate' ? typedDay(value) : value
}

/** 2027-01-15, 2027年1月15日, 20270115. */
export function typedDay(value: string): string | null {
  const found = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?$/.exec(value.replace(/\s/g, ''))
  if (!found) return null
  const [, year = '', month = '', day = ''] = found
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const moment = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== date ? null : date
}
