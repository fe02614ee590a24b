import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { account } from '../account.ts'
import { loadMessage, type LoadPlan, type LoadReport, type WorkPlan } from '../load/plan.ts'
import { machineSeconds, processorSeconds, type Used } from '../machine.ts'
import { loadMain } from '../places.ts'
import type { Running } from '../processes.ts'
import type { Contender } from './contenders.ts'

export interface Timing {
  connections: number
  warmUpMs: number
  measureMs: number
  residents: number
  active: number
  says: string[]
  /** Rate of the second, open run, for latencies at a load that all of them bear. Null: no second run. */
  openPerSecond: number | null
}

/** One contender, one round. */
export interface Measured {
  contender: string
  closed: LoadReport & Shares
  open: (LoadReport & Shares) | null
}

export interface Shares {
  /** Processor microseconds for each counted answer: the contender, its database, and the load. Null without /proc. */
  ownMicros: number | null
  databaseMicros: number | null
  loadMicros: number | null
  /** Share of the machine that somebody else used meanwhile, 0 to 1. */
  othersShare: number | null
}

/** Starts the contender in an empty folder, loads it, and stops it. @throws when it does not start or stands still. */
export async function measure(contender: Contender, timing: Timing, round: number): Promise<Measured> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'nuanxin-bench-'))
  try {
    const running = await contender.start(dir)
    try {
      const closed = await applyLoad(running, planOf(contender, timing, running.ports, `c${round}`))
      const open = await openRun(contender, timing, running, round)
      return { contender: contender.key, closed, open }
    } finally {
      await running.stop()
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function openRun(contender: Contender, timing: Timing, running: Running, round: number) {
  if (timing.openPerSecond === null || contender.work !== 'dialogue') return null
  const plan = planOf(contender, timing, running.ports, `o${round}`)
  return applyLoad(running, { ...plan, warmUpMs: plan.warmUpMs / 3, perSecond: timing.openPerSecond })
}

function planOf(contender: Contender, timing: Timing, ports: number[], run: string): LoadPlan {
  const { connections, warmUpMs, measureMs } = timing
  return { ports, connections, warmUpMs, measureMs, perSecond: null, work: workOf(contender, timing, run) }
}

function workOf({ work }: Contender, { residents, active, says }: Timing, run: string): WorkPlan {
  return work === 'dialogue' ? { kind: 'dialogue', residents, active, says, account, run } : { kind: work }
}

interface Moment {
  own: Used | null
  load: Used | null
  machine: { busy: number; all: number }
}

async function applyLoad({ pids }: Running, plan: LoadPlan): Promise<LoadReport & Shares> {
  const child = fork(loadMain, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const loadPids = child.pid === undefined ? [] : [child.pid]
  const look = (): Moment => ({
    own: processorSeconds(pids),
    load: processorSeconds(loadPids),
    machine: machineSeconds(),
  })
  const report = await new Promise<LoadReport & Shares>((resolve, reject) => {
    let begin = look()
    let over = begin
    child.on('message', raw => {
      const message = loadMessage.parse(raw)
      if (message.say === 'begin') begin = look()
      else if (message.say === 'over') over = look()
      else if (message.say === 'failed') reject(new Error(message.why))
      else resolve({ ...message.report, ...shares(begin, over, message.report.answers) })
    })
    child.once('exit', code => reject(new Error(`the load ended with ${code}`)))
    child.send(plan)
  })
  return report
}

function shares(begin: Moment, over: Moment, answers: number): Shares {
  const all = over.machine.all - begin.machine.all
  const service = difference(begin, over, ({ own }) => own?.service)
  const database = difference(begin, over, ({ own }) => own?.database)
  const load = difference(begin, over, moment => moment.load?.service)
  const micros = (seconds: number | null) => (seconds === null ? null : Math.round((seconds / answers) * 1e6))
  const known = service !== null && database !== null && load !== null && all > 0
  const others = known ? (over.machine.busy - begin.machine.busy - service - database - load) / all : null
  return {
    ownMicros: micros(service),
    databaseMicros: micros(database),
    loadMicros: micros(load),
    othersShare: others === null ? null : Math.max(0, others),
  }
}

function difference(begin: Moment, over: Moment, pick: (moment: Moment) => number | undefined): number | null {
  const [from, to] = [pick(begin), pick(over)]
  return from === undefined || to === undefined ? null : to - from
}
