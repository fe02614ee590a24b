import type { Instant } from '../../domain/world.ts'
import type { Picture } from './picture.ts'
import type { SoundType } from './sound.ts'

/** What an officer sent to show that he was there: a photo, where he stood, or what he said of it. */
export type EvidencePiece =
  /**
   * `upload` is null until a photo that lies with a platform was fetched; `lost` when it could not be. `own`: taken on the
   * officers' pages, read by `picture`.
   */
  | { kind: 'photo'; upload: string | null; lost: boolean; own?: true }
  | { kind: 'place'; latitude: number; longitude: number; label: string }
  /** The sound itself is read by `sound`. */
  | { kind: 'voice'; mimeType: SoundType; seconds: number }

/** A voice note: some seconds of sound in the form that its first bytes say. */
export interface Sound {
  mimeType: SoundType
  seconds: number
  bytes: Uint8Array
}

export interface TaskEvidence {
  id: string
  taskId: string
  officerId: string
  at: Instant
  piece: EvidencePiece
}

/** A photo as it came in: an upload of ours, or one that still lies with the platform of its channel. */
export type NewPiece =
  | { kind: 'photo'; upload: string }
  | { kind: 'photo'; channel: string; mediaId: string }
  | ({ kind: 'photo' } & Picture)
  | Extract<EvidencePiece, { kind: 'place' }>
  | ({ kind: 'voice' } & Sound)

export interface NewEvidence {
  id: string
  taskId: string
  officerId: string
  /** Who the officer is in that chat: his uploads are his. Null for what he recorded on his own pages. */
  residentId: string | null
  at: Instant
  piece: NewPiece
}

/** What was taken back: `sent` is the photo's id in the chat it came from. */
export type TakenBack = { kind: 'photo'; sent: string } | Extract<EvidencePiece, { kind: 'place' }>

/** Evidence lies with its task: whoever sees the task sees it. Nothing is changed; what was taken back is shown no more. */
export interface EvidencePort {
  /** False when the upload is not his, or is gone. */
  add(evidence: NewEvidence): Promise<boolean>
  /** Photos and places which this officer attached to this task: shown no more, and their pictures are kept no longer for it. */
  takeBack(asked: { taskId: string; officerId: string; ids: string[]; at: Instant }): Promise<TakenBack[]>
  /** Oldest first. */
  ofTask(taskId: string): Promise<TaskEvidence[]>
  /** Of a voice note. Null when there is none of this id. */
  sound(id: string): Promise<Sound | null>
  /** The same of a photo that was taken on the officers' pages. */
  picture(id: string): Promise<Picture | null>
}

/** A photo that lies with its platform, claimed for fetching. */
export interface PhotoToFetch {
  id: string
  taskId: string
  residentId: string
  mediaId: string
  attempts: number
}

/** Photos of evidence that are still to be fetched. Driven by the table, so any number of workers may do it at once. */
export interface EvidencePhotos {
  take(channel: string, at: Instant, limit: number): Promise<PhotoToFetch[]>
  fetched(photo: PhotoToFetch, picture: { mimeType: string; bytes: Uint8Array }, at: Instant): Promise<void>
  later(photo: PhotoToFetch, notBefore: Instant): Promise<void>
  lost(photo: PhotoToFetch, at: Instant): Promise<void>
}
