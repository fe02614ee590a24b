import type { Turn } from '../machine.ts'
import type { Choice } from '../types.ts'
import type { Decision } from '../understanding/decide.ts'
import { reply, text } from '../walk.ts'
import { findPolicy, isQuestion, policyKey, policyTitle, tellPolicy, tellUnknownPolicy } from './policyAnswers.ts'
import type { FoundPolicy } from './policySearch.ts'

const POLICY_INTENT = 'policy_question'
/** Wishes that no question of policy stands for: a person, the own case, work, no more. */
const NEVER = new Set(['talk_to_human', 'progress_query', 'officer_task', 'cancel', 'greeting', 'crisis', 'emergency'])
/** Matters which are for the most part explained: a question about them is answered, and the matter offered. */
const EXPLAINED = new Set(['childcare_subsidy', 'reward_support'])

/**
 * A question of policy said while no flow is open, answered at once from the knowledge base. A matter that does what was
 * asked about goes before its explanation. False when the text asks for something else.
 */
export function answerPolicyAtDesk(turn: Turn, said: string, decision: Decision): boolean {
  if (!turn.library.policies) return false
  const wishes = wishesOf(decision)
  const [wish] = wishes
  if (decision.kind === 'asked' && wishes.length > 1) return false
  if (wish !== undefined && NEVER.has(wish) && decision.kind === 'asked') return false
  const finding = findPolicy(turn, said, null)
  const asksPolicy = wishes.includes(POLICY_INTENT)
  if (finding.kind === 'found') {
    if (!asksPolicy && !isQuestion(said)) return false
    return tellUnlessDone(turn, finding.found, decision)
  }
  if (wish !== POLICY_INTENT || decision.kind !== 'asked') return false
  if (finding.kind === 'unsure') offerPolicies(turn, finding.among)
  else offerHelp(turn, () => tellUnknownPolicy(turn, null))
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

function tellUnlessDone(turn: Turn, found: FoundPolicy, decision: Decision): boolean {
  const [wish] = wishesOf(decision)
  const flow = wish === undefined ? null : turn.library.flowByIntent(wish)
  if (found.entry.yields && decision.kind === 'asked' && wish !== POLICY_INTENT && flow) return false
  tellPolicy(turn, found)
  if (wish !== undefined && EXPLAINED.has(wish) && flow) {
    offer(turn, text(turn, 'policy.furtherMatter'), [
      { key: `desk/start:${flow.name}`, label: text(turn, `${flow.name}.title`) },
      human(turn),
    ])
  }
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

/** No answer, and a person to ask. */
function offerHelp(turn: Turn, tell: () => void): void {
  tell()
  offer(turn, text(turn, 'policy.orPerson'), [
    human(turn),
    { key: 'desk/menu', label: text(turn, 'policy.otherMatters') },
  ])
}

function human(turn: Turn): Choice {
  return { key: 'desk/human', label: text(turn, 'desk.human') }
}

function offer(turn: Turn, said: string, choices: Choice[]): void {
  turn.conversation.offered = choices.map(({ key }) => key)
  reply(turn, { kind: 'choices', text: said, choices })
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
