import { z } from 'zod'
import type { Json } from '../../conversation/types.ts'
import { subsidyOf, type SubsidyRules, type SubsidyView } from '../../domain/policy/childcareSubsidy.ts'
import { shanghaiDate } from '../../domain/world.ts'
import { outcome, type CommandHandler } from './command.ts'
import { groundValues } from './policyQuestion.ts'

const given = z.object({
  birthDate: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullish(),
})

/**
 * Looks a child's day of birth up in the rules of the subsidy; nothing is stored and nothing claimed. Outcomes: `rules`
 * without a day, `byYear`, `byMonth`, `ended`, `tooEarly`, `unknown`; values are those of the rules, with their ground.
 */
export const checkChildcareSubsidy: CommandHandler = async (args, { parts, at }) => {
  const { birthDate } = given.parse(args)
  const { subsidy } = parts.policies
  const view: SubsidyView = birthDate ? subsidyOf(birthDate, shanghaiDate(at), subsidy) : { kind: 'unborn' }
  const rules = groundValues(parts, sourcesOf(subsidy, view))
  const how = groundValues(parts, [subsidy.channel, subsidy.materials])
  const grounds = { ...rules, howGroundZh: how.groundZh, howGroundEn: how.groundEn }
  return outcome(outcomeOf(view), { ...amounts(subsidy), ...told(view), ...grounds })
}

function outcomeOf(view: SubsidyView): string {
  if (view.kind === 'unborn') return 'rules'
  if ((view.kind === 'byYear' || view.kind === 'byMonth') && view.ended) return 'ended'
  return view.kind
}

/** The rules behind what is told, each with its source. */
function sourcesOf(rules: SubsidyRules, { kind }: SubsidyView) {
  if (kind === 'byMonth') return [rules.yuanPerMonth, rules.earlierFirstClaimBy]
  return kind === 'byYear' ? [rules.yuanPerYear, rules.firstClaimYears] : [rules.yuanPerYear]
}

function amounts({
  channel,
  start,
  yuanPerYear,
  yuanPerMonth,
  untilAgeYears,
  amountKnownUntil,
}: SubsidyRules): Record<string, Json> {
  return {
    channel: channel?.value ?? null,
    start: start?.value ?? null,
    yuanPerYear: yuanPerYear?.value ?? null,
    yuanPerMonth: yuanPerMonth?.value ?? null,
    untilAge: untilAgeYears?.value ?? null,
    amountKnownUntil: amountKnownUntil?.value ?? null,
  }
}

function told(view: SubsidyView): Record<string, Json> {
  if (view.kind === 'tooEarly') return { thirdBirthday: view.thirdBirthday }
  if (view.kind !== 'byYear' && view.kind !== 'byMonth') return {}
  const { ageMonths, thirdBirthday, firstClaimBy, claimOver } = view
  const age = { years: Math.floor(ageMonths / 12), months: ageMonths % 12 }
  const counted = view.kind === 'byMonth' ? monthsOf(view) : {}
  return { ...age, thirdBirthday, firstClaimBy, claimOver: String(claimOver), ...counted }
}

function monthsOf({ monthsLeast, monthsMost }: Extract<SubsidyView, { kind: 'byMonth' }>): Record<string, Json> {
  return { monthsLeast, monthsMost, monthsSure: String(monthsLeast === monthsMost) }
}
