import { z } from 'zod'
import { localDate } from '../packs/fact.ts'
import type { LocalDate } from '../world.ts'
import { monthsLater, wholeMonths, yearOf } from '../months.ts'
import { sourced } from './sources.ts'

const rules = z.strictObject({
  /** First day for which money is paid. */
  start: sourced(localDate),
  /** Yuan per child and year. */
  yuanPerYear: sourced(z.int().positive()),
  /** Last year whose amount was published. */
  amountKnownUntil: sourced(z.int()),
  /** Paid until this birthday. */
  untilAgeYears: sourced(z.int().positive()),
  /** Yuan per month for children born before the start. */
  yuanPerMonth: sourced(z.int().positive()),
  /** Day until which the first claim for a child born before the start had to be made. */
  earlierFirstClaimBy: sourced(localDate),
  /** The first claim for a child born since: in the year of birth, or so many years later. */
  firstClaimYears: sourced(z.int().min(0)),
  /** Name of the official mini-program in which it is claimed. */
  channel: sourced(z.string().min(1)),
  /** What to bring; the texts of the flow name the same. */
  materials: sourced(z.string().min(1)),
  /** Whether the month of the birthday counts in full; null: not verified, so months are told as a span. */
  birthdayMonthCounts: sourced(z.boolean()),
})

/** Rules of the national childcare subsidy as one file of `regions/knowledge` has them. */
export type SubsidyRules = z.infer<typeof rules>

/** Decodes the file. @throws with the field's name. */
export function parseSubsidyRules(data: unknown): SubsidyRules {
  return rules.parse(data)
}

/** What can be said of one child. Days are those of Shanghai; nothing here is a decision of the office. */
export type SubsidyView =
  /** Three years old before the subsidy began. */
  | { kind: 'tooEarly'; thirdBirthday: LocalDate }
  /** Not born yet on the day asked. */
  | { kind: 'unborn' }
  /** Born before the start: counted by month. `claimOver`: the day of the first claim has passed. */
  | {
      kind: 'byMonth'
      ageMonths: number
      thirdBirthday: LocalDate
      /** Months between start and third birthday, by the two ways of counting that are possible. */
      monthsLeast: number
      monthsMost: number
      firstClaimBy: LocalDate
      claimOver: boolean
      ended: boolean
    }
  /** Born since the start: by year. */
  | {
      kind: 'byYear'
      ageMonths: number
      thirdBirthday: LocalDate
      firstClaimBy: LocalDate
      claimOver: boolean
      ended: boolean
    }
  /** A rule that is needed is not verified. */
  | { kind: 'unknown' }

/** Looks a child up in the rules. Pure; only what the rules know. */
export function subsidyOf(birth: LocalDate, today: LocalDate, known: SubsidyRules): SubsidyView {
  const { start, untilAgeYears } = known
  if (!start || !untilAgeYears) return { kind: 'unknown' }
  if (birth > today) return { kind: 'unborn' }
  const thirdBirthday = monthsLater(birth, untilAgeYears.value * 12)
  if (thirdBirthday <= start.value) return { kind: 'tooEarly', thirdBirthday }
  const child = { ageMonths: wholeMonths(birth, today), thirdBirthday, ended: today >= thirdBirthday }
  return birth < start.value ? byMonth(child, today, known, start.value) : byYear(child, today, known, birth)
}

interface Child {
  ageMonths: number
  thirdBirthday: LocalDate
  ended: boolean
}

function byMonth(child: Child, today: LocalDate, known: SubsidyRules, start: LocalDate): SubsidyView {
  const { earlierFirstClaimBy, birthdayMonthCounts } = known
  if (!earlierFirstClaimBy) return { kind: 'unknown' }
  const least = wholeMonths(start, child.thirdBirthday)
  // Whether the month of the third birthday counts has no verified rule: then both counts are possible.
  const counts = birthdayMonthCounts?.value ?? null
  return {
    kind: 'byMonth',
    ...child,
    monthsLeast: counts === true ? least + 1 : least,
    monthsMost: counts === false ? least : least + 1,
    firstClaimBy: earlierFirstClaimBy.value,
    claimOver: today > earlierFirstClaimBy.value,
  }
}

function byYear(child: Child, today: LocalDate, known: SubsidyRules, birth: LocalDate): SubsidyView {
  if (!known.firstClaimYears) return { kind: 'unknown' }
  const firstClaimBy = `${yearOf(birth) + known.firstClaimYears.value}-12-31`
  return { kind: 'byYear', ...child, firstClaimBy, claimOver: today > firstClaimBy }
}
