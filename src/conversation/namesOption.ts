import type { Walk } from './machine.ts'
import { currentStep } from './places.ts'
import { stepText } from './stepText.ts'

/** Whether a text is, word for word, a choice of the question that is open: then it answers, also where it names a matter. */
export function namesOption({ turn, flow, session }: Walk, said: string): boolean {
  if (session.confirming) return false
  const { source } = currentStep(flow, session)
  if (source.kind !== 'ask' || source.type !== 'choice') return false
  const { library, conversation } = turn
  const plain = library.plain(said)
  return (source.options ?? []).some(value => {
    const label = stepText(flow.name, source.id, `options.${value}`)
    return (
      library.texts.plain(conversation.language, label) === plain ||
      library.isWord(stepText(flow.name, source.id, `synonyms.${value}`), plain)
    )
  })
}
