import { existsSync, readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'

export interface Machine {
  cpu: string
  cores: number
  memoryGiB: number
  system: string
  node: string
  /** Processes waiting for a core in the minute before, without ours: above 0.5 somebody else is at work. */
  loadBefore: number
}

export function machine(): Machine {
  const [first] = os.cpus()
  return {
    cpu: first?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.version,
    loadBefore: Math.round((os.loadavg()[0] ?? 0) * 10) / 10,
  }
}

/** Kernel ticks a second in `/proc/PID/stat`; Linux shows 100 to programs whatever it counts inside. */
const TICKS = 100

interface Stat {
  program: string
  parent: number
  seconds: number
}

/** Processor seconds used so far. */
export interface Used {
  service: number
  /** Servers of PostgreSQL among them. */
  database: number
}

/** What these processes and all below them used. Null where the system has no `/proc`. */
export function processorSeconds(roots: number[]): Used | null {
  if (!existsSync('/proc/self/stat')) return null
  const stats = new Map<number, Stat>()
  for (const entry of readdirSync('/proc')) {
    const stat = /^\d+$/.test(entry) ? statOf(entry) : null
    if (stat) stats.set(Number(entry), stat)
  }
  const isOurs = (pid: number): boolean => {
    if (roots.includes(pid)) return true
    const parent = stats.get(pid)?.parent
    return parent !== undefined && parent > 1 && isOurs(parent)
  }
  const used: Used = { service: 0, database: 0 }
  for (const [pid, { program, seconds }] of stats) {
    if (isOurs(pid)) used[program === 'postgres' ? 'database' : 'service'] += seconds
  }
  return used
}

/** Its own time and that of its children that have ended. Null for a process that ended while we read. */
function statOf(pid: string): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name, in brackets, may hold spaces; the fields are counted from behind it.
    const program = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'))
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0)
    return { program, parent: Number(fields[1]), seconds: ticks / TICKS }
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null
    throw error
  }
}

/** Processor time of the whole machine so far, in seconds: busy, and all. */
export function machineSeconds(): { busy: number; all: number } {
  const total = { busy: 0, all: 0 }
  for (const { times } of os.cpus()) {
    const busy = times.user + times.nice + times.sys + times.irq
    total.busy += busy / 1000
    total.all += (busy + times.idle) / 1000
  }
  return total
}
