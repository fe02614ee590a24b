import { z } from 'zod'
import type { EvidencePort, NewEvidence, Sound, TakenBack, TaskEvidence } from '../../app/evidence/evidencePort.ts'
import type { Picture } from '../../app/evidence/picture.ts'
import type { SoundType } from '../../app/evidence/sound.ts'
import { moment } from '../rows.ts'
import type { Work } from '../work.ts'

const placeShape = z.object({ latitude: z.number(), longitude: z.number(), label: z.string() })

interface Row {
  id: string
  task_id: string
  officer_id: string
  kind: 'photo' | 'place' | 'voice'
  upload_id: string | null
  lost_at: number | null
  place: Buffer | null
  mime_type: SoundType | null
  seconds: number | null
  own: boolean
  at: number
}

export function evidenceIn({ client, cipher }: Work): EvidencePort {
  return {
    add: async evidence => {
      const { id, taskId, officerId, residentId, at, piece } = evidence
      const upload = 'upload' in piece ? piece.upload : null
      if (upload !== null && !(await keep(client, upload, residentId))) return false
      const place =
        piece.kind === 'place' ? cipher.seal('task_evidence|place', id, JSON.stringify(placeOf(piece))) : null
      await client.query(
        `insert into task_evidence (id, task_id, officer_id, resident_id, kind, upload_id, place, channel, media_id,
            fetch_at, at)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [id, taskId, officerId, residentId, piece.kind, upload, place, ...lyingAt(piece, at), moment(at)],
      )
      if (piece.kind === 'voice') await addSound(id, piece)
      if (piece.kind === 'photo' && 'bytes' in piece) await addPicture(id, piece)
      return true
    },
    takeBack: asked => takeBack(asked),
    ofTask: async taskId => {
      const { rows } = await client.query<Row>({
        name: 'evidence.ofTask',
        text: `select e.id, task_id, officer_id, kind, upload_id, lost_at, place, s.mime_type, s.seconds, p.evidence_id is not null as own, at
          from task_evidence e left join evidence_sound s on s.evidence_id = e.id
            left join evidence_picture p on p.evidence_id = e.id
          where task_id = $1 and taken_back_at is null order by at, e.id`,
        values: [taskId],
      })
      return rows.map((row): TaskEvidence => {
        const { id, task_id, officer_id, at } = row
        return { id, taskId: task_id, officerId: officer_id, at, piece: pieceOf(row) }
      })
    },
    sound: async id => {
      const { rows } = await client.query<{ mime_type: SoundType; seconds: number; bytes: Buffer }>(
        'select mime_type, seconds, bytes from evidence_sound where evidence_id = $1',
        [id],
      )
      const row = rows[0]
      if (!row) return null
      const { mime_type: mimeType, seconds, bytes } = row
      return { mimeType, seconds, bytes: cipher.open('evidence_sound|bytes', id, bytes) }
    },
    picture: async id => {
      const { rows } = await client.query<{ mime_type: Picture['mimeType']; bytes: Buffer }>(
        'select mime_type, bytes from evidence_picture where evidence_id = $1',
        [id],
      )
      const row = rows[0]
      return row ? { mimeType: row.mime_type, bytes: cipher.open('evidence_picture|bytes', id, row.bytes) } : null
    },
  }

  async function addPicture(id: string, { mimeType, bytes }: Picture): Promise<void> {
    await client.query('insert into evidence_picture (evidence_id, mime_type, bytes) values ($1, $2, $3)', [
      ...[id, mimeType],
      cipher.seal('evidence_picture|bytes', id, bytes),
    ])
  }

  async function takeBack({
    taskId,
    officerId,
    ids,
    at,
  }: Parameters<EvidencePort['takeBack']>[0]): Promise<TakenBack[]> {
    const { rows } = await client.query<{ id: string; kind: string; sent: string | null; place: Buffer | null }>(
      `with mine as (
          select id, upload_id from task_evidence
            where id = any ($1) and task_id = $2 and officer_id = $3 and kind <> 'voice' and taken_back_at is null
            order by id for update
        ), gone as (
          update task_evidence e set taken_back_at = $4, upload_id = null from mine where e.id = mine.id
            returning e.id, e.kind, coalesce(e.media_id, mine.upload_id) as sent, e.place, mine.upload_id, e.at
        ), freed as (
          update upload u set kept = false from gone where u.id = gone.upload_id and not exists (
            select from task_evidence e where e.upload_id = u.id and e.id <> all ($1))
        )
        select id, kind, sent, place from gone order by at, id`,
      [ids, taskId, officerId, moment(at)],
    )
    return rows.flatMap((row): TakenBack | [] => {
      if (row.place) return placeFrom(row.id, row.place)
      return row.sent === null ? [] : { kind: 'photo', sent: row.sent }
    })
  }

  function placeFrom(id: string, sealed: Buffer): Extract<TakenBack, { kind: 'place' }> {
    const opened: unknown = JSON.parse(cipher.open('task_evidence|place', id, sealed).toString())
    return { kind: 'place', ...placeShape.parse(opened) }
  }

  async function addSound(id: string, { mimeType, seconds, bytes }: Sound): Promise<void> {
    await client.query('insert into evidence_sound (evidence_id, mime_type, seconds, bytes) values ($1, $2, $3, $4)', [
      ...[id, mimeType, seconds],
      cipher.seal('evidence_sound|bytes', id, bytes),
    ])
  }

  function pieceOf({ id, kind, upload_id, lost_at, place, mime_type, seconds, own }: Row): TaskEvidence['piece'] {
    if (mime_type !== null) return { kind: 'voice', mimeType: mime_type, seconds: seconds ?? 0 }
    if (kind === 'photo' || !place) {
      return { kind: 'photo', upload: upload_id, lost: lost_at !== null, ...(own ? { own } : {}) }
    }
    return placeFrom(id, place)
  }
}

const placeOf = ({ latitude, longitude, label }: z.infer<typeof placeShape>) => ({ latitude, longitude, label })

/** Channel, id there, and from when it is to be fetched; nothing of the kind for what we have. */
function lyingAt(piece: NewEvidence['piece'], at: number): [string | null, string | null, string | null] {
  return 'mediaId' in piece ? [piece.channel, piece.mediaId, moment(at)] : [null, null, null]
}

/** From now on it is part of a task. */
async function keep(client: Work['client'], upload: string, residentId: string | null): Promise<boolean> {
  const { rowCount } = await client.query('update upload set kept = true where id = $1 and resident_id = $2', [
    upload,
    residentId,
  ])
  return rowCount === 1
}
