import type { CompiledFlow, Turn } from './machine.ts'
import { speaksOf } from './opening.ts'
import { tellPolicy } from './policy/policyAnswers.ts'
import { offer, text } from './walk.ts'

/**
 * 办光荣证 is heard as a wish for a new certificate, and that one is issued no more: where the flow would begin, the answer
 * is told with its ground. False where the words ask for what the flow does, or where no answer is known.
 */
export function tellNotDone(turn: Turn, { notDone }: CompiledFlow, said: string): boolean {
  const { library, context } = turn
  if (!notDone || !speaksOf(library.plain(said), notDone)) return false
  const answer = library.policies?.byId(notDone.policy, null, context.today)
  if (!answer) return false
  tellPolicy(turn, answer)
  return true
}

/** What can be done after all, once it was told; for who has nothing else open. */
export function offerInstead(turn: Turn, { notDone }: CompiledFlow): void {
  const matters = notDone?.instead ?? []
  offer(turn, text(turn, 'desk.instead'), [
    ...matters.map(name => ({ key: `desk/start:${name}`, label: text(turn, `${name}.title`) })),
    { key: 'desk/human', label: text(turn, 'desk.human') },
  ])
}
