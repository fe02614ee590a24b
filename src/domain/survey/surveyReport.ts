import { isSmall } from '../figures/hiding.ts'
import { shareOf, type Figure } from '../figures/measured.ts'
import type { SurveyQuestion } from './answers.ts'
import { hiddenInCampaign, hideParts, townsOf, type PlaceCell } from './hiding.ts'
import { surveyWays, type SurveyKind, type SurveyWay } from './kinds.ts'
import { FINISHED, isSatisfied, MAIN } from './tally.ts'
import { surveyTargets } from './targets.ts'
import { postStratified, type Stratum, type WeightedShare } from './weighted.ts'

/** Counters of one campaign: how often an option was given in a village, by which way. */
export interface VillageTally {
  villageCode: string
  way: SurveyWay
  question: string
  option: string
  n: number
}

export interface CountedCampaign {
  regionCode: string
  kind: SurveyKind
  counts: readonly VillageTally[]
  /** Households that each village stands for. */
  populations: ReadonlyMap<string, number>
}

/** One town or village. `answers`: those behind the figure; null where they are not shown. */
export interface PlaceResult {
  code: string
  answers: number | null
  figure: Figure
}

export interface QuestionResult {
  slot: string
  /** Answers that are none of `skipped`; null: too few to show, or several at once. */
  n: number | null
  /** Said that they cannot say, which tells of nobody what he thinks. */
  skipped: number
  options: { option: string; n: number | null; share: number | null }[]
}

/** The one figure of a survey for a place, with the places in it. */
export interface MainResult {
  /** Finished answers, whether they judge or not; null: one to four. */
  answers: number | null
  figure: Figure
  /** Null where nothing can be shown. */
  weighted: WeightedShare | null
  towns: PlaceResult[]
  villages: PlaceResult[]
}

/** What only the whole campaign shows: of parts of it the same could be had for other parts by subtraction. */
export interface WholeResult {
  ways: { way: SurveyWay; n: number | null }[]
  questions: QuestionResult[]
}

const noFigure = shareOf(0, 0, null)
const hiddenFigure = shareOf(0, 1, null)

/** The figure of a campaign for its own place or one in it; hidden places are the same whoever looks. */
export function mainResult(campaign: CountedCampaign, place: string): MainResult {
  const cells = cellsOf(campaign)
  const hidden = hiddenInCampaign(campaign.regionCode, cells)
  const own = cells.filter(({ code }) => code.startsWith(place))
  const answers = sumOf(own.map(cell => cell.answers))
  const isHidden = hidden.has(place) || isSmall(answers)
  const result = (cell: PlaceCell): PlaceResult =>
    hidden.has(cell.code) || isHidden
      ? {
          code: cell.code,
          answers: cell.answers === 0 ? 0 : null,
          figure: cell.answers === 0 ? noFigure : hiddenFigure,
        }
      : { code: cell.code, answers: cell.answers, figure: figureOf(campaign.kind, [cell]) }
  const finished = total(campaign.counts, place, FINISHED)
  return {
    answers: isHidden || isSmall(finished) ? null : finished,
    figure: isHidden ? hiddenFigure : figureOf(campaign.kind, own),
    weighted: isHidden ? null : weightedOf(campaign, own, hidden),
    towns: place.length < 9 ? townsOf(own).map(result) : [],
    villages: own.map(result),
  }
}

/** Ways and questions of a whole campaign. */
export function wholeResult({ counts }: CountedCampaign, questions: readonly SurveyQuestion[]): WholeResult {
  const finished = counts.filter(({ question }) => question === FINISHED)
  const ways = surveyWays.map(way => sumOf(finished.filter(one => one.way === way).map(({ n }) => n)))
  const all = sumOf(ways)
  if (isSmall(all)) return { ways: surveyWays.map(way => ({ way, n: null })), questions: [] }
  const shown = hideParts(ways)
  return {
    ways: surveyWays.map((way, n) => ({ way, n: shown[n] ?? null })),
    questions: questions.filter(({ type }) => type !== 'text').map(question => questionResult(counts, question)),
  }
}

