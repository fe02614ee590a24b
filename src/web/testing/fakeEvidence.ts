import type { EvidenceDesk } from '../../app/evidence/evidenceDesk.ts'
import { AT, task } from './samples.ts'

/** One photo that is there, one that is coming, and a place, all of the sample's task. */
export function fakeEvidence(): EvidenceDesk {
  const sent = { taskId: task.id, officerId: 'officer-1', at: AT }
  const photo = { kind: 'photo' as const, lost: false }
  const all = [
    { ...sent, id: 'e1', piece: { ...photo, upload: 'upload-1' } },
    { ...sent, id: 'e2', piece: { ...photo, upload: null } },
    { ...sent, id: 'e3', piece: { kind: 'place' as const, latitude: 30.39, longitude: 114.89, label: '凤凰街道' } },
  ]
  const notFound = { ok: false as const, refusal: { code: 'notFound' as const } }
  return {
    list: async (_officer, taskId) =>
      taskId === task.id ? { ok: true, value: all.map(evidence => ({ evidence, by: '张小梅' })) } : notFound,
    photo: async (_officer, { taskId, id }) =>
      taskId === task.id && id === 'e1' ? { ok: true, value: { upload: 'upload-1' } } : notFound,
  }
}
