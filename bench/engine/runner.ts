/** One contender in a process of its own: `runner MODULE WARM_UP_MS MEASURE_MS`; sends its figures to the parent. */
import { pathToFileURL } from 'node:url'
import type { Contender, MakeContender } from './contender.ts'
import type { EngineFigures, Pace } from './figures.ts'
import { work } from './work.ts'

const [file = '', warmUp = '', measured = ''] = process.argv.slice(2)

let sent = 0
const send = (text: string): void => {
  sent += text.length
}

/** On a busy machine the clock runs ahead of the processor; after this many times the wished length it is enough. */
const PATIENCE = 5

/** Whole registrations for about `ms` milliseconds of processor time. */
async function talk(contender: Contender, ms: number, from: number): Promise<Pace> {
  const cpu = process.cpuUsage()
  const start = process.hrtime.bigint()
  const until = Date.now() + PATIENCE * ms
  const goesOn = (): boolean => Date.now() < until && microsOf(process.cpuUsage(cpu)) < ms * 1000
  let turns = 0
  let resident = from
  while (goesOn()) {
    turns += await several(contender, resident)
    resident += Math.max(SEVERAL, contender.parallel)
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  return { turnsPerSecond: turns / seconds, cpuMicros: microsOf(process.cpuUsage(cpu)) / turns }
}

/** Registrations between two looks at the clock: asking for the processor time costs as much as two turns of the floor. */
const SEVERAL = 50

async function several({ parallel, register }: Contender, from: number): Promise<number> {
  let turns = 0
  if (parallel > 1) {
    const all = Array.from({ length: parallel }, async (_, n) => register(from + n))
    return (await Promise.all(all)).reduce((sum, one) => sum + one, 0)
  }
  for (let n = 0; n < SEVERAL; n++) {
    // Without a promise where the engine needs none: waiting for one would be measured as well.
    const done = register(from + n)
    turns += typeof done === 'number' ? done : await done
  }
  return turns
}

const microsOf = ({ user, system }: NodeJS.CpuUsage): number => user + system

// A decoder: the modules are the bench's own.
const { makeContender } = (await import(pathToFileURL(file).href)) as { makeContender: MakeContender }
const contender = makeContender(work, send)
await talk(contender, Number(warmUp), 1)
const figures: EngineFigures = {
  name: contender.name,
  ...(await talk(contender, Number(measured), 1_000_000)),
  stateAtEnd: await contender.stateBytes(0),
  stateAfterRetries: await contender.stateBytes(50),
}
if (sent === 0) throw new Error(`${contender.name} said nothing`)
process.send?.(figures)
process.disconnect?.()
