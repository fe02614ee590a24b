import type { FigureReport, OfficeFigure, PlaceFigure } from '../app/figures/figureDesk.ts'
import { reasonKey } from '../app/ratings/reasonWords.ts'
import type { FilledRule } from '../domain/figures/checkTable.ts'
import type { Figure } from '../domain/figures/measured.ts'
import type { Reasons } from '../domain/figures/reasons.ts'
import { shanghaiTime } from '../domain/world.ts'
import { reasonName, type Words } from './figureJson.ts'

/** A cell: text that stays text, or a number with how it is written. */
export type Cell = { text: string } | { number: number; as: 'count' | 'share' | 'points' }

export interface ExportTable {
  title: string
  head: string[]
  /** Widths of the columns, as parts of the whole. */
  widths: number[]
  rows: Cell[][]
  /** A sentence below the table. */
  foot?: string
}

/** What a workbook and a printed report share: the same tables in the same words. */
export interface FigureExport {
  title: string
  /** Place and period. */
  period: string
  made: string
  fileName: string
  tables: ExportTable[]
}

export interface ExportContent {
  report: FigureReport
  places: PlaceFigure[]
  reasons: Reasons
  /** What residents came for, with names. */
  needs: { name: string; n: number | null; share: number | null }[]
  offices: OfficeFigure[]
}

export function exportOf(content: ExportContent, words: Words): FigureExport {
  const { region, from, to, at } = content.report
  const tables = [
    indicatorTable,
    itemTable,
    monthTable,
    placeTable,
    reasonTable,
    needTable,
    officeTable,
    ratingTable,
    badReasonTable,
    checkTable,
  ]
  return {
    title: words('figures.report.title'),
    period: words('figures.report.period', { region: region.name, from, to }),
    made: words('figures.report.made', { at: shanghaiTime(at).slice(0, 16).replace('T', ' ') }),
    fileName: `${region.code}-${from}-${to}`,
    tables: tables.map(table => table(content, words)).filter(({ rows }) => rows.length > 0),
  }
}

const text = (value: string): Cell => ({ text: value })
const heads = (words: Words, ...names: string[]) => names.map(name => words(`figures.column.${name}`))

/** Result, numerator, denominator; in words where there is no number to show. */
function numbers(figure: Figure, words: Words): Cell[] {
  if (figure.value === null) return [text(words(`figures.state.${figure.state}`)), text(''), text('')]
  return [
    { number: figure.value, as: 'share' },
    { number: figure.numerator ?? 0, as: 'count' },
    { number: figure.denominator ?? 0, as: 'count' },
  ]
}

const percent = (share: number) => `${(share * 100).toFixed(1)}%`

function indicatorTable({ report }: ExportContent, words: Words): ExportTable {
  const met = (is: boolean | null) => (is === null ? '' : words(is ? 'figures.report.yes' : 'figures.report.no'))
  return {
    title: words('figures.report.indicators'),
    head: heads(
      words,
      'indicator',
      'value',
      'numerator',
      'denominator',
      'interval',
      'target',
      'targetMet',
      'definition',
      'source',
    ),
    widths: [14, 10, 6, 6, 11, 6, 7, 22, 18],
    rows: report.indicators.map(({ indicator: { id, target, source }, figure }) => [
      text(words(`figures.indicator.${id}.name`)),
      ...numbers(figure, words),
      text(figure.interval ? `${percent(figure.interval.low)} – ${percent(figure.interval.high)}` : ''),
      target ? { number: target.atLeast, as: 'share' } : text(''),
      text(met(figure.targetMet)),
      text(words(`figures.indicator.${id}.definition`)),
      text(`${source.document}：“${source.quote}”`),
    ]),
    foot: words('figures.report.note'),
  }
}

const figureHead = ['value', 'numerator', 'denominator']

function itemTable({ report }: ExportContent, words: Words): ExportTable {
  const ways = (['self', 'assisted', 'window'] as const).map(way => words(`figures.way.${way}`))
  return {
    title: words('figures.report.items'),
    head: [...heads(words, 'item', ...figureHead), ...ways],
    widths: [22, 16, 10, 10, 14, 16, 12],
    rows: report.items.map(({ matter, figure, ways: parts }) => [
      text(words(`figures.matter.${matter}`)),
      ...numbers(figure, words),
      ...parts.map(({ n }) => countCell(n, words)),
    ]),
  }
}

