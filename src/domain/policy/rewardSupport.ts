import { z } from 'zod'
import { sourceSchema, type Source } from '../packs/fact.ts'
import { sourced } from './sources.ts'

const condition = z.string().regex(/^[a-z][A-Za-z0-9]*$/)
const programme = z.strictObject({
  id: condition,
  /** All of them at once; texts stand in the locales of the flow. Null: set by the province, not verified here. */
  conditions: z.array(condition).min(1).nullable(),
  /** Yuan; null as long as nobody entered it with a document. */
  amount: sourced(z.number().positive()),
  source: sourceSchema,
})
const programmes = z.strictObject({ programmes: z.array(programme).min(1) })

/** 奖励扶助, 特别扶助 …: conditions and source; an amount only with a source of its own. */
export interface RewardProgramme {
  id: string
  conditions: readonly string[] | null
  amount: { value: number; source: Source } | null
  source: Source
}

/** Decodes the file. @throws with the field's name. */
export function parseRewardProgrammes(data: unknown): RewardProgramme[] {
  return programmes.parse(data).programmes
}

/** Answers to the conditions: null is 不清楚. */
export type ConditionAnswers = Readonly<Record<string, boolean | null>>

/** How the answers look. Not a decision: the office examines. */
export type RewardLook =
  | { kind: 'allMet' }
  /** Some are not met; which. */
  | { kind: 'notMet'; missing: string[] }
  /** None is known to fail, but some are not clear; which. */
  | { kind: 'unclear'; unclear: string[] }
  | { kind: 'unknown' }

/** Holds answers against the conditions of a programme. What was not asked counts as not clear. */
export function lookAtConditions({ conditions }: RewardProgramme, answers: ConditionAnswers): RewardLook {
  if (!conditions) return { kind: 'unknown' }
  const missing = conditions.filter(id => answers[id] === false)
  if (missing.length > 0) return { kind: 'notMet', missing }
  const unclear = conditions.filter(id => answers[id] !== true)
  return unclear.length > 0 ? { kind: 'unclear', unclear } : { kind: 'allMet' }
}
