import type { ChannelName, MessageSender, OutboxMessage, SendOutcome } from '../../app/ports.ts'
import type { Text } from './account.ts'
import type { WechatClient } from './client.ts'
import { sendFailure } from './errors.ts'
import { textOf } from './fields.ts'
import { renderTexts } from './render.ts'

export interface SenderDeps {
  channel: ChannelName
  client: WechatClient
  text: Text
  /** Outer address of the service, for links in messages. */
  publicUrl?: string
}

/**
 * Sends by customer-service message: five within 48 hours of the person's last word, as the platform counts.
 * A long message goes out in parts; when a later part fails, the earlier ones have arrived and the failure says so.
 */
export function makeSender({ channel, client, text, publicUrl }: SenderDeps): MessageSender {
  return {
    channel,
    async send(message: OutboxMessage): Promise<SendOutcome> {
      let providerId: string | null = null
      for (const [n, content] of renderTexts(message.replies, publicUrl).entries()) {
        const body = { touser: message.sender, msgtype: 'text', text: { content } }
        const outcome = await client({ method: 'POST', path: '/cgi-bin/message/custom/send', body })
        if (outcome.status === 'failed') {
          const failure = sendFailure(outcome.failure, text)
          return {
            status: 'failed',
            failure: n > 0 ? { ...failure, mayHaveArrived: true } : failure,
            detail: outcome.detail,
          }
        }
        providerId ??= textOf(outcome.fields, 'msgid')
      }
      return { status: 'sent', providerId }
    },
  }
}
