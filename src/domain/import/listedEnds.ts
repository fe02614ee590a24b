import { z } from 'zod'
import { knownFact, type Known } from '../packs/fact.ts'

/** Why a household that a list ends looks as if somebody were there: somebody gets its messages, or has a case open as well. */
export const endRemarks = ['reached', 'openCase'] as const
export type EndRemark = (typeof endRemarks)[number]

export interface EndInUse {
  line: number
  why: EndRemark
}

/**
 * Households that a list ends and that were there, or are new by it. Families in care are not told apart: the county is not to learn
 * of them, and an end keeps nobody from visiting them.
 */
export interface ListedEnds {
  /** The first ones by line, and how many there are. */
  inUse: EndInUse[]
  inUseCount: number
  /** Villages that lose any. `households`: those that are there with this list, before it ends them. */
  villages: EndsOfVillage[]
}

export interface EndsOfVillage {
  regionCode: string
  gone: number
  households: number
}

export const noEnds: ListedEnds = { inUse: [], inUseCount: 0, villages: [] }

/** When the ends of a list are so many that somebody has to say their count. */
export interface EndRules {
  /** Of a village's households; more than that is surprising, */
  share: number
  /** unless it is fewer households than these. */
  fewest: number
  /** More than so many of one list, wherever they are. */
  most: number
}

export interface EndRuleFile {
  householdEnds: Known<EndRules>
}

const whole = z.int().min(1).max(1_000_000)
const rules = z.strictObject({ share: z.number().min(0).max(1), fewest: whole, most: whole })
const file: z.ZodType<EndRuleFile> = z.strictObject({ householdEnds: knownFact(rules) })

/** Decodes `regions/imports.yaml`. @throws with the field when one is missing, has no source, or is out of bounds. */
export function parseEndRules(data: unknown): EndRuleFile {
  return file.parse(data)
}

/** The rules without their ground. */
export const endRulesOf = ({ householdEnds }: EndRuleFile): EndRules => householdEnds.value

/** Villages of which a list takes away a surprising part. */
export function surprisingVillages({ villages }: ListedEnds, { share, fewest }: EndRules): EndsOfVillage[] {
  return villages.filter(({ gone, households }) => gone >= fewest && gone > share * households)
}

/**
 * Whether whoever imports has to say the count of ends before anything is written. What one officer notes about one household is
 * looked at by a second one; a list ends hundreds in one stroke, and one wrong column would drop them in silence.
 */
export function isToConfirm(gone: number, ends: ListedEnds, endRules: EndRules): boolean {
  return ends.inUseCount > 0 || gone > endRules.most || surprisingVillages(ends, endRules).length > 0
}
