import { stepTexts } from '../stepText.ts'
import type { Answer, CompiledStep, Move, Walk } from '../machine.ts'
import { createHash } from 'node:crypto'
import { yesOrNo } from '../pickOption.ts'
import { walkValues } from '../showValue.ts'
import { choiceKey, reply, text } from '../walk.ts'
import { compiledBase, go, noOption, wait } from './base.ts'
import type { CommitmentSource } from './schema.ts'

export function compileCommitment(flow: string, source: CommitmentSource): CompiledStep {
  const key = stepTexts(flow, source.id)
  const put = (walk: Walk) => putQuestion(walk, source, key)
  return {
    ...compiledBase(source),
    slot: source.slot,
    fills: source.sealSlot ? [source.slot, source.sealSlot] : [source.slot],
    waits: true,
    exits: [
      { via: 'agreed', to: source.next ?? null, label: key('agree') },
      { via: 'refused', to: source.refused, label: key('refuse') },
    ],
    texts: [key('text'), key('help')],
    put,
    enter: walk => {
      if (walk.session.slots[source.slot] === true) return go(source, 'agreed', false)
      put(walk)
      return wait
    },
    answer: (walk, answer) => take(walk, source, key, answer),
  }
}

function putQuestion(walk: Walk, source: CommitmentSource, key: (part: string) => string): void {
  const { turn, session } = walk
  reply(turn, {
    kind: 'choices',
    text: text(turn, key('text'), walkValues(walk)),
    choices: [
      { key: choiceKey(session, 'yes'), label: text(turn, key('agree')) },
      { key: choiceKey(session, 'no'), label: text(turn, key('refuse')) },
    ],
    input: { slot: source.slot, type: 'confirm', required: true, sensitive: false },
  })
}

function take(walk: Walk, source: CommitmentSource, key: (part: string) => string, answer: Answer): Move {
  const granted = yesOrNo(walk, answer, [key('agree'), key('refuse')])
  if (granted === null) return noOption(answer)
  const { session, turn } = walk
  session.slots[source.slot] = granted
  const { purpose, version, sealSlot } = source
  const textHash = createHash('sha256')
    .update(text(turn, key('text'), walkValues(walk)))
    .digest('hex')
  turn.effects.push({ type: 'consent', sessionId: session.id, purpose, version, textHash, granted })
  if (sealSlot) session.slots[sealSlot] = granted ? { version, textHash, at: turn.context.now } : null
  if (granted) return go(source, 'agreed', true)
  return { move: 'go', to: source.refused, via: 'refused', answered: true }
}
