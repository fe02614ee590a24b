import type { ChannelName, MessageSender, OutboxMessage, SendFailure } from '../../app/ports.ts'

/** Tells open pages of this resident, in whatever process they are held, that a message stands in the history. */
export type Announce = (message: OutboxMessage) => Promise<void>

/**
 * Page and mini-program read their messages from the history, so a message is delivered once it stands there;
 * pages that are open are told at once. A lost announcement costs a delay, not the message.
 */
export function historySender(channel: Extract<ChannelName, 'web'>, announce: Announce): MessageSender {
  return {
    channel,
    send: async message => {
      await announce(message)
      return { status: 'sent', providerId: null }
    },
  }
}

const noWayToWrite: SendFailure = {
  name: 'noPush',
  retry: 'otherWay',
  alert: false,
  tell: '机器人不能主动发消息，请打电话或上门告知',
  mayHaveArrived: false,
}

/** The bot answers but cannot begin: what it would have to say goes to an officer. */
export function answerOnlySender(channel: Extract<ChannelName, 'bot'>): MessageSender {
  return { channel, send: async () => ({ status: 'failed', failure: noWayToWrite, detail: 'the bot only answers' }) }
}
