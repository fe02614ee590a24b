import { repeatQuestion } from './engine.ts'
import type { Turn, Walk } from './machine.ts'
import { currentStep } from './places.ts'
import { say } from './walk.ts'

/** 谢谢, 好的, 嗯 where they answer nothing: a kind word and the question again, and no bad answer. False: it is none. */
export function answerCourtesy(walk: Walk, said: string): boolean {
  if (!sayKindWord(walk.turn, said)) return false
  repeatQuestion(walk)
  return true
}

/** Keys of what people say, and of what is answered. */
const kinds = [
  { words: 'words.thanks', answer: 'common.thanks' },
  { words: 'words.nods', answer: 'common.nods' },
]

/** The kind word alone. False: this was no courtesy. */
export function sayKindWord(turn: Turn, said: string): boolean {
  const { library } = turn
  const plain = library.plain(said)
  const kind = kinds.find(({ words }) => library.isWord(words, plain))
  if (!kind) return false
  say(turn, kind.answer)
  return true
}

/** Whether any words count as an answer here, so that a courtesy has to be told from one before it is read. */
export function takesAnyWords({ flow, session }: Walk): boolean {
  const { source } = currentStep(flow, session)
  if (session.confirming) return false
  if (source.kind === 'ask') return source.type === 'name' || (source.type === 'text' && !source.optional)
  if (source.kind !== 'collect') return false
  const types: (string | undefined)[] = source.fields?.map(({ type }) => type) ?? [source.type]
  return !types.includes('yesNo') && types.some(type => type === 'text' || type === 'name')
}
