import type pg from 'pg'
import type { EvidencePhotos, PhotoToFetch } from '../app/evidence/evidencePort.ts'
import { asSystem } from './asSystem.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { moment } from './rows.ts'

export interface EvidencePhotosOptions {
  pool: pg.Pool
  cipher: FieldCipher
  newId(): string
}

/** A fetching without an end for so long has lost its worker. A platform call ends within 15 s. */
const CLAIM = '2 minutes'

export function openEvidencePhotos({ pool, cipher, newId }: EvidencePhotosOptions): EvidencePhotos {
  return {
    take: (channel, at, limit) =>
      asSystem(pool, async client => {
        const { rows } = await client.query<{
          id: string
          task_id: string
          resident_id: string
          media_id: string
          attempts: number
        }>({
          name: 'evidence.take',
          text: `with ready as (
              select id from task_evidence
                where channel = $1 and fetch_at <= $2 and upload_id is null and lost_at is null and taken_back_at is null
                order by fetch_at limit $3 for update skip locked
            )
            update task_evidence e set fetch_at = $2::timestamptz + interval '${CLAIM}', attempts = attempts + 1
              from ready where e.id = ready.id returning e.id, e.task_id, e.resident_id, e.media_id, e.attempts`,
          values: [channel, moment(at), limit],
        })
        return rows.map(({ id, task_id, resident_id, media_id, attempts }): PhotoToFetch => {
          return { id, taskId: task_id, residentId: resident_id, mediaId: media_id, attempts }
        })
      }),
    fetched: ({ id, residentId }, { mimeType, bytes }, at) =>
      asSystem(pool, async client => {
        const upload = newId()
        await client.query(
          'insert into upload (id, resident_id, mime_type, bytes, at, kept) values ($1, $2, $3, $4, $5, true)',
          [upload, residentId, mimeType, cipher.seal('upload|bytes', upload, bytes), moment(at)],
        )
        const { rowCount } = await client.query(
          'update task_evidence set upload_id = $2 where id = $1 and upload_id is null and taken_back_at is null',
          [id, upload],
        )
        // Another worker was faster after a claim that ended: his is there, ours goes.
        if (rowCount === 0) await client.query('delete from upload where id = $1', [upload])
      }),
    later: ({ id }, notBefore) =>
      asSystem(pool, async client => {
        await client.query('update task_evidence set fetch_at = $2 where id = $1 and upload_id is null', [
          id,
          moment(notBefore),
        ])
      }),
    lost: ({ id }, at) =>
      asSystem(pool, async client => {
        await client.query('update task_evidence set lost_at = $2 where id = $1 and upload_id is null', [
          id,
          moment(at),
        ])
      }),
  }
}
