import { z } from 'zod'
import type { Json } from '../../conversation/types.ts'
import { lookAtConditions, type RewardLook } from '../../domain/policy/rewardSupport.ts'
import { outcome, type CommandHandler } from './command.ts'
import { groundValues } from './policyQuestion.ts'

const answer = z
  .enum(['yes', 'no', 'unclear'])
  .nullish()
  .transform(said => (said === 'yes' ? true : said === 'no' ? false : null))
const given = z.object({
  programme: z.string(),
  ruralRegistration: answer,
  withinRules: answer,
  oneChildOrTwoDaughters: answer,
  sixty: answer,
})

/**
 * Holds a resident's answers against the conditions of a reward. No decision, no amount. Outcomes: `allMet`, `notMet` and
 * `unclear` with the conditions concerned, `explained` for a programme whose conditions are told and not asked, `unknown`.
 */
export const checkReward: CommandHandler = async (args, { parts }) => {
  const { programme: id, ...answers } = given.parse(args)
  const programme = parts.policies.rewards.find(one => one.id === id)
  if (!programme) return outcome('unknown', { amount: null })
  const look = lookAtConditions(programme, answers)
  const amount = programme.amount?.value ?? null
  return outcome(outcomeOf(id, look), { amount, ...marked(look), ...groundValues(parts, [programme]) })
}

/** Nobody is questioned about a child that died or is disabled: the conditions are told. */
function outcomeOf(programme: string, look: RewardLook): string {
  return programme === 'specialSupport' && look.kind !== 'unknown' ? 'explained' : look.kind
}

/** `markSixty: 'true'` …: texts name the conditions concerned. */
function marked(look: RewardLook): Record<string, Json> {
  const ids = look.kind === 'notMet' ? look.missing : look.kind === 'unclear' ? look.unclear : []
  return Object.fromEntries(ids.map(id => [`mark${id.charAt(0).toUpperCase()}${id.slice(1)}`, 'true']))
}
