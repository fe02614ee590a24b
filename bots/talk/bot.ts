import { types, WechatyBuilder, type Message, type Wechaty } from 'wechaty'
import type * as PUPPET from 'wechaty-puppet'
import { conduct, inOrder, type BotParts, type Heard, type Mouth } from './conduct.ts'

const media = new Set<PUPPET.types.Message>([
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

/** A photo of a phone has 3 to 8 MB; the service takes ten (POST /api/uploads). */
const LARGEST_PHOTO = 10 * 1024 * 1024

async function hear(message: Message): Promise<Heard> {
  const room = message.room()
  const type = message.type()
  const at = type === types.Message.Location ? await message.toLocation() : null
  const typed = room ? await message.mentionText() : message.text()
  return {
    messageId: message.id,
    senderId: message.talker().id,
    text: at ? at.address() || at.name() : typed.trim(),
    kind: kindOf(type),
    fromSelf: message.self(),
    sentAt: message.date().getTime(),
    room: room ? { mentionsBot: await message.mentionSelf() } : null,
    place: at ? { latitude: at.latitude(), longitude: at.longitude() } : null,
    photo: async () => {
      const bytes = await (await message.toFileBox()).toBuffer()
      return bytes.length > LARGEST_PHOTO ? null : bytes.toString('base64')
    },
  }
}

function kindOf(type: PUPPET.types.Message): Heard['kind'] {
  if (type === types.Message.Text || type === types.Message.Location) return 'text'
  if (type === types.Message.Image) return 'photo'
  return media.has(type) ? 'media' : 'other'
}

function mouthFor(message: Message, failed: (error: unknown) => void): Mouth {
  const person = message.talker()
  const room = message.room()
  /** Not every puppet can show cards and mini-programs; the sentence before them has said what to do. */
  const tried = async (show: () => Promise<unknown>): Promise<boolean> => {
    try {
      await show()
      return true
    } catch (error) {
      failed(error)
      return false
    }
  }
  return {
    reachable: !room || person.friend() !== false,
    direct: text => tried(() => person.say(text)),
    room: async text => {
      await room?.say(text, person)
    },
    card: async () => {
      await tried(async () => room?.say(message.wechaty.currentUser))
    },
    handOver: async ({ appId, userName, page }, title) => {
      const card = new message.wechaty.MiniProgram({ appid: appId, username: userName, pagePath: page, title })
      await tried(() => person.say(card))
    },
  }
}
