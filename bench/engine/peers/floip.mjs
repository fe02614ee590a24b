// @floip/flow-runner: twelve open questions. Its blocks check lengths only, so it gets no bad answers: 13 turns.
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const { createContextDataObjectFor, FlowRunner } = require('@floip/flow-runner')
const { version } = require('@floip/flow-runner/package.json')

// It reports every block to console.info, which would be measured as well.
console.info = () => undefined

/** Its name for a walk that came to its end (FLOIP DeliveryStatus FINISHED_COMPLETE). */
const COMPLETE = 3

export function makeContender({ questions, soundAnswers }, send) {
  const ids = questions.map(() => randomUUID())
  const resources = questions.map(({ text }) => ({
    uuid: randomUUID(),
    values: [{ language_id: '1', content_type: 'TEXT', modes: ['OFFLINE'], value: text }],
  }))
  const blocks = questions.map(({ slot, text }, n) => ({
    uuid: ids[n],
    name: slot,
    label: slot,
    semantic_label: '',
    type: 'MobilePrimitives.OpenResponse',
    config: { prompt: text },
    exits: [{ uuid: randomUUID(), name: 'next', default: true, config: {}, test: '', destination_block: ids[n + 1] }],
  }))
  const flow = {
    uuid: randomUUID(),
    name: 'registration',
    label: '',
    last_modified: '2026-01-01T00:00:00.000Z',
    interaction_timeout: 60,
    vendor_metadata: {},
    supported_modes: ['OFFLINE'],
    languages: [{ id: '1', label: 'zh' }],
    first_block_id: ids[0],
    blocks,
    resources,
  }
  const stored = new Map()

  async function begin(resident) {
    const contact = { id: `c${resident}`, name: 'x', created_at: '2020-01-01 00:00:00.000Z' }
    const context = await createContextDataObjectFor(contact, [], 'user', 'org', [flow], '1', 'OFFLINE')
    await new FlowRunner(context).run()
    keep(resident, context, 0)
  }

  async function say(resident, text, turn) {
    const context = JSON.parse(stored.get(resident))
    const runner = new FlowRunner(context)
    runner.hydrateRichCursorFrom(context).prompt.value = text
    await runner.run()
    keep(resident, context, turn)
    return context
  }

  function keep(resident, context, turn) {
    stored.set(resident, JSON.stringify(context))
    send(questions[turn]?.text ?? '')
  }

  return {
    name: `@floip/flow-runner ${version}, 13 turns unchecked`,
    parallel: 1,
    async register(resident) {
      await begin(resident)
      let context = null
      for (const [n, text] of soundAnswers.entries()) context = await say(resident, text, n + 1)
      const over = context.delivery_status === COMPLETE || context.delivery_status === 'FINISHED_COMPLETE'
      if (!over && (context.exit_at ?? null) === null) throw new Error('flow-runner did not complete')
      stored.delete(resident)
      return soundAnswers.length + 1
    },
    async stateBytes(retries) {
      if (retries > 0) return null
      await begin(-1)
      for (const [n, text] of soundAnswers.slice(0, -1).entries()) await say(-1, text, n + 1)
      const bytes = Buffer.byteLength(stored.get(-1))
      stored.delete(-1)
      return bytes
    },
  }
}