function countCell(n: number | null, words: Words): Cell {
  return n === null ? text(words('figures.state.hidden')) : { number: n, as: 'count' }
}

function monthTable({ report }: ExportContent, words: Words): ExportTable {
  return {
    title: words('figures.report.months'),
    head: heads(words, 'month', ...figureHead),
    widths: [25, 25, 25, 25],
    rows: report.months.map(({ month, figure }) => [text(month), ...numbers(figure, words)]),
  }
}

function placeTable({ places }: ExportContent, words: Words): ExportTable {
  return {
    title: words('figures.report.places'),
    head: heads(words, 'region', ...figureHead),
    widths: [49, 19, 16, 16],
    rows: places.map(({ region, figure }) => [text(region.name), ...numbers(figure, words)]),
  }
}

function reasonTable({ reasons }: ExportContent, words: Words): ExportTable {
  const named = reasons.ranked.map(one => ({ ...one, name: reasonName(one.reason, words) }))
  return rankedTable('reason', named, words)
}

function needTable({ needs }: ExportContent, words: Words): ExportTable {
  return rankedTable('need', needs, words)
}

function rankedTable(kind: 'reason' | 'need', ranked: ExportContent['needs'], words: Words): ExportTable {
  return {
    title: words(`figures.report.${kind}s`),
    head: heads(words, kind, 'count', 'share'),
    widths: [56, 22, 22],
    rows: ranked.map(({ name, n, share }) => [
      text(name),
      countCell(n, words),
      share === null ? text('') : { number: share, as: 'share' },
    ]),
  }
}

function officeTable({ offices }: ExportContent, words: Words): ExportTable {
  const part = (name: 'legal' | 'promise') => {
    const [label] = heads(words, name)
    return heads(words, ...figureHead).map(head => `${label}：${head}`)
  }
  return {
    title: words('figures.report.offices'),
    head: [...heads(words, 'office'), ...part('legal'), ...part('promise')],
    widths: [28, 12, 12, 12, 12, 12, 12],
    rows: offices.map(({ office, legal, promise }) => [
      text(office?.name ?? words('figures.report.noOffice')),
      ...numbers(legal, words),
      ...numbers(promise, words),
    ]),
  }
}

function ratingTable({ report }: ExportContent, words: Words): ExportTable {
  return {
    title: words('figures.report.ratings'),
    head: heads(words, 'level', 'count'),
    widths: [60, 40],
    rows: report.ratings.map(({ level, n }) => [text(words(`figures.level.${level}`)), countCell(n, words)]),
  }
}

function badReasonTable({ report }: ExportContent, words: Words): ExportTable {
  return {
    title: words('figures.report.badReasons'),
    head: heads(words, 'reason', 'count'),
    widths: [60, 40],
    rows: report.badReasons.ranked.map(({ reason, n }) => [text(words(reasonKey(reason))), countCell(n, words)]),
  }
}

function checkTable({ report }: ExportContent, words: Words): ExportTable {
  const { table, filled } = report.checkTable
  const lostCell = ({ lost, missing }: FilledRule): Cell =>
    lost === null
      ? text(words(missing === null ? 'figures.state.noData' : `figures.missing.${missing}`))
      : { number: lost, as: 'points' }
  return {
    title: `${words('figures.report.checkTable')}：${table.name}`,
    head: heads(words, 'row', 'points', 'rule', 'indicator', 'lost'),
    widths: [14, 6, 40, 22, 18],
    rows: filled.rows.flatMap(({ name, rules }) =>
      rules.map((rule): Cell[] => [
        text(name),
        { number: rule.points, as: 'points' },
        text(rule.reading === undefined ? rule.quote : `${rule.quote}（${rule.reading}）`),
        text(beside(rule, words)),
        lostCell(rule),
      ]),
    ),
    foot: words('figures.report.checkTableSum', {
      withData: String(filled.pointsWithData),
      lost: filled.lost.toFixed(2),
    }),
  }
}

/** The figure that belongs to a rule, in one line; empty where there is none. */
function beside({ figure: id, shown }: FilledRule, words: Words): string {
  if (id === null || shown === null) return ''
  const name = words(id === 'registrations' ? 'figures.registrations' : `figures.indicator.${id}.name`)
  const { value, numerator, denominator, state } = shown
  const said = value === null ? words(`figures.state.${state}`) : `${percent(value)} (${numerator}/${denominator})`
  return `${name}：${said}`
}
