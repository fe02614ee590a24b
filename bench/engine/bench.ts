import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { machine, type Machine } from '../machine.ts'
import { root } from '../places.ts'
import { installPeers } from '../turns/peers.ts'
import { engineFigures, type EngineFigures } from './figures.ts'
import { printEngines, ratiosOf, rowsOf, sizeFindings, type Row, type Ratio } from './table.ts'

export interface EngineOptions {
  /** One short round. */
  quick: boolean
  rounds: number | null
  /** Only these contenders; empty = all. */
  only: string[]
  json: string | null
  /** Folder for a processor profile of our engine, one a round. */
  profile: string | null
}

export interface EngineReport {
  at: string
  machine: Machine
  rounds: number
  warmUpMs: number
  measureMs: number
  rows: Row[]
  ratios: Ratio[]
}

const own = (name: string): string => path.join(root, 'dist', 'bench', 'bench', 'engine', `${name}.js`)
const peer = (name: string): string => path.join(root, 'bench', 'engine', 'peers', `${name}.mjs`)

/** In the order in which they run in each round. */
const contenders: Record<string, { file: string; installed: boolean }> = {
  floor: { file: own('floor'), installed: false },
  ours: { file: own('ours'), installed: false },
  xstate: { file: peer('xstate'), installed: true },
  botbuilder: { file: peer('botbuilder'), installed: true },
  grammy: { file: peer('grammy'), installed: true },
  floip: { file: peer('floip'), installed: true },
}

/** Five rounds show the spread; before two seconds of warm-up the compiler still changes the figures. */
const full = { warmUpMs: 2000, measureMs: 2000, rounds: 5 }
const quick = { warmUpMs: 1000, measureMs: 1000, rounds: 1 }

/** Plays the registration on every engine, round by round, and prints the table. False when a size limit is broken. */
export async function benchEngine(options: EngineOptions): Promise<boolean> {
  const { warmUpMs, measureMs, rounds: planned } = options.quick ? quick : full
  const rounds = options.rounds ?? planned
  const chosen = choose(options.only)
  if (chosen.some(key => contenders[key]?.installed)) installPeers(path.join(root, 'bench', 'engine'))
  if (options.profile) mkdirSync(options.profile, { recursive: true })
  const before = machine()
  const measured: { key: string; figures: EngineFigures }[] = []
  for (let round = 1; round <= rounds; round++) {
    for (const key of chosen) {
      const figures = await measure(key, { warmUpMs, measureMs, profile: key === 'ours' ? options.profile : null })
      measured.push({ key, figures })
      process.stderr.write(
        `round ${round}/${rounds}  ${figures.name}: ${Math.round(figures.turnsPerSecond).toLocaleString('en')}/s\n`,
      )
    }
  }
  const rows = rowsOf(chosen, measured)
  const report: EngineReport = {
    at: new Date().toISOString(),
    machine: before,
    ...{ rounds, warmUpMs, measureMs, rows },
    ratios: ratiosOf(rows),
  }
  process.stdout.write(`\n${printEngines(report)}\n`)
  if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`)
  return sizeFindings(rows).length === 0
}

function choose(only: string[]): string[] {
  const all = Object.keys(contenders)
  const unknown = only.find(key => !all.includes(key))
  if (unknown) throw new Error(`No contender ${unknown}. There are: ${all.join(', ')}`)
  return only.length === 0 ? all : all.filter(key => only.includes(key))
}

/** A fresh process, so that no engine runs on code compiled for another. */
async function measure(
  key: string,
  { warmUpMs, measureMs, profile }: { warmUpMs: number; measureMs: number; profile: string | null },
): Promise<EngineFigures> {
  const file = contenders[key]?.file ?? ''
  const execArgv = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []
  const child = fork(own('runner'), [file, String(warmUpMs), String(measureMs)], { execArgv })
  const said = new Promise<unknown>((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', code => reject(new Error(`${key} ended with ${code} and no figures`)))
  })
  const ended = once(child, 'exit')
  const figures = engineFigures.parse(await said)
  await ended
  return figures
}
