// botbuilder-dialogs as its samples write it: a waterfall of text prompts with validators, MemoryStorage (which keeps JSON).
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const { ConversationState, MemoryStorage, TestAdapter } = require('botbuilder-core')
const { DialogSet, DialogTurnStatus, TextPrompt, WaterfallDialog } = require('botbuilder-dialogs')
const { version } = require('botbuilder-dialogs/package.json')

export function makeContender(work, send) {
  const { questions, valid, answers, opening, nonsense, retry, done } = work
  const memory = {}
  const state = new ConversationState(new MemoryStorage(memory))
  const dialogs = new DialogSet(state.createProperty('dialog'))
  for (const check of Object.keys(valid)) {
    dialogs.add(new TextPrompt(check, async ({ recognized }) => recognized.succeeded && valid[check](recognized.value)))
  }
  const steps = questions.map(({ text, check }, n) => async step => {
    if (n > 0) step.values[questions[n - 1].slot] = step.result
    return step.prompt(check, { prompt: text, retryPrompt: retry + text })
  })
  steps.push(async step => {
    await step.context.sendActivity(done)
    return step.endDialog({ ...step.values, [questions.at(-1).slot]: step.result })
  })
  dialogs.add(new WaterfallDialog('registration', steps))
  let completed = 0
  let messages = 0
  const adapter = new TestAdapter(async context => {
    const dialog = await dialogs.createContext(context)
    const { status } = await dialog.continueDialog()
    if (status === DialogTurnStatus.empty) await dialog.beginDialog('registration')
    else if (status === DialogTurnStatus.complete) completed++
    await state.saveChanges(context)
  })

  async function say(resident, text) {
    await adapter.processActivity({
      type: 'message',
      text,
      channelId: 'bench',
      from: { id: `u${resident}` },
      recipient: { id: 'bot' },
      conversation: { id: `c${resident}` },
      id: `m${messages++}`,
    })
    for (const { text: said } of adapter.activityBuffer) send(said)
    adapter.activityBuffer.length = 0
  }

  const forget = () => {
    for (const key of Object.keys(memory)) delete memory[key]
  }

  return {
    name: `botbuilder-dialogs ${version}, waterfall`,
    parallel: 1,
    async register(resident) {
      const before = completed
      for (const text of [opening, ...answers]) await say(resident, text)
      if (completed !== before + 1) throw new Error('botbuilder did not complete')
      forget()
      return answers.length + 1
    },
    async stateBytes(retries) {
      for (const text of [opening, ...answers.slice(0, -1)]) await say(-1, text)
      for (let n = 0; n < retries; n++) await say(-1, nonsense)
      const bytes = Buffer.byteLength(Object.values(memory).join(''))
      forget()
      return bytes
    },
  }
}
