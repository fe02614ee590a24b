/** The floor: the same dialogue as one hand-written pure reducer. No engine; what JSON and the checks alone cost. */
import { bytesOf, type MakeContender } from './contender.ts'

interface State {
  at: number
  tries: number
  data: Record<string, string>
  /** The message taken last: a repeated one does nothing. */
  seen: number
}

export const makeContender: MakeContender = (work, send) => {
  const { questions, valid, answers, opening, nonsense, retry, done } = work
  const stored = new Map<number, string>()
  let messages = 0

  function step(state: State | null, text: string, message: number): { state: State; reply: string } {
    if (!state) return { state: { at: 0, tries: 0, data: {}, seen: message }, reply: questions[0]?.text ?? '' }
    const question = questions[state.at]
    if (!question || state.seen === message) return { state, reply: '' }
    if (!valid[question.check](text)) {
      return { state: { ...state, seen: message, tries: state.tries + 1 }, reply: retry + question.text }
    }
    const at = state.at + 1
    const data = { ...state.data, [question.slot]: text }
    return { state: { at, tries: 0, data, seen: message }, reply: questions[at]?.text ?? done }
  }

  function say(resident: number, text: string): string {
    const before = stored.get(resident)
    const { state, reply } = step(before === undefined ? null : (JSON.parse(before) as State), text, messages++)
    const after = JSON.stringify(state)
    stored.set(resident, after)
    send(reply)
    return after
  }

  function register(resident: number): number {
    say(resident, opening)
    for (const text of answers) say(resident, text)
    const { at } = JSON.parse(stored.get(resident) ?? '{}') as Partial<State>
    if (at !== questions.length) throw new Error('the floor did not complete')
    stored.delete(resident)
    return answers.length + 1
  }

  function stateBytes(retries: number): number {
    let state = say(-1, opening)
    for (const text of answers.slice(0, -1)) state = say(-1, text)
    for (let n = 0; n < retries; n++) state = say(-1, nonsense)
    stored.delete(-1)
    return bytesOf(state)
  }

  return { name: 'hand-written pure reducer (floor)', parallel: 1, register, stateBytes }
}
