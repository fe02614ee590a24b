import { stepTexts } from '../stepText.ts'
import type { CompiledStep, Walk } from '../machine.ts'
import { plainValue } from '../plainText.ts'
import { walkValues } from '../showValue.ts'
import type { Json } from '../types.ts'
import { reply, say, text } from '../walk.ts'
import { compiledBase, go } from './base.ts'
import type { NoticeSource } from './schema.ts'

/**
 * Outcomes of the command: `issued` with `number`, `items` (names of papers, in the person's language), `url` of the paper and
 * perhaps `picture`, or `unknown` when the region's papers are not verified: then the text says whom to ask, and the flow goes
 * on. Whatever else the command tells, the texts may name.
 */
export function compileNotice(flow: string, source: NoticeSource): CompiledStep {
  const key = stepTexts(flow, source.id)
  const to = source.next ?? null
  return {
    ...compiledBase(source),
    slot: source.slot,
    fills: [source.slot],
    standsOn: source.dependsOn,
    waits: true,
    exits: [
      { via: 'issued', to },
      { via: 'unknown', to },
    ],
    texts: [key('text'), key('unknown')],
    // A notice is issued once: coming by again shows nothing new, unless what it stands on has changed.
    enter: walk =>
      source.slot in walk.session.slots
        ? go(source, 'known', false)
        : { move: 'run', command: source.command, args: argsOf(walk, source) },
    resume: (walk, outcome, values) => {
      if (outcome !== 'issued' && outcome !== 'unknown') {
        throw new Error(`${walk.flow.name}: ${source.id} has no way on for outcome ${outcome}`)
      }
      walk.session.slots[source.slot] = outcome === 'issued' ? (values['number'] ?? null) : null
      if (outcome === 'issued') tell(walk, key, values)
      else say(walk.turn, key('unknown'), walkValues(walk, values))
      return go(source, outcome, false)
    },
  }
}

function argsOf({ flow, session, turn }: Walk, { matter }: NoticeSource): Record<string, Json> {
  const { language } = turn.conversation
  return { ...flow.emptySlots, ...session.slots, ...(matter === undefined ? {} : { matter }), language }
}

function tell(walk: Walk, key: (part: string) => string, values: Record<string, Json>): void {
  const items = numberedLines(values['items'])
  const told = text(walk.turn, key('text'), walkValues(walk, { ...values, items }))
  const { url, picture } = values
  reply(walk.turn, typeof url === 'string' ? { kind: 'card', text: told, url } : { kind: 'text', text: told })
  if (typeof picture === 'string') {
    reply(walk.turn, { kind: 'image', text: text(walk.turn, 'notice.picture'), url: picture })
  }
}

/** 1. …, 2. …, each on its own line. */
export function numberedLines(items: Json | undefined): string {
  const lines = Array.isArray(items) ? items.map(plainValue) : []
  return lines.map((item, n) => `${n + 1}. ${item}`).join('\n')
}
