// xstate 5 in its cheapest form: pure transition() between a snapshot read from and written to JSON.
import { readFileSync } from 'node:fs'
import { assign, initialTransition, setup, transition } from 'xstate'

const { version } = JSON.parse(readFileSync(new URL('../node_modules/xstate/package.json', import.meta.url), 'utf8'))

export function makeContender(work, send) {
  const { questions, valid, answers, opening, nonsense, retry, done } = work
  const states = { closed: { on: { SAY: { target: questions[0].slot, actions: assign({ out: questions[0].text }) } } } }
  questions.forEach(({ slot, text, check }, n) => {
    const next = questions[n + 1]
    states[slot] = {
      on: {
        SAY: [
          {
            guard: ({ event }) => valid[check](event.text),
            target: next?.slot ?? 'done',
            actions: assign({
              data: ({ context, event }) => ({ ...context.data, [slot]: event.text }),
              out: next?.text ?? done,
            }),
          },
          { actions: assign({ out: retry + text }) },
        ],
      },
    }
  })
  states.done = { type: 'final' }
  const machine = setup({}).createMachine({
    id: 'registration',
    initial: 'closed',
    context: { data: {}, out: '' },
    states,
  })
  const stored = new Map()

  function say(resident, text) {
    const before = stored.get(resident)
    const at = before === undefined ? initialTransition(machine)[0] : machine.restoreSnapshot(JSON.parse(before), {})
    const [snapshot] = transition(machine, at, { type: 'SAY', text })
    const after = JSON.stringify(machine.getPersistedSnapshot(snapshot))
    stored.set(resident, after)
    send(snapshot.context.out)
    return after
  }

  return {
    name: `xstate ${version}, pure transition`,
    parallel: 1,
    register(resident) {
      say(resident, opening)
      let after = ''
      for (const text of answers) after = say(resident, text)
      if (JSON.parse(after).status !== 'done') throw new Error('xstate did not complete')
      stored.delete(resident)
      return answers.length + 1
    },
    stateBytes(retries) {
      let state = say(-1, opening)
      for (const text of answers.slice(0, -1)) state = say(-1, text)
      for (let n = 0; n < retries; n++) state = say(-1, nonsense)
      stored.delete(-1)
      return Buffer.byteLength(state)
    },
  }
}
