// @grammyjs/conversations, six questions, with a storage that takes five milliseconds each way, as one over a network does.
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { conversations, createConversation } from '@grammyjs/conversations'
import { Bot } from 'grammy'

const manifest = new URL('../node_modules/@grammyjs/conversations/package.json', import.meta.url)
const { version } = JSON.parse(readFileSync(manifest, 'utf8'))
const botInfo = { id: 1, is_bot: true, first_name: 'bot', username: 'bot' }

function openDialogue() {
  const stored = new Map()
  const seen = []
  let fails = false
  const answered = async (_url, { body }) => {
    const { text } = JSON.parse(body)
    seen.push(text)
    const result = { message_id: 1, date: 0, chat: { id: 5, type: 'private' }, text }
    return { ok: true, status: 200, json: async () => ({ ok: true, result }) }
  }
  const bot = new Bot('1:x', { botInfo, client: { fetch: answered } })
  const adapter = {
    read: async key => {
      await sleep(5)
      return stored.has(key) ? JSON.parse(stored.get(key)) : undefined
    },
    write: async (key, state) => {
      await sleep(5)
      stored.set(key, JSON.stringify(state))
    },
    delete: async key => void stored.delete(key),
  }
  bot.use(conversations({ storage: { type: 'key', adapter } }))
  async function questions(conversation, context) {
    for (let n = 1; n <= 6; n++) {
      await context.reply(`Q${n}`)
      await conversation.waitFor('message:text')
      if (fails) {
        fails = false
        throw new Error('backend down')
      }
    }
  }
  bot.use(createConversation(questions))
  bot.hears('hi', context => context.conversation.enter('questions'))
  return {
    say: async (text, messageId) => {
      const from = { id: 5, is_bot: false, first_name: 'x' }
      const chat = { id: 5, type: 'private', first_name: 'x' }
      const message = { message_id: messageId, date: 0, chat, from, text }
      try {
        await bot.handleUpdate({ update_id: messageId, message })
      } catch {
        seen.push('error')
      }
    },
    failOnce: () => {
      fails = true
    },
    seen: () => seen,
    kept: async () => null,
  }
}

export const makeContender = () => ({
  name: `@grammyjs/conversations ${version}`,
  open: async () => openDialogue(),
  close: async () => undefined,
})
