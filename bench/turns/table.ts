import { median, spread } from '../statistics.ts'
import type { Contender } from './contenders.ts'
import type { Measured } from './measure.ts'

/** One contender over all rounds; null where a round had errors, which makes it no figure. */
export interface Row {
  key: string
  name: string
  kind: Contender['kind']
  rounds: number
  /** Answers a second of each round. */
  perSecond: number[]
  medianPerSecond: number | null
  spread: number | null
  /** Milliseconds, medians over the rounds: closed loop, all connections busy. */
  p50: number | null
  p99: number | null
  /** The same at a fixed rate of arrivals. */
  openP50: number | null
  openP99: number | null
  /** Processor microseconds for each answer: its own processes, its embedded database, the load. */
  ownMicros: number | null
  databaseMicros: number | null
  loadMicros: number | null
  othersShare: number | null
  verified: number
  errors: Record<string, number>
}

export interface Ratio {
  name: string
  over: string
  under: string
  /** Of each round, both measured within a minute; the median counts. */
  rounds: number[]
  median: number
  /** The same by processor time for each answer, which neighbours on the machine disturb less. */
  byProcessorTime: number | null
  target: number | null
}

export function rowsOf(contenders: Contender[], measured: Measured[]): Row[] {
  return contenders.map(contender =>
    rowOf(
      contender,
      measured.filter(one => one.contender === contender.key),
    ),
  )
}

function rowOf({ key, name, kind }: Contender, rounds: Measured[]): Row {
  const errors: Record<string, number> = {}
  for (const run of rounds.flatMap(({ closed, open }) => (open ? [closed, open] : [closed]))) {
    for (const [what, count] of Object.entries(run.errors)) errors[what] = (errors[what] ?? 0) + count
    if (run.answers === 0) errors['no answer was counted'] = 1
  }
  const counts = Object.keys(errors).length === 0 && rounds.length > 0
  const middle = (pick: (round: Measured) => number | null | undefined): number | null => {
    const values = rounds.map(pick).filter(value => value !== null && value !== undefined)
    return counts && values.length > 0 ? median(values) : null
  }
  const perSecond = rounds.map(({ closed }) => closed.perSecond)
  return {
    key,
    name,
    kind,
    rounds: rounds.length,
    perSecond: perSecond.map(Math.round),
    medianPerSecond: middle(({ closed }) => closed.perSecond),
    spread: counts ? spread(perSecond) : null,
    p50: middle(({ closed }) => closed.p50),
    p99: middle(({ closed }) => closed.p99),
    openP50: middle(({ open }) => open?.p50),
    openP99: middle(({ open }) => open?.p99),
    ownMicros: middle(({ closed }) => closed.ownMicros),
    databaseMicros: middle(({ closed }) => closed.databaseMicros),
    loadMicros: middle(({ closed }) => closed.loadMicros),
    othersShare: middle(({ closed }) => closed.othersShare),
    verified: rounds.reduce((sum, { closed, open }) => sum + closed.verified + (open?.verified ?? 0), 0),
    errors,
  }
}

const wanted: { over: string; under: string; target: number | null }[] = [
  { over: 'ours', under: 'floor', target: 0.5 },
  { over: 'ours', under: 'co-wechat', target: 1 },
  { over: 'ours', under: 'node-easywechat', target: null },
  { over: 'ours-two', under: 'floor', target: null },
  { over: 'ours-two', under: 'co-wechat', target: null },
  { over: 'ours-given', under: 'floor-given', target: 0.5 },
  { over: 'ours-two-given', under: 'floor-given', target: null },
]

/** Ratios of what was measured without errors. */
export function ratiosOf(rows: Row[]): Ratio[] {
  const found = (key: string) => rows.find(row => row.key === key && row.medianPerSecond !== null)
  return wanted.flatMap(({ over, under, target }) => {
    const [upper, lower] = [found(over), found(under)]
    if (!upper || !lower) return []
    const rounds = upper.perSecond.map((value, round) => value / (lower.perSecond[round] ?? Number.NaN))
    const [upperMicros, lowerMicros] = [microsOf(upper), microsOf(lower)]
    // A given server's time is not seen, so there is nothing to compare.
    const unseen = over.endsWith('-given') || upperMicros === null || lowerMicros === null
    const byProcessorTime = unseen ? null : lowerMicros / upperMicros
    return [{ name: `${over} ÷ ${under}`, over, under, rounds, median: median(rounds), byProcessorTime, target }]
  })
}

function microsOf({ ownMicros, databaseMicros }: Row): number | null {
  return ownMicros === null || databaseMicros === null ? null : ownMicros + databaseMicros
}

const whole = (value: number | null): string => (value === null ? '–' : Math.round(value).toLocaleString('en'))
const tenths = (value: number | null): string => (value === null ? '–' : value.toFixed(1))
const percent = (value: number | null): string => (value === null ? '–' : `${Math.round(value * 100)} %`)
const hundredths = (value: number | null): string => (value === null ? '–' : value.toFixed(2))

export function printRows(rows: Row[], openPerSecond: number | null): string {
  const atRate = openPerSecond === null ? 'open' : `at ${openPerSecond.toLocaleString('en')}/s`
  const head = [
    '',
    'req/s',
    'spread',
    'p50/p99 ms',
    `${atRate} p50/p99`,
    'CPU µs/req',
    '+ database',
    'others',
    'verified',
  ]
  const body = rows.map(row => [
    row.name,
    whole(row.medianPerSecond),
    row.rounds > 1 ? percent(row.spread) : '–',
    `${tenths(row.p50)} / ${tenths(row.p99)}`,
    row.openP50 === null ? '–' : `${tenths(row.openP50)} / ${tenths(row.openP99)}`,
    whole(row.ownMicros),
    whole(row.databaseMicros),
    percent(row.othersShare),
    whole(row.verified),
  ])
  const faults = rows.flatMap(({ name, errors }) =>
    Object.entries(errors).map(([what, count]) => `no figure for ${name}: ${count} × ${what}`),
  )
  return [align([head, ...body]), ...faults].join('\n')
}

export function printRatios(ratios: Ratio[]): string {
  const head = ['ratio', 'median', 'rounds', 'by CPU time', 'target']
  const body = ratios.map(({ name, median: middle, rounds, byProcessorTime, target }) => [
    name,
    hundredths(middle),
    rounds.map(hundredths).join(' '),
    hundredths(byProcessorTime),
    target === null ? '' : `≥ ${target}: ${middle >= target ? 'reached' : 'MISSED'}`,
  ])
  return align([head, ...body])
}

/** Columns under one another: the first to the left, the others to the right. */
function align(lines: string[][]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)))
  return lines
    .map(line =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n')
}
