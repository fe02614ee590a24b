import { stepTexts } from '../stepText.ts'
import type { CompiledStep, Walk } from '../machine.ts'
import { plainValue } from '../plainText.ts'
import { walkValues } from '../showValue.ts'
import type { Json } from '../types.ts'
import { reply, say, text } from '../walk.ts'
import { compiledBase, go } from './base.ts'
import type { NoticeSource } from './schema.ts'

/**
 * Outcomes of the command: `issued` with `number`, `items` (names of papers, in the person's language) and `url` of the
 * page, or `unknown` when the region's papers are not verified: then the text says whom to ask, and the flow goes on.
 */
export function compileNotice(flow: string, source: NoticeSource): CompiledStep {
  const key = stepTexts(flow, source.id)
  const to = source.next ?? null
  return {
    ...compiledBase(source),
    slot: source.slot,
    fills: [source.slot],
    waits: true,
    exits: [
      { via: 'issued', to },
      { via: 'unknown', to },
    ],
    texts: [key('text'), key('unknown')],
    // A notice is issued once: coming by again shows nothing new.
    enter: walk =>
      source.slot in walk.session.slots
        ? go(source, 'known', false)
        : {
            move: 'run',
            command: source.command,
            args: { ...walk.flow.emptySlots, ...walk.session.slots, matter: source.matter },
          },
    resume: (walk, outcome, values) => {
      if (outcome !== 'issued' && outcome !== 'unknown') {
        throw new Error(`${walk.flow.name}: ${source.id} has no way on for outcome ${outcome}`)
      }
      walk.session.slots[source.slot] = outcome === 'issued' ? (values['number'] ?? null) : null
      if (outcome === 'issued') tell(walk, key, values)
      else say(walk.turn, key('unknown'), walkValues(walk))
      return go(source, outcome, false)
    },
  }
}

function tell(walk: Walk, key: (part: string) => string, values: Record<string, Json>): void {
  const items = Array.isArray(values['items']) ? values['items'].map(plainValue) : []
  const list = items.map((item, n) => `${n + 1}. ${item}`).join('\n')
  const told = text(walk.turn, key('text'), walkValues(walk, { number: plainValue(values['number']), items: list }))
  const url = values['url']
  reply(walk.turn, typeof url === 'string' ? { kind: 'file', text: told, url } : { kind: 'text', text: told })
}
