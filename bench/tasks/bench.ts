import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { openEmbeddedPostgres } from '../../src/runtime/embeddedPostgres.ts'
import { align } from '../engine/table.ts'
import { machine } from '../machine.ts'
import { median, percentile } from '../statistics.ts'
import { OFFICERS } from './data.ts'
import { openSide, type Side, type Sweep } from './side.ts'

/** From ten thousand to a million tasks no call may take more than this many times as long. */
const MOST_GROWTH = 1.5
const SIZES = { quick: [10_000, 100_000], full: [10_000, 1_000_000] } as const
/** Late tasks that become due at one moment, for the sweep. */
const DUE = { quick: 1_000, full: 5_000 } as const
/** Calls of each kind in one round, on each side. */
const CALLS = 400

interface Options {
  quick: boolean
  rounds: number
  json: string | null
}

interface Row {
  call: string
  /** p95 of each round in milliseconds, of the small and of the large database. */
  small: number[]
  large: number[]
  growth: number
  /** False: shown, no target. */
  counts: boolean
}

/** Inbox and lease at two sizes, turn about on one server. False when one grows too much or reads a whole table. */
export async function benchTasks({ quick, rounds, json }: Options): Promise<boolean> {
  const before = machine()
  const dir = mkdtempSync(path.join(os.tmpdir(), 'nx-bench-'))
  const server = await openEmbeddedPostgres({ dir, log: () => undefined })
  try {
    const sizes = quick ? SIZES.quick : SIZES.full
    const sides = await Promise.all(sizes.map(tasks => openSide(server.connection, tasks)))
    const rows = await measure(sides, rounds)
    const sweeps: Sweep[] = []
    for (const side of sides) sweeps.push(await side.sweep(quick ? DUE.quick : DUE.full))
    const scans = await Promise.all(sides.map(side => side.close()))
    const report = { at: new Date().toISOString(), machine: before, officers: OFFICERS, sizes, rows, sweeps, scans }
    process.stdout.write(print(report, sides))
    if (json) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`)
    return rows.every(({ growth, counts }) => !counts || growth <= MOST_GROWTH) && scans.every(one => one.length === 0)
  } finally {
    await server.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function measure(sides: Side[], rounds: number): Promise<Row[]> {
  const [small, large] = sides
  if (!small || !large) throw new Error('two sizes are needed')
  // The first round warms up both and does not count.
  const rows = small.calls.map(({ name, counts }): Row => ({ call: name, small: [], large: [], growth: 0, counts }))
  for (let round = 0; round <= rounds; round++) {
    for (const [n, row] of rows.entries()) {
      const [one, other] = [await timed(small, n), await timed(large, n)]
      if (round === 0) continue
      row.small.push(one)
      row.large.push(other)
    }
  }
  return rows.map(row => ({ ...row, growth: median(row.small.map((one, i) => (row.large[i] ?? 0) / one)) }))
}

/** p95 in milliseconds of calls one after another, each for another officer. */
async function timed(side: Side, which: number): Promise<number> {
  const call = side.calls[which]
  if (!call) throw new Error('no such call')
  const each: number[] = []
  for (let n = 0; n < CALLS; n++) {
    const start = performance.now()
    await call.run()
    each.push(performance.now() - start)
  }
  return percentile(
    each.toSorted((a, b) => a - b),
    0.95,
  )
}

interface Report {
  machine: ReturnType<typeof machine>
  sizes: readonly number[]
  rows: Row[]
  sweeps: Sweep[]
  scans: string[][]
}

function print(report: Report, sides: Side[]): string {
  const [small = 0, large = 0] = report.sizes
  const ms = (values: number[]) => median(values).toFixed(2)
  const lines = report.rows.map(row => [
    row.call,
    ms(row.small),
    ms(row.large),
    row.growth.toFixed(2),
    row.counts ? (row.growth <= MOST_GROWTH ? 'ok' : 'MISSED') : '',
  ])
  const head = ['p95 in ms', small.toLocaleString('en'), large.toLocaleString('en'), 'growth', `≤ ${MOST_GROWTH}`]
  const scans = report.scans.flat()
  const plans = sides.at(-1)?.plans.map(({ name, plan }) => `${name}\n${plan}\n`) ?? []
  return [
    JSON.stringify(report.machine),
    `Tasks: ${OFFICERS.toLocaleString('en')} officers, thirty live tasks on each desk that has any, seventy done.`,
    '',
    align([head, ...lines]),
    '',
    align([
      ['sweep of what is due at once', ...report.sizes.map(size => size.toLocaleString('en'))],
      ['tasks looked at', ...report.sweeps.map(({ looked }) => String(looked))],
      ['lines written to their logs', ...report.sweeps.map(({ written }) => String(written))],
      ['tasks a second', ...report.sweeps.map(({ perSecond }) => perSecond.toFixed(0))],
      ['most heap, MiB', ...report.sweeps.map(({ heap }) => heap.toFixed(0))],
    ]),
    '',
    scans.length === 0 ? 'No table was read from end to end.' : `READ FROM END TO END: ${scans.join(', ')}`,
    '',
    ...plans,
    ...report.sweeps.slice(-1).map(({ plan }) => `what the sweep looks for\n${plan}\n`),
  ].join('\n')
}
