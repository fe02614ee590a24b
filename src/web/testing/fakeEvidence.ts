import type { EvidenceDesk } from '../../app/evidence/evidenceDesk.ts'
import type { Sound, TaskEvidence } from '../../app/evidence/evidencePort.ts'
import type { Picture } from '../../app/evidence/picture.ts'
import { AT, task } from './samples.ts'

/** One photo that is there, one that is coming, a place, and the voice notes that were added, all of the sample's task. */
export function fakeEvidence(): EvidenceDesk {
  const sent = { taskId: task.id, officerId: 'officer-1', at: AT }
  const photo = { kind: 'photo' as const, lost: false }
  const sounds = new Map<string, Sound>()
  const pictures = new Map<string, Picture>()
  const all: TaskEvidence[] = [
    { ...sent, id: 'e1', piece: { ...photo, upload: 'upload-1' } },
    { ...sent, id: 'e2', piece: { ...photo, upload: null } },
    { ...sent, id: 'e3', piece: { kind: 'place' as const, latitude: 30.39, longitude: 114.89, label: '凤凰街道' } },
  ]
  const notFound = { ok: false as const, refusal: { code: 'notFound' as const } }
  return {
    list: async (_officer, taskId) =>
      taskId === task.id ? { ok: true, value: all.map(evidence => ({ evidence, by: '张小梅' })) } : notFound,
    open: async (_officer, { taskId, id }) => {
      if (taskId !== task.id) return notFound
      const sound = sounds.get(id)
      if (sound) return { ok: true, value: { kind: 'sound', sound } }
      const picture = pictures.get(id)
      if (picture) return { ok: true, value: { kind: 'picture', picture } }
      return id === 'e1' ? { ok: true, value: { kind: 'upload', id: 'upload-1' } } : notFound
    },
    addVoice: async (_officer, taskId, sound) => {
      if (taskId !== task.id) return notFound
      const id = `e${all.length + 1}`
      const { mimeType, seconds } = sound
      all.push({ ...sent, id, piece: { kind: 'voice', mimeType, seconds } })
      sounds.set(id, sound)
      return { ok: true, value: { id } }
    },
    addPicture: async (_officer, taskId, picture) => {
      if (taskId !== task.id) return notFound
      const id = `e${all.length + 1}`
      all.push({ ...sent, id, piece: { ...photo, upload: null, own: true } })
      pictures.set(id, picture)
      return { ok: true, value: { id } }
    },
  }
}
