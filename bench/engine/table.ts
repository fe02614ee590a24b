import { median, spread } from '../statistics.ts'
import type { EngineReport } from './bench.ts'
import type { EngineFigures } from './figures.ts'

/** One engine over all rounds. */
export interface Row {
  key: string
  name: string
  /** Of each round. */
  turnsPerSecond: number[]
  median: number
  spread: number
  /** Median processor microseconds a turn. */
  cpuMicros: number
  stateAtEnd: number | null
  stateAfterRetries: number | null
}

export interface Ratio {
  name: string
  /** Of each round, both measured within a minute; the median counts. */
  rounds: number[]
  median: number
  /** The same by processor time a turn, which neighbours on the machine disturb less. */
  byProcessorTime: number
  target: number | null
}

/** Bytes of stored conversation at most (issue of the engine: a session must stay cheap to keep and to encrypt). */
const MAX_STATE = 2048

export function rowsOf(keys: string[], measured: { key: string; figures: EngineFigures }[]): Row[] {
  return keys.flatMap(key => {
    const rounds = measured.filter(one => one.key === key).map(({ figures }) => figures)
    const [first] = rounds
    if (!first) return []
    const perSecond = rounds.map(({ turnsPerSecond }) => turnsPerSecond)
    const { name, stateAtEnd, stateAfterRetries } = first
    return [
      {
        ...{ key, name, stateAtEnd, stateAfterRetries },
        turnsPerSecond: perSecond.map(Math.round),
        median: median(perSecond),
        spread: spread(perSecond),
        cpuMicros: median(rounds.map(({ cpuMicros }) => cpuMicros)),
      },
    ]
  })
}

const wanted: { under: string; target: number | null }[] = [
  { under: 'floor', target: 0.35 },
  { under: 'xstate', target: 4 },
  { under: 'botbuilder', target: null },
  { under: 'grammy', target: null },
  { under: 'floip', target: null },
]

export function ratiosOf(rows: Row[]): Ratio[] {
  const ours = rows.find(({ key }) => key === 'ours')
  if (!ours) return []
  return wanted.flatMap(({ under, target }) => {
    const lower = rows.find(({ key }) => key === under)
    if (!lower) return []
    const rounds = ours.turnsPerSecond.map((value, round) => value / (lower.turnsPerSecond[round] ?? Number.NaN))
    return [
      {
        name: `ours ÷ ${under}`,
        rounds,
        median: median(rounds),
        byProcessorTime: lower.cpuMicros / ours.cpuMicros,
        target,
      },
    ]
  })
}

/** What is wrong with the size of our stored state; nothing when all is well. */
export function sizeFindings(rows: Row[]): string[] {
  const ours = rows.find(({ key }) => key === 'ours')
  if (!ours || ours.stateAtEnd === null || ours.stateAfterRetries === null) return []
  const grown = ours.stateAfterRetries - ours.stateAtEnd
  return [
    ...(ours.stateAfterRetries > MAX_STATE ? [`state of ${ours.stateAfterRetries} bytes: more than ${MAX_STATE}`] : []),
    // Counts may take a digit more; answers kept would take hundreds of bytes.
    ...(grown > 16 ? [`state grew by ${grown} bytes over 50 bad answers`] : []),
  ]
}

const whole = (value: number | null): string => (value === null ? '–' : Math.round(value).toLocaleString('en'))

export function printEngines({ at, machine, rounds, warmUpMs, measureMs, rows, ratios }: EngineReport): string {
  const { cpu, cores, memoryGiB, system, node, loadBefore } = machine
  const head = ['', 'turns/s', 'spread', 'CPU µs/turn', 'state at end', 'after 50 retries']
  const body = rows.map(row => [
    row.name,
    whole(row.median),
    row.turnsPerSecond.length > 1 ? `${Math.round(row.spread * 100)} %` : '–',
    row.cpuMicros.toFixed(1),
    whole(row.stateAtEnd),
    whole(row.stateAfterRetries),
  ])
  const ratioLines = ratios.map(({ name, median: middle, rounds: each, byProcessorTime, target }) => [
    name,
    middle.toFixed(2),
    each.map(value => value.toFixed(2)).join(' '),
    byProcessorTime.toFixed(2),
    target === null ? '' : `≥ ${target}: ${middle >= target ? 'reached' : 'MISSED'}`,
  ])
  return [
    'Engine: a registration of twelve questions, three bad answers, sixteen turns; the state goes through JSON between',
    'any two turns, replies to a fake sender. Each engine in a fresh process, one chain, one core.',
    `${rounds} interleaved round(s), ${warmUpMs / 1000} s warm-up + ${measureMs / 1000} s counted (processor time); medians, spread = (max − min) ÷ median; state in bytes`,
    `${at} · ${cpu}, ${cores} cores, ${memoryGiB} GiB · ${system} · Node ${node}`,
    `load average before: ${loadBefore}${loadBefore > 0.5 ? ' · the machine was SHARED: trust the ratios more than the figures' : ''}`,
    '',
    align([head, ...body]),
    '',
    align([['ratio', 'median', 'rounds', 'by CPU time', 'target'], ...ratioLines]),
    ...sizeFindings(rows).map(finding => `MISSED: ${finding}`),
  ].join('\n')
}

/** Columns under one another: the first to the left, the others to the right. */
export function align(lines: string[][]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)))
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)
  return lines.map(line => line.map(cell).join('  ')).join('\n')
}
