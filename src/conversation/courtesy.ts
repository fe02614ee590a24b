import { repeatQuestion } from './engine.ts'
import type { Turn, Walk } from './machine.ts'
import { currentStep } from './places.ts'
import { runInSession } from './universal.ts'
import { say } from './walk.ts'

/**
 * 谢谢, 在吗, 等一下 where they answer nothing: a kind word and the question again, 看不懂 gets what 帮助 gets; and no bad
 * answer. False: it is none of these.
 */
export function answerCourtesy(walk: Walk, said: string): boolean {
  const { library } = walk.turn
  const plain = library.plain(said)
  if (library.isWord('words.puzzled', plain)) {
    runInSession(walk, 'help', null)
    return true
  }
  if (library.isWord('words.greeting', plain)) say(walk.turn, 'common.here')
  else if (!sayKindWord(walk.turn, said)) return false
  repeatQuestion(walk)
  return true
}

/** Keys of what people say, and of what is answered; `asked`: an answer is due even where somebody was greeted just now. */
const kinds = [
  { words: 'words.thanks', answer: 'common.thanks', asked: false },
  { words: 'words.nods', answer: 'common.nods', asked: false },
  { words: 'words.waiting', answer: 'common.waiting', asked: false },
  { words: 'words.who', answer: 'common.who', asked: true },
]

/** The kind word alone. False: this was no courtesy. */
export function sayKindWord(turn: Turn, said: string): boolean {
  const { library } = turn
  const plain = library.plain(said)
  const kind = kinds.find(({ words, asked }) => library.isWord(words, plain) && (asked || turn.replies.length === 0))
  if (!kind) return tellOfVoice(turn, said)
  say(turn, kind.answer)
  return true
}

/** 能发语音吗, 可以说话吗: how to speak instead of writing. False: nobody asks. */
export function tellOfVoice(turn: Turn, said: string): boolean {
  const { library } = turn
  const asks = library.isPhrase('voice', library.plain(said))
  if (asks) say(turn, 'common.voice')
  return asks
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
