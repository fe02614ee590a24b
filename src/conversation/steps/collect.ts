import { stepText } from '../stepText.ts'
import type { Answer, CompiledStep, Move, Walk } from '../machine.ts'
import { walkValues } from '../showValue.ts'
import type { InputHint, Json } from '../types.ts'
import { choiceKey, reply, say, text } from '../walk.ts'
import { compiledBase, go, wait } from './base.ts'
import { readAnswer } from './readAnswer.ts'
import type { CollectSource } from './schema.ts'

/** Marks a list as closed, so that coming back does not ask again. */
const closedSlot = (source: CollectSource) => `${source.slot}Closed`

export function compileCollect(flow: string, source: CollectSource): CompiledStep {
  const key = (part: string) => stepText(flow, source.id, part)
  return {
    ...compiledBase(source),
    slot: source.slot,
    waits: true,
    exits: [{ via: 'answered', to: source.next ?? null }],
    texts: [key('text'), key('more'), key('enough'), key('help'), ...(source.review ? [key('label')] : [])],
    put: walk => putQuestion(walk, source, key),
    enter: walk => {
      if (walk.session.slots[closedSlot(source)] === true && source.slot in walk.session.slots)
        return go(source, 'known', false)
      putQuestion(walk, source, key)
      return wait
    },
    answer: (walk, answer) => take(walk, source, key, answer),
    accept: (walk, value) => add(walk, source, key, value),
  }
}

function itemsOf({ session }: Walk, source: CollectSource): Json[] {
  const items = session.slots[source.slot]
  return Array.isArray(items) ? items : []
}

function putQuestion(walk: Walk, source: CollectSource, key: (part: string) => string): void {
  const { turn, session } = walk
  const some = itemsOf(walk, source).length > 0
  const input: InputHint = { slot: source.slot, type: source.type, required: false, sensitive: source.sensitive }
  reply(turn, {
    kind: 'choices',
    text: text(turn, key(some ? 'more' : 'text'), walkValues(walk)),
    choices: [{ key: choiceKey(session, 'enough'), label: text(turn, key('enough')) }],
    input,
  })
}

function take(walk: Walk, source: CollectSource, key: (part: string) => string, answer: Answer): Move {
  if (isEnough(walk, key, answer)) return close(walk, source)
  const heard = readAnswer(walk, source, key, answer)
  if (heard.status === 'ok' && !heard.confirm) return add(walk, source, key, heard.value)
  if (heard.status === 'ok')
    return { move: 'confirm', confirming: { kind: 'value', value: heard.value, shown: heard.shown } }
  if (heard.status === 'ambiguous') return { move: 'confirm', confirming: { kind: 'options', options: heard.options } }
  if (heard.status === 'invalid') return { move: 'refuse', reason: heard.reason, detail: heard.detail ?? '' }
  if (heard.status === 'approx') return { move: 'refuse', reason: 'approx', detail: heard.detail }
  return { move: 'refuse', reason: answer.kind === 'media' ? 'media' : 'unreadable', detail: '' }
}

function isEnough({ turn }: Walk, key: (part: string) => string, answer: Answer): boolean {
  if (answer.kind === 'pressed') return answer.value === 'enough'
  if (answer.kind !== 'text') return false
  const said = turn.library.plain(answer.text)
  return said === turn.library.plain(text(turn, key('enough'))) || turn.library.isWord('words.enough', said)
}

function add(walk: Walk, source: CollectSource, key: (part: string) => string, value: Json): Move {
  const items = [...itemsOf(walk, source), value]
  walk.session.slots[source.slot] = items
  if (items.length >= source.atMost) return close(walk, source)
  putQuestion(walk, source, key)
  return { move: 'more' }
}

function close(walk: Walk, source: CollectSource): Move {
  const { slots } = walk.session
  slots[source.slot] = itemsOf(walk, source)
  slots[closedSlot(source)] = true
  say(walk.turn, 'common.collected', name => (name === 'count' ? itemsOf(walk, source).length : null))
  return go(source, 'answered', true)
}
