import { filingWays, matters, type Matter } from '../../domain/application.ts'
import { ezhouCheckTable, fillCheckTable } from '../../domain/figures/checkTable.ts'
import type { Measure } from '../../domain/figures/counts.ts'
import { hideSmallCells } from '../../domain/figures/hiding.ts'
import { indicatorOf, indicators } from '../../domain/figures/indicators.ts'
import { measure, monthsBetween, noSuchItem, shareOf, total, type Sum } from '../../domain/figures/measured.ts'
import { policyEntryOf } from '../../domain/figures/needs.ts'
import { rankReasons, type Reasons } from '../../domain/figures/reasons.ts'
import { covers, type Officer, type OfficerRole } from '../../domain/officer.ts'
import { ratingLevels } from '../../domain/rating.ts'
import { addDays, shanghaiDate } from '../../domain/world.ts'
import type { Outcome } from '../app.ts'
import { eyesOf } from '../officer/eyes.ts'
import type { AppParts } from '../parts.ts'
import type { FigureDesk, FigureFrame, FigureReport, ItemFigure, NeedTitles, OfficeFigure } from './figureDesk.ts'
import type { SumQuery } from './figurePort.ts'
import type { FigureFilter } from './figureQuery.ts'

/** Those who answer for a place. Village officers see their cases, the auditor the audit trail. */
export const figureRoles: readonly OfficerRole[] = ['town', 'county']

/** One look reads at most so many days: a year and the day that closes it. */
const MOST_DAYS = 366

/** Digits of the places one level below a code; a village has none. */
const LEVEL_BELOW: Readonly<Record<number, number>> = { 2: 4, 4: 6, 6: 9, 9: 12 }

/** The figures that are only read. */
export function makeReports(parts: AppParts): Pick<FigureDesk, 'report' | 'places' | 'reasons' | 'needs' | 'offices'> {
  return {
    report: (officer, filter) =>
      reading(parts, officer, filter, async (frame, sums) => ({
        ...frame,
        ...reportOf(parts, frame, await sums({ byMonth: true })),
      })),
    places: (officer, filter) =>
      reading(parts, officer, filter, async (frame, sums) => {
        const indicator = indicatorOf(filter.indicator)
        const placeLength = LEVEL_BELOW[frame.region.code.length] ?? 0
        const read = placeLength === 0 ? [] : await sums({ placeLength, byMonth: true })
        const codes = [...new Set(read.map(({ place }) => place))].filter(code => code.length === placeLength)
        const months = monthsBetween(frame.from, frame.to)
        const places = codes.toSorted().map(code => ({
          region: { code, name: parts.regionName(code) },
          figure: measure(
            indicator,
            read.filter(({ place }) => place === code),
            months,
          ),
        }))
        return { ...frame, indicator, places }
      }),
    reasons: (officer, filter) =>
      reading(parts, officer, filter, async (frame, sums) => {
        const read = await sums({ byMonth: true, measures: ['notOnline'] })
        return { ...frame, reasons: rankReasons(read, monthsBetween(frame.from, frame.to)) }
      }),
    needs: (officer, filter) =>
      reading(parts, officer, filter, async (frame, sums) => {
        const read = await sums({ byMonth: true, measures: ['need'] })
        const needs = rankReasons(read, monthsBetween(frame.from, frame.to), 'need')
        return { ...frame, needs, titles: titlesOf(parts, needs) }
      }),
    offices: (officer, filter) =>
      reading(parts, officer, filter, async (frame, sums) => {
        const measures: Measure[] = ['legalMet', 'legalMissed', 'promiseMet', 'promiseMissed']
        return { ...frame, offices: officesOf(parts, await sums({ measures })) }
      }),
  }
}

type ReadSums = (wanted: Partial<Pick<SumQuery, 'byMonth' | 'placeLength' | 'measures'>>) => Promise<Sum[]>

/** Who may, which place, which days: one order for all figures. */
async function reading<T>(
  parts: AppParts,
  officer: Officer,
  filter: FigureFilter,
  read: (frame: FigureFrame, sums: ReadSums) => Promise<T>,
): Promise<Outcome<T>> {
  const framed = frameOf(parts, officer, filter)
  if (!framed.ok) return framed
  const { region, from, to } = framed.value
  const value = await parts.store.transaction(eyesOf(officer), tx =>
    read(framed.value, wanted =>
      tx.figures.sums({ regionCode: region.code, from, to, byMonth: false, placeLength: 0, measures: null, ...wanted }),
    ),
  )
  return { ok: true, value }
}

