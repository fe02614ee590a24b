import { stepText, stepTexts } from '../stepText.ts'
import { itemsOf, type Item } from '../items.ts'
import type { Answer, CompiledStep, Move, Walk } from '../machine.ts'
import { yesOrNo } from '../pickOption.ts'
import { dropHidden } from '../scope.ts'
import { showAnswer, walkValues } from '../showValue.ts'
import { choiceKey, named, reply, text } from '../walk.ts'
import { compiledBase, go, noOption, wait } from './base.ts'
import type { ReviewSource } from './schema.ts'

export function compileReview(flow: string, source: ReviewSource): CompiledStep {
  const key = stepTexts(flow, source.id)
  const put = (walk: Walk) => putReview(walk, key)
  return {
    ...compiledBase(source),
    waits: true,
    exits: [{ via: 'confirmed', to: source.next ?? null, label: key('confirm') }],
    texts: [key('text'), key('help')],
    put,
    enter: walk => {
      dropHidden(walk)
      put(walk)
      return wait
    },
    answer: (walk, answer) => take(walk, source, key, answer),
  }
}

function reviewLine({ walk, step }: Item, number: number): string {
  const label = text(walk.turn, stepText(walk.flow.name, step.id, 'label'))
  return text(walk.turn, 'common.reviewLine', named({ number, label, value: showAnswer(walk, step) }))
}

function putReview(walk: Walk, key: (part: string) => string): void {
  const { turn, session } = walk
  const lines = itemsOf(walk).map((item, n) => reviewLine(item, n + 1))
  reply(turn, {
    kind: 'choices',
    text: [text(turn, key('text'), walkValues(walk)), ...lines, text(turn, 'common.reviewHow')].join('\n'),
    choices: [
      { key: choiceKey(session, 'yes'), label: text(turn, key('confirm')) },
      { key: choiceKey(session, 'change'), label: text(turn, 'common.change') },
    ],
    input: { slot: 'review', type: 'confirm', required: true, sensitive: true },
  })
}

function take(walk: Walk, source: ReviewSource, key: (part: string) => string, answer: Answer): Move {
  const value = readChoice(walk, key, answer)
  if (value === 'yes') return go(source, 'confirmed', false)
  if (value === 'change') return { move: 'confirm', confirming: { kind: 'whichItem' } }
  return noOption(answer)
}

function readChoice(walk: Walk, key: (part: string) => string, answer: Answer): string | null {
  if (answer.kind === 'pressed') return answer.value
  const confirmed = yesOrNo(walk, answer, [key('confirm'), 'common.change'])
  return confirmed === null ? null : confirmed ? 'yes' : 'change'
}
