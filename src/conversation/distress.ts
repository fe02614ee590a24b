import { distressRulesOf, type DistressRules } from '../domain/packs/distress.ts'
import type { CompiledFlow, Turn } from './machine.ts'
import { currentWalk, dropSettled } from './sessions.ts'
import type { DistressCause, TurnInput } from './types.ts'
import { offer, regionOf, say, text } from './walk.ts'

/** Stands before the turn's id, for the session, in the timer of the silence after a heavy word: each person has his own. */
export const HEAVY_TIMER = 'heavyWord'

/** Button by which a person says that he wants to go on with what he came for. */
const GO_ON = 'desk/goOn'

/**
 * Words of danger, or so many sad sentences that together they are a cry: in every state before anything else, no menu, no
 * question, a human at once. Of an emergency nothing is held afterwards.
 */
export function heedDistress(turn: Turn, said: string): boolean {
  // Whoever writes is not silent. A `delete` of what is not there would cost every turn.
  if (turn.conversation.heavy !== undefined) delete turn.conversation.heavy
  const alarm = turn.library.watch.alarm(said)
  if (alarm === 'emergency') {
    callHuman(turn, 'emergency', 'words')
    say(turn, 'desk.emergency')
    return true
  }
  const cause: DistressCause | null = alarm ? 'words' : hearMood(turn, said)
  if (!cause) return false
  turn.conversation.distress = { since: turn.context.now }
  delete turn.conversation.low
  callHuman(turn, 'distress', cause)
  for (const { name } of turn.library.flows.filter(asksToRate)) dropSettled(turn, name, {})
  say(turn, 'desk.distress')
  return true
}

/** A rating (好差评): asked of nobody in distress or mourning, then or later (国办发〔2019〕51号: voluntary). */
export const asksToRate = ({ steps }: CompiledFlow): boolean =>
  steps.some(({ source }) => source.kind === 'ask' && source.rating)

/**
 * Until a human has been there: who writes again is answered by a human’s call first and by no question of ours. He himself may
 * say that he wants to go on with what he came for; nothing else does.
 */
export function holdForHuman(turn: Turn, input: TurnInput): boolean {
  const { distress } = turn.conversation
  if (!distress || distress.goesOn || turn.context.officer) return false
  if (wantsToGoOn(turn, input)) {
    turn.conversation.distress = { ...distress, goesOn: true }
    delete turn.conversation.offered
    say(turn, 'desk.distressGoOn')
    return true
  }
  offer(turn, text(turn, 'desk.distressAgain'), [{ key: GO_ON, label: text(turn, 'desk.goOn') }])
  return true
}

function wantsToGoOn(turn: Turn, input: TurnInput): boolean {
  if (input.kind === 'choice') return input.key === GO_ON
  if (input.kind !== 'text') return false
  const { library, conversation } = turn
  const picked = input.text.trim() === '1' && conversation.offered?.[0] === GO_ON
  return picked || library.plain(input.text) === library.plain(text(turn, 'desk.goOn'))
}

/** A human was there and said what was done: the service may speak again. What was open stays where it was. */
export function liftDistress(turn: Turn): void {
  delete turn.conversation.distress
  delete turn.conversation.low
  delete turn.conversation.heavy
}

/** Nobody wrote since a heavy word: a human is called, and the person is left in peace until he comes. */
export function heedSilence(turn: Turn, turnId: string): void {
  if (turn.conversation.heavy !== turnId) return
  delete turn.conversation.heavy
  turn.conversation.distress = { since: turn.context.now }
  callHuman(turn, 'distress', 'silence')
}

function callHuman(turn: Turn, reason: 'distress' | 'emergency', cause: DistressCause): void {
  const walk = currentWalk(turn)
  turn.effects.push({
    type: 'handoff',
    sessionId: walk?.session.id ?? '',
    flow: walk?.flow.name ?? 'front-desk',
    reason,
    ...(reason === 'distress' ? { cause } : {}),
    regionCode: walk ? regionOf(walk) : null,
  })
}

/** Counts what was said sadly; `tone` once it is too much. A heavy word sets the clock of silence. */
function hearMood(turn: Turn, said: string): 'tone' | null {
  const { low, heavy } = turn.library.watch.mood(said, turn.library.plain(said))
  if (low === 0) return null
  const { conversation, context } = turn
  const rules = rulesOf(turn)
  const since = context.now - rules.lowMs
  const times = [...(conversation.low ?? []).filter(at => at > since), ...Array<number>(low).fill(context.now)]
  conversation.low = times.slice(-rules.lowSentences)
  if (times.length >= rules.lowSentences) return 'tone'
  if (heavy) {
    conversation.heavy = context.turnId
    const dueAt = context.now + rules.silenceMs
    turn.effects.push({
      type: 'setTimer',
      sessionId: `${HEAVY_TIMER}:${context.turnId}`,
      name: 'expire',
      dueAt,
      turnId: context.turnId,
    })
  }
  return null
}

/** Of the place in hand, where its pack says more than the nation’s. */
function rulesOf(turn: Turn): DistressRules {
  const walk = currentWalk(turn)
  return distressRulesOf(turn.library.packFor(walk ? regionOf(walk) : null).distress)
}
