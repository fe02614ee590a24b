/** Our engine, unmodified: the flow of this folder on the product's own texts, readers and rules. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { converse } from '../../src/conversation/converse.ts'
import { compileLibrary } from '../../src/conversation/library.ts'
import type { Library } from '../../src/conversation/machine.ts'
import { languages, type Conversation } from '../../src/conversation/types.ts'
import { shanghaiDate } from '../../src/domain/world.ts'
import { libraryTools } from '../../src/runtime/knowledge.ts'
import { loadLibrarySources } from '../../src/runtime/loadLibrary.ts'
import { realWorld } from '../../src/runtime/realWorld.ts'
import { root } from '../places.ts'
import { bytesOf, type MakeContender } from './contender.ts'

const FLOW = 'bench-registration'
const folder = path.join(root, 'bench', 'engine', 'registration')
const yaml = (file: string): unknown => parse(readFileSync(path.join(folder, file), 'utf8'))

function benchLibrary(): Library {
  const product = loadLibrarySources(root)
  const own = languages.map(language => ({
    language,
    namespace: FLOW,
    file: 'bench/engine/registration/texts.yaml',
    content: yaml('texts.yaml'),
  }))
  const flow = { file: 'bench/engine/registration/flow.yaml', content: yaml('flow.yaml') }
  return compileLibrary(
    { flows: [...product.flows, flow], locales: [...product.locales, ...own] },
    libraryTools(root, product.flows),
  )
}

export const makeContender: MakeContender = (work, send) => {
  const library = benchLibrary()
  const world = realWorld()
  const stored = new Map<number, string>()

  function say(resident: number, text: string): string {
    const before = stored.get(resident)
    // A decoder: the engine itself wrote it, one turn ago.
    const conversation = before === undefined ? null : (JSON.parse(before) as Conversation)
    const now = world.now()
    const context = {
      turnId: world.newId(),
      now,
      today: shanghaiDate(now),
      newId: () => world.newId(),
      officer: false,
    }
    const result = converse(library, conversation, { kind: 'text', text }, context)
    const after = JSON.stringify(result.conversation)
    stored.set(resident, after)
    for (const reply of result.replies) send(reply.text)
    return after
  }

  function register(resident: number): number {
    say(resident, work.opening)
    let after = ''
    for (const text of work.answers) after = say(resident, text)
    if ((JSON.parse(after) as Conversation).sessions.length > 0) throw new Error('ours did not complete')
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
