import type {
  FigureFrame,
  FigureReport,
  IndicatorFigure,
  ItemFigure,
  NeedTitles,
  OfficeFigure,
  PlaceFigure,
} from '../app/figures/figureDesk.ts'
import { reasonKey } from '../app/ratings/reasonWords.ts'
import type { Language } from '../conversation/types.ts'
import { UNSAID } from '../domain/figures/counts.ts'
import type { FilledRule } from '../domain/figures/checkTable.ts'
import { indicatorOf, type DrillDown, type Indicator } from '../domain/figures/indicators.ts'
import type { Figure } from '../domain/figures/measured.ts'
import { needFlows } from '../domain/figures/needs.ts'
import type { RankedReason } from '../domain/figures/reasons.ts'
import { whyNotOnlineReasons } from '../domain/whyNotOnline.ts'
import { shanghaiTime } from '../domain/world.ts'

/** A sentence of `locales/` in the language of the caller. */
export type Words = (key: string, values?: Record<string, string>) => string

/** Fields are named one by one: what is added inside never leaves by accident. */
export function figureJson({ state, numerator, denominator, n, value, interval, targetMet }: Figure) {
  return { state, numerator, denominator, n, value, interval, hidden: state === 'hidden', targetMet }
}

export function indicatorJson(indicator: Indicator, words: Words) {
  const { id, unit, target, source } = indicator
  return {
    ...{ id, unit },
    name: words(`figures.indicator.${id}.name`),
    definition: words(`figures.indicator.${id}.definition`),
    target: target?.atLeast ?? null,
    noData: words(`figures.indicator.${id}.noData`),
    source: { document: source.document, quote: source.quote },
  }
}

export function frameJson({ region, from, to, at }: FigureFrame) {
  return { region: { code: region.code, name: region.name }, from, to, at: shanghaiTime(at) }
}

export function reportJson(report: FigureReport, words: Words) {
  return {
    ...frameJson(report),
    indicators: report.indicators.map(one => ({
      ...indicatorJson(one.indicator, words),
      ...figureJson(one.figure),
      cases: casesOf(report, one),
    })),
    items: report.items.map(item => itemJson(report, item, words)),
    months: report.months.map(({ month, figure }) => ({ month, ...figureJson(figure) })),
    ratings: report.ratings.map(({ level, n }) => ({ level, name: words(`figures.level.${level}`), n })),
    badReasons: report.badReasons.ranked.map(one => badReasonJson(one, words)),
    exceptions: report.exceptions,
    bySilence: report.bySilence,
    checkTable: checkTableJson(report, words),
  }
}

/** Without a share: together with the counts it would give away the sum of those that are hidden. */
export function badReasonJson({ reason, n }: RankedReason, words: Words) {
  return { reason, name: words(reasonKey(reason)), n }
}

function itemJson(frame: FigureFrame, { matter, figure, ways }: ItemFigure, words: Words) {
  return {
    ...{ matter, name: words(`figures.matter.${matter}`) },
    ...figureJson(figure),
    ways: ways.map(({ way, n }) => ({ way, name: words(`figures.way.${way}`), n })),
    cases: figure.state === 'noSuchItem' ? null : caseAddress(frame, 'window', { matter }),
  }
}

function casesOf(frame: FigureFrame, { indicator, figure }: IndicatorFigure): string | null {
  return indicator.drillDown === null || figure.state === 'noData' ? null : caseAddress(frame, indicator.drillDown)
}

/** Address of the list of cases behind a figure. */
export function caseAddress(
  { region, from, to }: FigureFrame,
  cases: Exclude<DrillDown, null> | 'accepted',
  more: Record<string, string> = {},
): string {
  return `/api/applications?${new URLSearchParams({ cases, region: region.code, from, to, ...more }).toString()}`
}

function checkTableJson(report: FigureReport, words: Words) {
  const { table, filled } = report.checkTable
  const { points, pointsWithData, lost } = filled
  return {
    ...{ name: table.name, source: table.source, points, pointsWithData, lost },
    rows: filled.rows.map(({ id, name, points: rowPoints, rules }) => ({
      ...{ id, name, points: rowPoints },
      rules: rules.map(rule => ({
        ...{ id: rule.id, points: rule.points, quote: rule.quote, reading: rule.reading ?? null, lost: rule.lost },
        missing: rule.missing && words(`figures.missing.${rule.missing}`),
        figure: checkFigureJson(report, rule, words),
      })),
    })),
  }
}

/** The figure beside a rule, with its name, and the way to the cases behind it. */
function checkFigureJson(frame: FigureFrame, { figure: id, shown }: FilledRule, words: Words) {
  if (id === null || shown === null) return null
  if (id === 'registrations') {
    const cases = caseAddress(frame, 'accepted', { matter: 'birthRegistration' })
    return { name: words('figures.registrations'), ...figureJson(shown), cases }
  }
  const indicator = indicatorOf(id)
  const name = words(`figures.indicator.${id}.name`)
  return { name, ...figureJson(shown), cases: casesOf(frame, { indicator, figure: shown }) }
}

export function placesJson(frame: FigureFrame & { indicator: Indicator; places: PlaceFigure[] }, words: Words) {
  const { drillDown } = frame.indicator
  return {
    ...frameJson(frame),
    indicator: indicatorJson(frame.indicator, words),
    places: frame.places.map(({ region, figure }) => ({
      region: { code: region.code, name: region.name },
      ...figureJson(figure),
      cases: drillDown === null ? null : caseAddress({ ...frame, region }, drillDown),
    })),
  }
}

export function reasonJson({ reason, n, share, months }: RankedReason, words: Words) {
  return {
    reason,
    name: reasonName(reason, words),
    n,
    share,
    months: months.map(({ month, n: of }) => ({ month, n: of })),
  }
}

/** One thing that residents came for; a question of policy by the title of its answer. */
export function needJson(
  { reason: kind, n, share, months }: RankedReason,
  { titles, words, language }: { titles: NeedTitles; words: Words; language: Language },
) {
  const title = titles[kind]?.[language]
  const isKnown = Object.values(needFlows).includes(kind)
  return { kind, name: title ?? (isKnown ? words(`figures.need.${kind}`) : kind), n, share, months }
}

/** Reasons are ids of the window's list; what was not said has words of ours. One of a former list is shown as it is. */
export function reasonName(reason: string, words: Words): string {
  if (reason === UNSAID) return words('figures.reason.unsaid')
  return whyNotOnlineReasons.some(known => known === reason) ? words(`app.whyNotOnline.${reason}`) : reason
}

export function officeJson({ office, legal, promise }: OfficeFigure) {
  return {
    office: office && { code: office.code, name: office.name },
    legal: figureJson(legal),
    promise: figureJson(promise),
  }
}
