import type { z } from 'zod'
import type { Cell, ExportTable, FigureExport } from './figureExport.ts'
import type { Words } from './figureJson.ts'
import type { surveyResultSchema } from './surveyResultJson.ts'

type Results = z.infer<typeof surveyResultSchema>
type Place = Results['villages'][number]
export type Shown = Pick<Place, 'state' | 'numerator' | 'denominator' | 'value' | 'interval'>

/** Results of a survey as a workbook: the same numbers in the same words as on the page, what is hidden there is hidden here. */
export function surveyExportOf(results: Results, words: Words, made: string): FigureExport {
  const tables = [mainTable, placeTable, trendTable, funnelTable, questionTable, textTable]
  return {
    title: `${results.title} ${words('surveys.result.title')}`,
    period: words('figures.report.period', {
      ...{ region: results.place.name, from: results.opensAt.slice(0, 10), to: results.closesAt.slice(0, 10) },
    }),
    made: words('figures.report.made', { at: made }),
    fileName: `${results.place.code}-${results.opensAt.slice(0, 10)}`,
    tables: tables.map(table => table(results, words)).filter(({ rows }) => rows.length > 0),
  }
}

export const text = (value: string): Cell => ({ text: value })
export const heads = (words: Words, ...names: string[]) => names.map(name => words(`surveys.result.column.${name}`))
const percent = (share: number) => `${(share * 100).toFixed(1)}%`
const fewer = (words: Words, n: number | null): Cell =>
  n === null ? text(words('surveys.result.few')) : { number: n, as: 'count' }

/** Share, yes, all, interval; in words where there is no number to show. */
export function figureCells({ state, value, numerator, denominator, interval }: Shown, words: Words): Cell[] {
  if (value === null) return [text(words(`figures.state.${state}`)), text(''), text(''), text('')]
  const between = interval ? `${percent(interval.low)}–${percent(interval.high)}` : ''
  return [
    { number: value, as: 'share' },
    { number: numerator ?? 0, as: 'count' },
    { number: denominator ?? 0, as: 'count' },
    text(between),
  ]
}

function mainTable(results: Results, words: Words): ExportTable {
  const { weighted, targets, definition, kind } = results
  const rows: Cell[][] =
    kind === 'needs'
      ? [[text(words('surveys.result.answers')), fewer(words, results.answers), text(''), text(''), text('')]]
      : [[text(words('surveys.result.plain')), ...figureCells(results, words)]]
  if (weighted) {
    const { share, interval } = weighted
    const between = text(`${percent(interval.low)}–${percent(interval.high)}`)
    rows.push([text(words('surveys.result.weighted')), { number: share, as: 'share' }, text(''), text(''), between])
  }
  const lines = targets.map(({ atLeast, document, quote }) =>
    words('surveys.result.target', { percent: percent(atLeast), document, quote }),
  )
  return {
    title: words('surveys.result.main'),
    head: heads(words, 'what', 'share', 'yes', 'all', 'interval'),
    widths: [40, 15, 12, 12, 21],
    rows,
    foot: [definition, words('surveys.result.method'), ...lines].join('\n'),
  }
}

function placeTable({ towns, villages, kind }: Results, words: Words): ExportTable {
  const row = ({ region, answers, ...figure }: Place): Cell[] => {
    if (kind === 'needs') return [text(region.name), fewer(words, answers), text(''), text(''), text('')]
    return [text(region.name), ...figureCells(figure, words)]
  }
  return {
    title: words('surveys.result.places'),
    head: heads(words, 'place', kind === 'needs' ? 'all' : 'share', 'yes', 'all', 'interval'),
    widths: [40, 15, 12, 12, 21],
    rows: [...towns, ...villages].map(row),
    foot: words('surveys.result.hidden'),
  }
}

function trendTable({ trend, kind }: Results, words: Words): ExportTable {
  return {
    title: words('surveys.result.trend'),
    head: heads(words, 'campaign', 'opened', 'share', 'yes', 'all', 'interval'),
    widths: [34, 14, 12, 10, 10, 20],
    rows:
      kind === 'needs'
        ? []
        : trend.map(point => [text(point.title), text(point.opensAt.slice(0, 10)), ...figureCells(point, words)]),
  }
}

function funnelTable({ whole }: Results, words: Words): ExportTable {
  const rows = (whole?.funnel ?? []).map(({ name, n, lost }): Cell[] => {
    const why = lost
      .filter(one => one.n !== 0)
      .map(one => `${one.name} ${one.n ?? words('surveys.result.few')}`)
      .join(words('common.listSeparator'))
    return [text(name), { number: n, as: 'count' }, text(why)]
  })
  return {
    title: words('surveys.result.funnel'),
    head: heads(words, 'stage', 'households', 'lost'),
    widths: [25, 15, 60],
    rows,
  }
}

function questionTable({ whole }: Results, words: Words): ExportTable {
  const rows = (whole?.questions ?? []).flatMap(question =>
    question.options.map(({ label, n, share, isCorrect }): Cell[] => [
      text(question.text),
      text(isCorrect ? words('surveys.result.correct', { label }) : label),
      fewer(words, n),
      share === null ? text('') : { number: share, as: 'share' },
    ]),
  )
  return {
    title: words('surveys.result.questions'),
    head: heads(words, 'question', 'option', 'all', 'share'),
    widths: [45, 30, 12, 13],
    rows,
  }
}

function textTable({ whole }: Results, words: Words): ExportTable {
  return {
    title: words('surveys.result.texts'),
    head: heads(words, 'topic', 'texts', 'examples'),
    widths: [25, 12, 63],
    rows: (whole?.texts ?? []).map(({ name, n, examples }) => [text(name), fewer(words, n), text(examples.join('；'))]),
    foot: words('surveys.result.textsHint'),
  }
}
