import type { CompiledStep, Walk } from './machine.ts'
import { offered } from './packLists.ts'
import { currentStep } from './places.ts'
import { plainValue } from './plainText.ts'
import { stepTexts } from './stepText.ts'
import type { Json } from './types.ts'

/** Whether a text is, word for word, a choice of the question that is open: then it answers, also where it names a matter. */
export function namesOption(walk: Walk, said: string): boolean {
  const { session } = walk
  return !session.confirming && namesChoice(walk, currentStep(walk.flow, session), said) !== null
}

/** The choice of this question that a text is, word for word; null when it is none, or the question has no choices. */
export function namesChoice(walk: Walk, { source }: CompiledStep, said: string): Json {
  if (source.kind !== 'ask' || source.type !== 'choice') return null
  const { library, conversation } = walk.turn
  const plain = library.plain(said)
  const own = stepTexts(walk.flow.name, source.id)
  const [{ options = [] }, nameOf] = offered(walk, source, own)
  const named = options.find(
    value =>
      library.texts.plain(conversation.language, nameOf(`options.${value}`)) === plain ||
      library.isWord(own(`synonyms.${plainValue(value)}`), plain),
  )
  return named ?? null
}
