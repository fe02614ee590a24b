import { emptyConversation } from '../../conversation/converse.ts'
import type { AppParts } from '../parts.ts'
import type { AuthStore, ChannelName } from '../ports.ts'

export interface NamedByPress {
  channel: ChannelName
  sender: string
  taskId: string
}

/** Who presses a button of a card has named its task: 这件 and the photos that follow mean it, in his chat, for a while. */
export async function nameTask(
  parts: Pick<AppParts, 'store' | 'world'>,
  auth: Pick<AuthStore, 'residentBySender'>,
  { channel, sender, taskId }: NamedByPress,
): Promise<void> {
  const at = parts.world.now()
  const residentId = await auth.residentBySender({ channel, sender, at })
  await parts.store.transaction({ kind: 'system' }, async tx => {
    const held = await tx.turns.lock(residentId)
    if (!held) return
    const conversation = { ...(held.conversation ?? emptyConversation), namedTask: { taskId, at } }
    await tx.turns.save(residentId, held.version, conversation, at)
  })
}
