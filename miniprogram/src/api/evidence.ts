import { call, part, postJson, type Answer, type Send } from './answer.ts'
import { fields, list, number, oneOf, text, textOrNull } from './decode.ts'
import type { HttpRequest } from '../platform/platform.ts'

/** A voice note as it goes out and as it waits on the phone: the sound as Base64. */
export interface VoiceNote {
  seconds: number
  audio: string
}

/** A photo as it goes out and as it waits on the phone: the picture as Base64. */
export interface PhotoNote {
  image: string
}

/** What is left with a task from its page, as the service takes it. */
export type NewEvidence = ({ kind: 'voice' } & VoiceNote) | ({ kind: 'photo' } & PhotoNote)

/** What the service takes at most, in bytes (`PICTURE_LIMIT` there). */
export const PHOTO_BYTES = 700_000

/** What the service takes at most (`VOICE_SECONDS` there). */
export const VOICE_SECONDS = 60

/** What officers left with a task to show what was done. */
export interface Evidence {
  id: string
  at: string
  by: string
  piece:
    | { kind: 'photo'; state: 'here' | 'coming' | 'lost' }
    | { kind: 'place'; label: string }
    | { kind: 'voice'; seconds: number }
}

function piece(value: unknown): Evidence['piece'] {
  const from = fields(value)
  if (from['kind'] === 'voice') return { kind: 'voice', seconds: number(from, 'seconds') }
  if (from['kind'] === 'place') return { kind: 'place', label: textOrNull(from, 'label') ?? '' }
  return { kind: 'photo', state: oneOf(['coming', 'here', 'lost'], from['state']) }
}

function evidence(value: unknown): Evidence {
  const from = fields(value)
  return { id: text(from, 'id'), at: text(from, 'at'), by: textOrNull(from, 'by') ?? '', piece: piece(from['piece']) }
}

export function readEvidence(send: Send, taskId: string): Promise<Answer<Evidence[]>> {
  const path = evidencePath(taskId)
  return call(send, { method: 'GET', path }, value => list(fields(value)['items'], evidence))
}

export const evidencePath = (taskId: string): string => `/api/tasks/${part(taskId)}/evidence`

/** Each look is noted, so it is a write. */
export const openEvidence = (taskId: string, id: string, csrf: string): HttpRequest =>
  postJson(`${evidencePath(taskId)}/${part(id)}`, {}, { 'x-csrf-token': csrf })

/** A note that waits in the outbox or was not handed over yet. Null: it cannot be read. */
export function readVoiceNote(kept: string): VoiceNote | null {
  try {
    const from = fields(JSON.parse(kept))
    return { seconds: number(from, 'seconds'), audio: text(from, 'audio') }
  } catch {
    return null
  }
}

/** The same of a photo. */
export function readPhotoNote(kept: string): PhotoNote | null {
  try {
    return { image: text(fields(JSON.parse(kept)), 'image') }
  } catch {
    return null
  }
}
