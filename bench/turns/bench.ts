import { writeFileSync } from 'node:fs'
import { machine, type Machine } from '../machine.ts'
import { birthRegistrationAnswers } from './answers.ts'
import { contenders, type Contender } from './contenders.ts'
import { measure, type Measured, type Timing } from './measure.ts'
import { installPeers } from './peers.ts'
import { postgresVersion } from './postgresVersion.ts'
import { printRatios, printRows, ratiosOf, rowsOf, type Ratio, type Row } from './table.ts'

export interface TurnsOptions {
  quick: boolean
  /** Where the figures go as JSON as well. */
  json: string | null
  /** Only these contenders; empty = all. */
  only: string[]
  rounds: number | null
  /** Prints what the lone resident says and is told. */
  show: boolean
  /** Folder for processor profiles of our service. */
  profile: string | null
  databaseUrl: string | null
  redisUrl: string | null
}

export interface TurnsReport {
  at: string
  machine: Machine
  postgres: string
  rounds: number
  timing: Omit<Timing, 'says'> & { turnsEach: number }
  rows: Row[]
  ratios: Ratio[]
}

/** 64 connections: the platform's own number is unknown; it is what the measurements of the stack were made with. */
const CONNECTIONS = 64
/** Open loop: well below what the slowest contender bears, so that the latencies can be compared. */
const OPEN_PER_SECOND = 800

/** Five seconds of warm-up: before that the compiler itself takes a good part of the time. Three rounds show the spread. */
const full = { warmUpMs: 5000, measureMs: 8000, residents: 5000, rounds: 3, openPerSecond: OPEN_PER_SECOND }
const quick = { warmUpMs: 5000, measureMs: 3000, residents: 4000, rounds: 1, openPerSecond: null }

/** Runs all contenders in turn, round by round, and prints tables. Answers false when there were errors. */
export async function benchTurns(options: TurnsOptions): Promise<boolean> {
  const { rounds: planned, ...lengths } = options.quick ? quick : full
  const rounds = options.rounds ?? planned
  const timing: Timing = { connections: CONNECTIONS, active: 256, ...lengths, says: birthRegistrationAnswers() }
  const nodeFlags = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : []
  const chosen = choose(contenders({ ...options, nodeFlags }), options.only)
  if (chosen.some(({ kind }) => kind === 'peer')) installPeers()
  const before = machine()
  const measured = await runRounds(chosen, timing, rounds, options.show)
  const rows = rowsOf(chosen, measured)
  const { says, ...lasting } = timing
  const report: TurnsReport = {
    at: new Date().toISOString(),
    machine: before,
    postgres: await postgresVersion(options.databaseUrl),
    rounds,
    timing: { ...lasting, turnsEach: says.length },
    rows,
    ratios: ratiosOf(rows),
  }
  print(report)
  if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`)
  return rows.every(({ errors }) => Object.keys(errors).length === 0)
}

function choose(all: Contender[], only: string[]): Contender[] {
  const unknown = only.find(key => !all.some(contender => contender.key === key))
  if (unknown) throw new Error(`No contender ${unknown}. There are: ${all.map(({ key }) => key).join(', ')}`)
  return only.length === 0 ? all : all.filter(({ key }) => only.includes(key))
}

async function runRounds(chosen: Contender[], timing: Timing, rounds: number, show: boolean): Promise<Measured[]> {
  const measured: Measured[] = []
  for (let round = 1; round <= rounds; round++) {
    for (const contender of chosen) {
      const one = await measure(contender, timing, round)
      measured.push(one)
      process.stderr.write(`round ${round}/${rounds}  ${contender.name}: ${Math.round(one.closed.perSecond)}/s\n`)
      if (show && round === 1) showDialogue(contender, timing.says, one.closed.told)
    }
  }
  return measured
}

function showDialogue({ name, work }: Contender, says: string[], told: string[]): void {
  if (work !== 'dialogue') return
  const lines = says.map(
    (text, turn) => `  群众：${text}\n  暖心：${(told[turn] ?? '').replaceAll('\n', '\n        ')}`,
  )
  process.stdout.write(`\n${name}\n${lines.join('\n')}\n\n`)
}

function print(report: TurnsReport): void {
  const { cpu, cores, memoryGiB, system, node, loadBefore } = report.machine
  const { connections, turnsEach, warmUpMs, measureMs, openPerSecond } = report.timing
  const shared = report.rows.some(({ othersShare }) => (othersShare ?? 0) > 0.05) || loadBefore > 0.5
  process.stdout.write(
    [
      '',
      'Turns: WeChat callbacks in safe mode. Residents register a birth, from the first word to the review.',
      `${turnsEach} turns each, ${connections} connections, load on the same machine, each contender in a fresh process`,
      `and folder, ${report.rounds} round(s), ${warmUpMs / 1000} s warm-up + ${measureMs / 1000} s counted; medians, spread = (max − min) ÷ median`,
      `${report.at} · ${cpu}, ${cores} cores, ${memoryGiB} GiB · ${system} · Node ${node} · ${report.postgres}`,
      `load average before: ${loadBefore}${shared ? ' · the machine was SHARED: trust the ratios more than the figures' : ''}`,
      '',
      printRows(report.rows, openPerSecond),
      '',
      printRatios(report.ratios),
      '',
    ].join('\n'),
  )
}
