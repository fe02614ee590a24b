// botbuilder-dialogs, six prompts, with a storage that takes five milliseconds each way, as one over a network does.
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'

const require = createRequire(import.meta.url)
const { ConversationState, MemoryStorage, TestAdapter } = require('botbuilder-core')
const { DialogSet, DialogTurnStatus, TextPrompt, WaterfallDialog } = require('botbuilder-dialogs')
const { version } = require('botbuilder-dialogs/package.json')

class SlowStorage extends MemoryStorage {
  async read(keys) {
    await sleep(5)
    return super.read(keys)
  }
  async write(changes) {
    await sleep(5)
    return super.write(changes)
  }
}

function openDialogue() {
  const state = new ConversationState(new SlowStorage())
  const dialogs = new DialogSet(state.createProperty('dialog'))
  const seen = []
  let fails = false
  dialogs.add(new TextPrompt('prompt'))
  const steps = Array.from({ length: 6 }, (_, n) => async step => {
    if (n > 0) step.values[`q${n}`] = step.result
    if (n > 0 && fails) {
      fails = false
      throw new Error('backend down')
    }
    return step.prompt('prompt', `Q${n + 1}`)
  })
  dialogs.add(new WaterfallDialog('questions', steps))
  const adapter = new TestAdapter(async context => {
    context.onSendActivities(async (_context, activities, next) => {
      seen.push(...activities.map(({ text }) => text))
      return next()
    })
    const dialog = await dialogs.createContext(context)
    const { status } = await dialog.continueDialog()
    if (status === DialogTurnStatus.empty) await dialog.beginDialog('questions')
    await state.saveChanges(context)
  })
  return {
    say: async (text, messageId) => {
      const who = { from: { id: 'u' }, recipient: { id: 'b' }, conversation: { id: 'c' } }
      try {
        await adapter.processActivity({ type: 'message', text, id: String(messageId), channelId: 'bench', ...who })
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
  name: `botbuilder-dialogs ${version}`,
  open: async () => openDialogue(),
  close: async () => undefined,
})
