import { openLine, type Line } from './line.ts'
import { makeTally, type RunResult, type TallyHooks } from './tally.ts'
import type { Work } from './work.ts'

export interface RunPlan {
  /** Ports on the loopback address; connections are spread evenly over them. */
  ports: number[]
  connections: number
  warmUpMs: number
  measureMs: number
  /** Arrivals a second for an open loop; null for a closed one, in which every connection sends as soon as it may. */
  perSecond: number | null
}

export interface RunHooks extends TallyHooks {
  /** Every answer with status 200, also of the warm-up. The body must be copied before it is kept. */
  answer(request: number, body: Buffer): void
}

/** Drives `work` through the plan. Resolves when the time is over or the work is done, and all answers are in. */
export async function runLoad(plan: RunPlan, work: Work, hooks: RunHooks): Promise<RunResult> {
  const tally = makeTally(plan.warmUpMs, plan.measureMs, hooks)
  const idle: Line[] = []
  /** Moments of an open loop at which a request was due that has not been sent yet. */
  const due: number[] = []
  let underWay = 0
  let finish = (): void => undefined
  const finished = new Promise<void>(resolve => (finish = resolve))

  const mayGo = (now: number): boolean => !tally.isOver(now) && (plan.perSecond === null || due.length > 0)
  const serve = (now: number): void => {
    while (idle.length > 0 && mayGo(now)) {
      const request = work.next()
      if (request === null) break
      underWay++
      idle.pop()?.send(request, due.shift() ?? now)
    }
    if (underWay === 0 && (work.isDone() || tally.isOver(now))) finish()
  }
  const lines = await openLines(plan, {
    bytes: request => work.bytes(request),
    answered(line, request, { status, body }, since) {
      const now = performance.now()
      underWay--
      idle.push(line)
      tally.count(now, now - since, status === 200 ? null : `status ${status}`)
      if (status === 200) hooks.answer(request, body)
      work.answered(request)
      serve(now)
    },
    lost(why) {
      tally.count(performance.now(), 0, why)
      finish()
    },
  })
  idle.push(...lines)
  const stopClock = plan.perSecond === null ? () => undefined : startClock(plan.perSecond, due, serve)
  serve(performance.now())
  await finished
  stopClock()
  for (const line of lines) line.close()
  return tally.result()
}

function openLines({ ports, connections }: RunPlan, events: Parameters<typeof openLine>[1]): Promise<Line[]> {
  return Promise.all(Array.from({ length: connections }, (_, n) => openLine(ports[n % ports.length] ?? 0, events)))
}

/** Puts a moment into `due` at an even rate. Answers the function that stops it. */
function startClock(perSecond: number, due: number[], serve: (now: number) => void): () => void {
  const began = performance.now()
  const gap = 1000 / perSecond
  let made = 0
  const timer = setInterval(() => {
    const now = performance.now()
    for (; began + made * gap <= now; made++) due.push(began + made * gap)
    serve(now)
  }, 1)
  return () => clearInterval(timer)
}
