import { putComfort, tellMourning } from '../grief.ts'
import type { Turn } from '../machine.ts'
import type { Choice } from '../types.ts'
import type { Decision } from '../understanding/decide.ts'
import { offer, text } from '../walk.ts'
import {
  findPolicy,
  isQuestion,
  POLICY_INTENT,
  policyKey,
  policyTitle,
  tellPolicy,
  tellUnknownPolicy,
} from './policyAnswers.ts'
import type { FoundPolicy } from './policySearch.ts'

/** Wishes that may be questions of policy in other words, with what is done about them besides answering. */
const ANSWERED: Record<string, 'answerOnly' | 'offerMatter' | 'offerPerson'> = {
  [POLICY_INTENT]: 'answerOnly',
  birth_registration: 'answerOnly',
  childcare_subsidy: 'offerMatter',
  reward_support: 'offerMatter',
  warm_heart_help: 'offerPerson',
  complaint: 'offerPerson',
  survey: 'offerPerson',
}
/**
 * A question of policy said while no flow is open, answered at once from the knowledge base. A matter that does what was
 * asked about goes before its explanation. False when the text asks for something else.
 */
export function answerPolicyAtDesk(turn: Turn, said: string, decision: Decision): boolean {
  if (!turn.library.policies) return false
  const wishes = wishesOf(decision)
  const [wish] = wishes
  const surely = decision.kind === 'asked'
  if (surely && (wishes.length > 1 || !mayAsk(turn, wish))) return false
  const finding = findPolicy(turn, said, null)
  if ((finding.kind === 'found' || (surely && wish === POLICY_INTENT)) && tellMourning(turn, finding)) {
    putComfort(turn)
    return true
  }
  if (finding.kind === 'found') {
    if (!wishes.includes(POLICY_INTENT) && !isQuestion(said)) return false
    return tellUnlessDone(turn, finding.found, surely ? wish : undefined)
  }
  if (wish !== POLICY_INTENT || !surely) return false
  if (finding.kind === 'unsure') offerPolicies(turn, finding.among)
  else {
    tellUnknownPolicy(turn, null)
    offerHelp(turn)
  }
  return true
}

/** Where one of several wishes may end. */
const PARTS = /[，,。；;！!？?\n]|另外|还有|顺便|以及|再问|and also/u

/** Answers what is a question of policy beside another wish; says so where nothing is known. */
export function mentionPolicy(turn: Turn, said: string): boolean {
  if (!turn.library.policies) return false
  const findings = said
    .split(PARTS)
    .filter(part => part.trim() !== '')
    .map(part => findPolicy(turn, part, null))
  const found = findings.flatMap(finding => (finding.kind === 'found' ? [finding.found] : []))
  const [unsure] = findings.flatMap(finding => (finding.kind === 'unsure' ? [finding.among] : []))
  for (const one of found) tellPolicy(turn, one)
  if (found.length > 0) return true
  if (unsure) offerPolicies(turn, unsure)
  else tellUnknownPolicy(turn, null)
  return true
}

/** A matter of its own goes before the knowledge base, unless it is one that questions are asked about. */
function mayAsk(turn: Turn, wish: string | undefined): boolean {
  const after = wish === undefined ? undefined : ANSWERED[wish]
  if (wish === undefined || after === undefined) return false
  return after !== 'offerPerson' || turn.library.flowByIntent(wish) === null
}

/** `wish`: what is surely asked for. Where a matter does what the answer only explains, the matter is begun instead. */
function tellUnlessDone(turn: Turn, found: FoundPolicy, wish: string | undefined): boolean {
  const flow = wish === undefined ? null : turn.library.flowByIntent(wish)
  if (found.entry.yields && flow && wish !== POLICY_INTENT) return false
  tellPolicy(turn, found)
  const after = wish === undefined ? 'answerOnly' : ANSWERED[wish]
  if (after === 'offerMatter' && flow) {
    const matter = { key: `desk/start:${flow.name}`, label: text(turn, `${flow.name}.title`) }
    offer(turn, text(turn, 'policy.furtherMatter'), [matter, human(turn)])
  }
  if (after === 'offerPerson') offerHelp(turn)
  return true
}

/** Two or three questions that may be meant. */
function offerPolicies(turn: Turn, among: readonly FoundPolicy[]): void {
  const keys = among.map(policyKey)
  const choices = keys.map(key => ({ key: `desk/policy:${key}`, label: policyTitle(turn, key) ?? key }))
  offer(turn, text(turn, 'policy.which'), [
    ...choices,
    { key: 'desk/policy:none', label: text(turn, 'common.noneOfThese') },
  ])
}

/** A person to ask. */
function offerHelp(turn: Turn): void {
  offer(turn, text(turn, 'policy.orPerson'), [
    human(turn),
    { key: 'desk/menu', label: text(turn, 'policy.otherMatters') },
  ])
}

function human(turn: Turn): Choice {
  return { key: 'desk/human', label: text(turn, 'desk.human') }
}

function wishesOf(decision: Decision): string[] {
  switch (decision.kind) {
    case 'asked':
      return decision.intents
    case 'unsure':
      return decision.between
    case 'nothing':
      return []
  }
}
