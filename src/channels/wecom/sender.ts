import type { MessageSender, OutboxMessage, SendOutcome } from '../../app/ports.ts'
import { renderTexts } from '../wechat-official/render.ts'
import { pageCard } from './card.ts'
import { sendToMember, type SendDeps } from './sendMessage.ts'

/**
 * Sends by application message. A text has at most 2048 bytes here as in the Official Account, so a long one goes out in the
 * same parts; when a later part fails, the earlier ones have arrived and the failure says so.
 */
export function makeWecomSender(deps: SendDeps & { publicUrl: string }): MessageSender {
  return {
    channel: 'wecom',
    async send(message: OutboxMessage): Promise<SendOutcome> {
      const card = pageCard(message.replies, deps.publicUrl, deps.text)
      if (card) return sendToMember(deps, message.sender, card)
      let providerId: string | null = null
      for (const [n, content] of renderTexts(message.replies, deps.publicUrl).entries()) {
        const outcome = await sendToMember(deps, message.sender, { msgtype: 'text', text: { content } })
        if (outcome.status === 'failed') {
          return n > 0 ? { ...outcome, failure: { ...outcome.failure, mayHaveArrived: true } } : outcome
        }
        providerId ??= outcome.providerId
      }
      return { status: 'sent', providerId }
    },
  }
}