function titlesOf(parts: AppParts, { ranked }: Reasons): NeedTitles {
  const today = shanghaiDate(parts.world.now())
  const titles = ranked.flatMap(({ reason }) => {
    const entry = policyEntryOf(reason)
    const found = entry === null ? null : parts.policies.search.byId(entry, null, today)
    return found ? [[reason, found.entry.title] as const] : []
  })
  return Object.fromEntries(titles)
}

/** The place and days of a question, or why it is refused. */
export function frameOf(parts: AppParts, officer: Officer, filter: FigureFilter): Outcome<FigureFrame> {
  const { from, to } = filter
  const code = filter.regionCode ?? officer.regionCode
  if (!figureRoles.includes(officer.role)) return { ok: false, refusal: { code: 'notAllowed' } }
  if (!covers(officer.regionCode, code)) return { ok: false, refusal: { code: 'notFound' } }
  if (from > to || addDays(from, MOST_DAYS) <= to)
    return { ok: false, refusal: { code: 'badInput', fields: ['from', 'to'] } }
  return { ok: true, value: { region: { code, name: parts.regionName(code) }, from, to, at: parts.world.now() } }
}

function reportOf(parts: AppParts, frame: FigureFrame, sums: Sum[]): Omit<FigureReport, keyof FigureFrame> {
  const months = monthsBetween(frame.from, frame.to)
  const figures = indicators.map(indicator => ({ indicator, figure: measure(indicator, sums, months) }))
  const online = indicatorOf('onlineRate')
  const acts = (name: Measure) => total(sums, { measures: [name] })
  const levels = hideSmallCells(
    ratingLevels.map(level => total(sums, { measures: ['rated'], details: [String(level)] })),
  )
  return {
    indicators: figures,
    items: matters.map(matter => itemOf(parts, frame, matter, sums)),
    months: months.map(month => ({
      month,
      figure: measure(
        online,
        sums.filter(sum => sum.month === month),
        [month],
      ),
    })),
    ratings: ratingLevels.map((level, n) => ({ level, n: levels[n] ?? null })),
    badReasons: rankReasons(sums, months, 'badReason'),
    exceptions: acts('noticeException'),
    bySilence: acts('bySilence'),
    checkTable: {
      table: ezhouCheckTable,
      filled: fillCheckTable(ezhouCheckTable, id =>
        id === 'registrations'
          ? itemOf(parts, frame, 'birthRegistration', sums).figure
          : measure(indicatorOf(id), sums, months),
      ),
    },
  }
}

function itemOf(parts: AppParts, { region }: FigureFrame, matter: Matter, sums: Sum[]): ItemFigure {
  const ofItem = sums.filter(sum => sum.matter === matter)
  const figure = measure(indicatorOf('onlineRate'), ofItem, [])
  // Abolished is a fact of the pack; what is not verified may still be asked for.
  const isGone =
    matter === 'additionalBirthPermit' && parts.packFor(region.code).additionalBirthPermit.kept.value === false
  const counts = hideSmallCells(filingWays.map(way => total(ofItem, { measures: ['accepted'], ways: [way] })))
  return {
    matter,
    figure: isGone && figure.state === 'noData' ? noSuchItem : figure,
    ways: filingWays.map((way, n) => ({ way, n: counts[n] ?? null })),
  }
}

function officesOf(parts: AppParts, sums: Sum[]): OfficeFigure[] {
  const codes = [...new Set(sums.map(({ detail }) => detail))].toSorted()
  return codes.map(code => {
    const counted = (name: Measure) => total(sums, { measures: [name], details: [code] })
    const share = (met: number, missed: number) => shareOf(met, met + missed, null)
    return {
      office: code === '' ? null : { code, name: parts.regionName(code) },
      legal: share(counted('legalMet'), counted('legalMissed')),
      promise: share(counted('promiseMet'), counted('promiseMissed')),
    }
  })
}
