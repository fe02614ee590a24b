import { z } from 'zod'
import type { EvidencePort, NewEvidence, Sound, TaskEvidence } from '../../app/evidence/evidencePort.ts'
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
      return true
    },
    ofTask: async taskId => {
      const { rows } = await client.query<Row>({
        name: 'evidence.ofTask',
        text: `select e.id, task_id, officer_id, kind, upload_id, lost_at, place, mime_type, seconds, at
          from task_evidence e left join evidence_sound s on s.evidence_id = e.id
          where task_id = $1 order by at, e.id`,
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
  }

  async function addSound(id: string, { mimeType, seconds, bytes }: Sound): Promise<void> {
    await client.query('insert into evidence_sound (evidence_id, mime_type, seconds, bytes) values ($1, $2, $3, $4)', [
      ...[id, mimeType, seconds],
      cipher.seal('evidence_sound|bytes', id, bytes),
    ])
  }

  function pieceOf({ id, kind, upload_id, lost_at, place, mime_type, seconds }: Row): TaskEvidence['piece'] {
    if (mime_type !== null) return { kind: 'voice', mimeType: mime_type, seconds: seconds ?? 0 }
    if (kind === 'photo' || !place) return { kind: 'photo', upload: upload_id, lost: lost_at !== null }
    const opened: unknown = JSON.parse(cipher.open('task_evidence|place', id, place).toString())
    return { kind: 'place', ...placeShape.parse(opened) }
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
