import type { AppParts } from '../parts.ts'
import { tellOfficer } from '../tasks/tellOfficer.ts'

/** A photo that an officer attached could not be fetched: he is asked to send it again. */
export async function tellLostPhoto(parts: AppParts, photo: { id: string; taskId: string }): Promise<void> {
  await parts.store.transaction({ kind: 'system' }, async tx => {
    const task = await tx.tasks.byId(photo.taskId)
    const sent = (await tx.evidence.ofTask(photo.taskId)).find(({ id }) => id === photo.id)
    const officer = sent ? await tx.officers.byId(sent.officerId) : null
    if (!task || !officer) return
    await tellOfficer(parts, tx, officer, {
      key: 'officers.photoLost',
      values: { summary: task.summary },
      dedupeKey: `photo-lost:${photo.id}`,
    })
  })
}
