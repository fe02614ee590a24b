import { types, WechatyBuilder, type Message, type Wechaty } from 'wechaty'
import type * as PUPPET from 'wechaty-puppet'
import { conduct, inOrder, type BotParts, type Heard, type Mouth } from './conduct.ts'

const media = new Set<PUPPET.types.Message>([
  types.Message.Image,
  types.Message.Audio,
  types.Message.Video,
  types.Message.Attachment,
  types.Message.Emoticon,
])

/** A bot around any puppet. It starts nothing: the caller starts and stops it. */
export function buildBot(puppet: PUPPET.impls.PuppetInterface, parts: BotParts): Wechaty {
  const bot = WechatyBuilder.build({ puppet })
  const take = inOrder()
  const failed = (error: unknown) => parts.note('failed', { why: error instanceof Error ? error.name : 'unknown' })
  bot.on('error', failed)
  bot.on('scan', (qrcode, status) => parts.note('scan', { qrcode, status }))
  bot.on('login', () => parts.note('login', {}))
  bot.on('logout', () => parts.note('logout', {}))
  bot.on('message', message => {
    const person = message.talker().id
    take(person, async () => conduct(await hear(message), mouthFor(message, failed), parts)).catch(failed)
  })
  return bot
}

async function hear(message: Message): Promise<Heard> {
  const room = message.room()
  const type = message.type()
  return {
    messageId: message.id,
    senderId: message.talker().id,
    text: (room ? await message.mentionText() : message.text()).trim(),
    kind: type === types.Message.Text ? 'text' : media.has(type) ? 'media' : 'other',
    fromSelf: message.self(),
    sentAt: message.date().getTime(),
    room: room ? { mentionsBot: await message.mentionSelf() } : null,
  }
}

function mouthFor(message: Message, failed: (error: unknown) => void): Mouth {
  const person = message.talker()
  const room = message.room()
  return {
    reachable: !room || person.friend() !== false,
    direct: async text => {
      try {
        await person.say(text)
        return true
      } catch (error) {
        failed(error)
        return false
      }
    },
    room: async text => {
      await room?.say(text, person)
    },
  }
}
