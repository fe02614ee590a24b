import { answer } from './engine.ts'
import { BETWEEN, keepBeside } from './later.ts'
import type { Answer, Walk } from './machine.ts'
import { currentStep } from './places.ts'
import type { InputType } from './types.ts'

/** Questions that come one after another in every matter, and are answered in one breath: 李小红，4207…，138…，下柯村. */
const IN_A_ROW: ReadonlySet<InputType> = new Set(['name', 'idNumber', 'phone', 'region'])
/** 李小红420704199003070024. */
const NAME_AND_NUMBER = /^(\p{Script=Han}{2,4})(\d{11}|\d{17}[\dXx])$/u

/** Takes an answer, and with it what else is answered in the same message. */
export function answerAll(walk: Walk, given: Answer, aside: (text: string) => boolean): void {
  if (given.kind !== 'text') return answer(walk, given, aside)
  const [first, ...rest] = piecesOf(walk, given.text)
  if (first === undefined) return keepBeside(walk, given.text, () => answer(walk, given, aside))
  answer(walk, { kind: 'text', text: first }, aside)
  for (const piece of rest) {
    if (!answers(walk, piece)) return
    // The question in between is answered already.
    walk.turn.replies.pop()
    answer(walk, { kind: 'text', text: piece }, aside)
  }
}

/** The answers to this question and those that follow; empty where the text is one answer, or none. */
function piecesOf(walk: Walk, said: string): string[] {
  const type = openType(walk)
  if (type === null || type === 'region') return []
  const glued = type === 'name' ? NAME_AND_NUMBER.exec(said.trim()) : null
  if (!glued && !BETWEEN.test(said)) return []
  const pieces = glued?.slice(1) ?? said.split(BETWEEN).filter(piece => piece !== '')
  const [first = '', second = ''] = pieces
  // 戴 小云 and 138 1234 5678 are one answer with a space in it.
  const several = /\d{11}/u.test(second) || (type !== 'name' && /\d{11}/u.test(first) && !/\d/u.test(second))
  return several && second !== '' && answers(walk, first) ? pieces : []
}

function answers(walk: Walk, piece: string): boolean {
  const type = openType(walk)
  if (type === null) return false
  return walk.turn.library.readValue(type, piece, { today: walk.turn.context.today }).status === 'ok'
}

function openType({ flow, session }: Walk): InputType | null {
  if (session.confirming || session.status !== 'waiting') return null
  const { source } = currentStep(flow, session)
  return source.kind === 'ask' && IN_A_ROW.has(source.type) ? source.type : null
}
