import { askApp } from './askApp.ts'
import { asksToRate } from './distress.ts'
import type { Turn } from './machine.ts'
import { isQuestion, POLICY_INTENT, tellPolicy } from './policy/policyAnswers.ts'
import type { PolicyFinding } from './policy/policySearch.ts'
import type { Choice } from './types.ts'
import type { Decision } from './understanding/decide.ts'
import { offer, say, text } from './walk.ts'

/** Heard in what bereaved people write without asking for anything that we could begin with. */
const NO_WISH = new Set(['other', 'greeting', 'warm_heart_help', 'officer_task', 'birth_registration'])

/** Help by a person, which begins at once where it was asked for. */
const HELP = 'warm_heart_help'

/** Offered in any case; who only tells what happened is not led through it at once. */
const SUPPORT = 'reward_support'

/** Asks for the day on which the child was born: not from who has just lost it. */
const SUBSIDY = 'childcare_subsidy'

/** Heard in 我爸妈都没了 as in 我要投诉: whoever mourns is asked what he complains of only when he says that he does. */
const COMPLAINT = 'complaint'

function isNamed({ library }: Turn, intent: string, said: string): boolean {
  const plain = library.plain(said)
  return library.flowByIntent(intent)?.keywords.some(word => plain.includes(word)) ?? false
}

/** Whether a text tells of a death in the family. */
export function tellsOfDeath({ library }: Turn, said: string): boolean {
  return library.watch.grief(library.plain(said)) !== null
}

/** The warm sentence that comes before anything else; nothing of itself goes to this household from here on. */
export function sayCondolence(turn: Turn, said: string): void {
  say(turn, 'grief.said')
  noteLoss(turn, said)
}

/** A death that is told where something else has to be said, as in a cry for help, is known all the same. */
export function noteLoss(turn: Turn, said: string): void {
  const lost = turn.library.watch.grief(turn.library.plain(said))
  if (!lost) return
  turn.effects.push({ type: 'bereaved', lost })
  const { conversation, library } = turn
  if (conversation.mourning !== 'child') conversation.mourning = lost
  const isRating = (name: string) => {
    const flow = library.flow(name, null)
    return flow !== null && asksToRate(flow)
  }
  conversation.queue = conversation.queue.filter(({ flow }) => !isRating(flow))
}

/** Nothing was asked for besides: support and a person are offered, and no list of matters that begins with births. */
export function offerComfort(turn: Turn, said: string, decision: Decision): boolean {
  const wishes = decision.kind === 'asked' ? decision.intents : []
  if (wishes.includes('cancel')) {
    // 孩子没保住，不办了: what is under way can be taken back.
    askApp(turn, 'withdrawable', {})
    return true
  }
  const answered = sayWhatIsLeft(turn, said)
  const spared = turn.conversation.mourning === 'child' && wishes.includes(SUBSIDY)
  if (spared) say(turn, 'grief.askPerson')
  const isWish = (intent: string) => {
    if (intent === POLICY_INTENT) return !answered
    if (intent === SUBSIDY) return !spared
    return intent === COMPLAINT ? isNamed(turn, intent, said) : intent !== SUPPORT || isQuestion(said)
  }
  const wished = wishes.filter(intent => !NO_WISH.has(intent) && isWish(intent))
  if (wished.length > 0) return false
  putComfort(turn)
  return true
}

/**
 * 还要登记吗, said by who told us that a child died, is not answered by the law on births, and begins no registration: nothing
 * has to be done. False where this is not asked.
 */
export function spareMourning(turn: Turn, said: string): boolean {
  // Who tells of it once more may say with it what he wants: 孩子没保住，登记不办了.
  if (tellsOfDeath(turn, said) || !sayWhatIsLeft(turn, said)) return false
  putComfort(turn)
  return true
}

/** What becomes of registration and household entry after a child's death. False: neither is spoken of. */
export function sayWhatIsLeft(turn: Turn, said: string): boolean {
  if (speaksOf(turn, 'words.household', said)) say(turn, 'grief.household')
  else if (speaksOf(turn, 'words.registering', said)) say(turn, 'grief.registration')
  else return false
  return true
}

/**
 * To who lost a child only those answers of policy are told that are meant for him, and a person instead of the others: each of
 * them was written for families with children. False: nobody mourns a child.
 */
export function tellMourning(turn: Turn, finding: PolicyFinding): boolean {
  if (turn.conversation.mourning !== 'child') return false
  if (finding.kind === 'found' && finding.found.entry.forMourners) tellPolicy(turn, finding.found)
  else say(turn, 'grief.askPerson')
  return true
}

/** What was not understood of who mourns: no list of matters that begins with births. False: nobody does. */
export function bearWithMourning(turn: Turn): boolean {
  if (!turn.conversation.mourning) return false
  say(turn, 'grief.unknown')
  putComfort(turn)
  return true
}

function speaksOf({ library, conversation }: Turn, words: string, said: string): boolean {
  const plain = library.plain(said)
  return conversation.mourning === 'child' && library.texts.words(words).some(word => plain.includes(word))
}

export function putComfort(turn: Turn): void {
  const choice = (action: string, label: string): Choice => ({
    key: `desk/${action}`,
    label: text(turn, `grief.${label}`),
  })
  const support = turn.library.flowByIntent(SUPPORT)
  const help = turn.library.flowByIntent(HELP)
  offer(turn, text(turn, 'grief.offer'), [
    // Asks where somebody should come, if nobody knows it, and no more than that.
    ...(help ? [choice(`start:${help.name}`, 'talk')] : []),
    ...(support ? [choice(`start:${support.name}`, 'support')] : []),
    choice('human', 'human'),
    choice('menu', 'other'),
  ])
}

/** Characters of a mood that says no more: 唉，心累 wishes for nothing yet. */
const SIGH = 3
const countLetters = (said: string): number => said.match(/\p{L}/gu)?.length ?? 0

/** Sad, without a word of danger and without a wish that we could follow: met first, and a person is offered. */
export function offerTalk(turn: Turn, said: string, decision: Decision): boolean {
  const { low, heavy } = turn.library.watch.mood(said, turn.library.plain(said))
  if (low === 0) return false
  const wishes = decision.kind === 'asked' ? decision.intents : []
  // 什么都没有了 has the word of a question and asks nothing.
  if (!heavy && wishes.some(intent => !NO_WISH.has(intent) && isQuestion(said))) return false
  say(turn, 'distress.said')
  if (wishes.includes(HELP) && countLetters(said) > SIGH) return false
  const help = turn.library.flowByIntent(HELP)
  offer(turn, text(turn, 'distress.offer'), [
    ...(help ? [{ key: `desk/start:${help.name}`, label: text(turn, 'distress.talk') }] : []),
    { key: 'desk/human', label: text(turn, 'grief.human') },
    { key: 'desk/menu', label: text(turn, 'distress.other') },
  ])
  return true
}
