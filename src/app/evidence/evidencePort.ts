import type { Instant } from '../../domain/world.ts'

/** What an officer sent to show that he was there: a photo, or where he stood. */
export type EvidencePiece =
  /** `upload` is null until a photo that lies with a platform was fetched; `lost` when it could not be. */
  | { kind: 'photo'; upload: string | null; lost: boolean }
  | { kind: 'place'; latitude: number; longitude: number; label: string }

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
  | Extract<EvidencePiece, { kind: 'place' }>

export interface NewEvidence {
  id: string
  taskId: string
  officerId: string
  /** Who the officer is in that chat: his uploads are his. */
  residentId: string
  at: Instant
  piece: NewPiece
}

/** Evidence lies with its task: whoever sees the task sees it. Append-only. */
export interface EvidencePort {
  /** False when the upload is not his, or is gone. */
  add(evidence: NewEvidence): Promise<boolean>
  /** Oldest first. */
  ofTask(taskId: string): Promise<TaskEvidence[]>
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