function questionResult(counts: readonly VillageTally[], question: SurveyQuestion): QuestionResult {
  const of = (option: string) =>
    sumOf(counts.filter(one => one.question === question.slot && one.option === option).map(({ n }) => n))
  const given = question.options.map(of)
  // Of several choices at once each stands by itself: they add up to nothing that is shown.
  const isSeveral = question.type === 'multiChoice'
  const shown = isSeveral ? given.map(n => (isSmall(n) ? null : n)) : hideOptions(question, given)
  const n = isSeveral ? null : sumOf(given)
  const base = isSeveral ? sumOf(counts.filter(one => one.question === FINISHED).map(one => one.n)) : sumOf(given)
  return {
    slot: question.slot,
    n: n !== null && isSmall(n) ? null : n,
    skipped: of('skipped'),
    options: question.options.map((option, at) => {
      const count = shown[at] ?? null
      return { option, n: count, share: count === null || base === 0 ? null : count / base }
    }),
  }
}

/**
 * How many are satisfied is the figure itself, which is shown: the levels on each side of it add up to a known sum, and hide for
 * themselves.
 */
function hideOptions(
  { rating, options }: Pick<SurveyQuestion, 'rating' | 'options'>,
  given: readonly number[],
): (number | null)[] {
  if (!rating) return hideParts(given)
  const sides = options.map(isSatisfied)
  const ofSide = (side: boolean) => hideParts(given.filter((_, at) => sides[at] === side))
  const [yes, no] = [ofSide(true), ofSide(false)]
  return sides.map(side => (side ? yes : no).shift() ?? null)
}

/** Of needs there is no figure: then a place shows how many answered, and no share. */
function cellsOf({ counts, kind, populations }: CountedCampaign): PlaceCell[] {
  const codes = new Set([...populations.keys(), ...counts.map(({ villageCode }) => villageCode)])
  return [...codes].toSorted().map(code => {
    const of = (question: string, option: string) =>
      sumOf(
        counts
          .filter(one => one.villageCode === code && one.question === question && one.option === option)
          .map(({ n }) => n),
      )
    if (kind === 'needs') return { code, answers: of(FINISHED, ''), hits: null }
    const hits = of(MAIN, 'hit')
    return { code, answers: hits + of(MAIN, 'miss'), hits }
  })
}

/** Held against the highest line. */
function figureOf(kind: SurveyKind, cells: readonly PlaceCell[]): Figure {
  if (kind === 'needs') return noFigure
  const target = surveyTargets[kind].at(-1)?.atLeast ?? null
  return shareOf(sumOf(cells.map(({ hits }) => hits ?? 0)), sumOf(cells.map(({ answers }) => answers)), target)
}

/**
 * Hidden villages count as one stratum together: so the weighted share is worked out from nothing that is not shown, or follows
 * from it, and cannot tell more about them.
 */
function weightedOf(
  { kind, populations }: CountedCampaign,
  cells: readonly PlaceCell[],
  hidden: ReadonlySet<string>,
): WeightedShare | null {
  if (kind === 'needs') return null
  const stratum = (some: readonly PlaceCell[]): Stratum => ({
    population: sumOf(some.map(({ code }) => populations.get(code) ?? 0)),
    answers: sumOf(some.map(({ answers }) => answers)),
    hits: sumOf(some.map(({ hits }) => hits ?? 0)),
  })
  const pooled = stratum(cells.filter(({ code }) => hidden.has(code)))
  return postStratified([...cells.filter(({ code }) => !hidden.has(code)).map(cell => stratum([cell])), pooled])
}

function total(counts: readonly VillageTally[], place: string, question: string): number {
  return sumOf(counts.filter(one => one.question === question && one.villageCode.startsWith(place)).map(({ n }) => n))
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, n) => sum + n, 0)
}
