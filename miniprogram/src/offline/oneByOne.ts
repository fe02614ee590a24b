/** A wait that can be cut short. */
export interface Wait {
  done: Promise<void>
  wake(): void
}

export interface LineParts<T> {
  /** What goes next; null when nothing may go now. */
  next(): T | null
  /** True when this one is settled and the next may go; false: it is tried again after a pause. */
  attempt(one: T): Promise<boolean>
  /** Milliseconds between attempts; the last is kept. */
  pauses: readonly number[]
  wait(ms: number): Wait
}

export interface Line {
  /** Sends what is there, unless that is under way already. */
  run(): void
  /** Back on the network, seen again: try at once. */
  wake(): void
  /** An attempt has failed and the next is not due yet. */
  pausing(): boolean
}

/** Sends one after another; what does not get through is tried again with growing pauses, and the others wait behind it. */
export function oneByOne<T>({ next, attempt, pauses, wait }: LineParts<T>): Line {
  let running = false
  let pause: Wait | null = null

  async function sendAll(): Promise<void> {
    let failures = 0
    for (let one = next(); one !== null; one = next()) {
      if (await attempt(one)) {
        failures = 0
        continue
      }
      pause = wait(pauses[Math.min(failures++, pauses.length - 1)] ?? 0)
      await pause.done
      pause = null
    }
    running = false
  }

  function run(): void {
    if (running) return
    running = true
    void sendAll()
  }

  return {
    run,
    wake: () => (pause ? pause.wake() : run()),
    pausing: () => pause !== null,
  }
}

export function interruptibleWait(ms: number): Wait {
  let wake = () => {}
  const done = new Promise<void>(resolve => {
    const timer = setTimeout(resolve, ms)
    wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
  return { done, wake: () => wake() }
}
