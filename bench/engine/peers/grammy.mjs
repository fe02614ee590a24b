// @grammyjs/conversations 2 in its documented form; state as JSON, the platform's API answered in the process.
import { readFileSync } from 'node:fs'
import { conversations, createConversation } from '@grammyjs/conversations'
import { Bot } from 'grammy'

const manifest = new URL('../node_modules/@grammyjs/conversations/package.json', import.meta.url)
const { version } = JSON.parse(readFileSync(manifest, 'utf8'))

const me = { id: 1, is_bot: true, first_name: 'bot', username: 'bot' }

export function makeContender(work, send) {
  const { questions, valid, answers, opening, nonsense, retry, done } = work
  const stored = new Map()
  let completed = 0
  let updates = 0
  const bot = new Bot('1:x', {
    botInfo: me,
    client: {
      fetch: async (_url, { body }) => {
        const { chat_id: id, text } = JSON.parse(body)
        send(text)
        const result = { message_id: 1, date: 0, chat: { id, type: 'private' }, text }
        return { ok: true, status: 200, json: async () => ({ ok: true, result }) }
      },
    },
  })
  bot.use(
    conversations({
      storage: {
        type: 'key',
        adapter: {
          read: key => (stored.has(key) ? JSON.parse(stored.get(key)) : undefined),
          write: (key, state) => void stored.set(key, JSON.stringify(state)),
          delete: key => void stored.delete(key),
        },
      },
    }),
  )
  async function registration(conversation, context) {
    const data = {}
    for (const { slot, text, check } of questions) {
      await context.reply(text)
      for (;;) {
        const { msg } = await conversation.waitFor('message:text')
        if (valid[check](msg.text)) {
          data[slot] = msg.text
          break
        }
        await context.reply(retry + text)
      }
    }
    await context.reply(done)
    await conversation.external(() => void completed++)
  }
  bot.use(createConversation(registration))
  bot.hears(opening, context => context.conversation.enter('registration'))

  const say = (resident, text) => {
    const id = ++updates
    const from = { id: resident, is_bot: false, first_name: 'x' }
    const chat = { id: resident, type: 'private', first_name: 'x' }
    return bot.handleUpdate({ update_id: id, message: { message_id: id, date: 0, chat, from, text } })
  }

  return {
    // It waits for a timer in every turn, so that one chat after another measures the timer.
    name: `@grammyjs/conversations ${version}, 200 chats at once`,
    parallel: 200,
    async register(resident) {
      for (const text of [opening, ...answers]) await say(resident + 10, text)
      if (stored.has(String(resident + 10))) throw new Error('grammY did not complete')
      return answers.length + 1
    },
    async stateBytes(retries) {
      for (const text of [opening, ...answers.slice(0, -1)]) await say(5, text)
      for (let n = 0; n < retries; n++) await say(5, nonsense)
      const bytes = Buffer.byteLength(stored.get('5'))
      stored.delete('5')
      return bytes
    },
  }
}
