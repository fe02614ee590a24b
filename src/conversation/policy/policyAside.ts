import { follow, repeatQuestion } from '../engine.ts'
import { tellMourning } from '../grief.ts'
import type { Walk } from '../machine.ts'
import { rootOf } from '../places.ts'
import { regionOf } from '../walk.ts'
import { findPolicy, isQuestion, POLICY_INTENT, policyKey, tellPolicy, tellUnknownPolicy } from './policyAnswers.ts'

/**
 * A question of policy in the middle of a matter: answered from the knowledge base without losing the place; where two or
 * three answers are near, they are offered; where none is, that is said. `intent`: what the text is surely about, or null.
 * False when the text is no question of policy.
 */
export function answerPolicyAside(walk: Walk, said: string, intent: string | null): boolean {
  const { turn } = walk
  if (intent !== POLICY_INTENT && !isQuestion(said)) return false
  const finding = findPolicy(turn, said, regionOf(walk))
  const found = finding.kind === 'found' && isQuestion(said)
  // Who registers a birth after all asks about that birth.
  const spared = (found || intent === POLICY_INTENT) && matterOf(walk) !== 'birthRegistration'
  if (spared && tellMourning(turn, finding)) {
    repeatQuestion(walk)
    return true
  }
  if (found) {
    tellPolicy(turn, finding.found)
    repeatQuestion(walk)
    return true
  }
  if (intent !== POLICY_INTENT || !turn.library.policies) return false
  if (finding.kind === 'unsure') {
    follow(walk, { move: 'confirm', confirming: { kind: 'policy', keys: finding.among.map(policyKey) } })
    return true
  }
  if (finding.kind === 'found') tellPolicy(turn, finding.found)
  else tellUnknownPolicy(turn, regionOf(walk))
  repeatQuestion(walk)
  return true
}

function matterOf({ turn, session }: Walk): string | null {
  const { flow, revision } = rootOf(session)
  return turn.library.flow(flow, revision)?.matter ?? null
}
