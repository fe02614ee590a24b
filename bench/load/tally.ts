export interface RunResult {
  /** Counted answers, and the seconds in which they came. */
  answers: number
  seconds: number
  /** Milliseconds of every counted answer: from the moment it was due (open loop) or sent (closed loop). */
  latencies: Float64Array
  /** What went wrong, in words, with its count; of the warm-up as well. */
  errors: Record<string, number>
}

/** The edges of the counted part, for whoever measures the processor time beside it. */
export interface TallyHooks {
  begin(): void
  over(): void
}

export interface Tally {
  isOver(now: number): boolean
  count(now: number, latency: number, error: string | null): void
  result(): RunResult
}

/** Room for the latencies of this many answers a second: several times what two cores give. */
const MOST_PER_SECOND = 200_000

/** Counts what is answered after the warm-up and before the end. The first answer after the warm-up starts the clock. */
export function makeTally(warmUpMs: number, measureMs: number, hooks: TallyHooks): Tally {
  const warmAt = performance.now() + warmUpMs
  const overAt = warmAt + measureMs
  const latencies = new Float64Array(Math.ceil((measureMs / 1000) * MOST_PER_SECOND))
  const errors: Record<string, number> = {}
  let answers = 0
  let begun: number | null = null
  let last = 0
  let told = false
  const tellOver = (): void => {
    if (told) return
    told = true
    hooks.over()
  }
  const isOver = (now: number): boolean => {
    if (now >= overAt) tellOver()
    return now >= overAt
  }
  return {
    isOver,
    count(now, latency, error) {
      if (error !== null) errors[error] = (errors[error] ?? 0) + 1
      if (now < warmAt || isOver(now)) return
      if (begun === null) {
        begun = now
        hooks.begin()
        return
      }
      latencies[answers++] = latency
      last = now
    },
    result() {
      tellOver()
      const seconds = begun === null ? 0 : Math.max(0, last - begun) / 1000
      return { answers, seconds, latencies: latencies.subarray(0, answers), errors }
    },
  }
}
