/** Our engine, unmodified: the flow of `registration/` on the product's own texts, readers and rules. */
import { converse } from '../../src/conversation/converse.ts'
import { readStored, writeConversation } from '../../src/conversation/storedForm.ts'
import { shanghaiDate } from '../../src/domain/world.ts'
import { realWorld } from '../../src/runtime/realWorld.ts'
import { bytesOf, type MakeContender } from './contender.ts'
import { benchLibrary } from './library.ts'

export const makeContender: MakeContender = (work, send) => {
  const library = benchLibrary('engine/registration', 'bench-registration')
  const world = realWorld()
  const stored = new Map<number, string>()

  function say(resident: number, text: string): string {
    const before = stored.get(resident)
    const conversation = before === undefined ? null : readStored(before)
    const now = world.now()
    const context = {
      turnId: world.newId(),
      now,
      today: shanghaiDate(now),
      newId: () => world.newId(),
      officer: false,
    }
    const result = converse(library, conversation, { kind: 'text', text }, context)
    const after = writeConversation(result.conversation)
    stored.set(resident, after)
    for (const reply of result.replies) send(reply.text)
    return after
  }

  function register(resident: number): number {
    say(resident, work.opening)
    let after = ''
    for (const text of work.answers) after = say(resident, text)
    if (readStored(after).sessions.length > 0) throw new Error('ours did not complete')
    stored.delete(resident)
    return work.answers.length + 1
  }

  function stateBytes(retries: number): number {
    let state = say(-1, work.opening)
    for (const text of work.answers.slice(0, -1)) state = say(-1, text)
    for (let n = 0; n < retries; n++) state = say(-1, work.nonsense)
    stored.delete(-1)
    return bytesOf(state)
  }

  return { name: 'Nuanxin', parallel: 1, register, stateBytes }
}
