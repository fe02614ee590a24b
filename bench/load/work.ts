/** What a load run sends. Requests are numbered; a number is handed out once, and its answer is reported back. */
export interface Work {
  /** The next request that may go now; null when all that is left waits for an answer, or nothing is left. */
  next(): number | null
  bytes(request: number): Buffer
  answered(request: number): void
  /** True when no request will follow any more. */
  isDone(): boolean
}

/** The same request for ever. */
export function repeated(request: Buffer): Work {
  return { next: () => 0, bytes: () => request, answered: () => undefined, isDone: () => false }
}

export interface Dialogues {
  residents: number
  turns: number
  /** Residents in the middle of their dialogue at one time. */
  active: number
  /** Request `resident * turns + turn`. */
  bytes(request: number): Buffer
}

/**
 * Many residents walk through the same dialogue: each in order, a message only after the answer to the former; who
 * speaks next is drawn by a seeded generator, so that at any time all places of the dialogue are taken by somebody.
 */
export function dialogues({ residents, turns, active, bytes }: Dialogues): Work {
  const turnOf = new Uint16Array(residents)
  const ready = Array.from({ length: Math.min(active, residents) }, (_, resident) => resident)
  const draw = seededDraw(20_261_122)
  let newcomer = ready.length
  let finished = 0
  return {
    next() {
      const at = draw(ready.length)
      const resident = ready[at]
      const last = ready.pop()
      if (resident === undefined || last === undefined) return null
      if (at < ready.length) ready[at] = last
      return resident * turns + (turnOf[resident] ?? 0)
    },
    bytes,
    answered(request) {
      const resident = Math.floor(request / turns)
      const turn = (request % turns) + 1
      turnOf[resident] = turn
      if (turn < turns) return void ready.push(resident)
      finished++
      if (newcomer < residents) ready.push(newcomer++)
    },
    isDone: () => finished === residents,
  }
}

/** Numerical Recipes' linear congruential generator: cheap, and the same in every run. */
function seededDraw(seed: number): (below: number) => number {
  let state = seed >>> 0
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
}
