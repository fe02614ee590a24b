/**
 * Group commit: callers that come while a batch is under way wait, and go out together in the next one. Each call settles
 * with its own result, after the whole batch is durable. A batch that fails fails all its callers.
 */
export interface Lane<In, Out> {
  submit(item: In): Promise<Out>
  /** Resolves when nothing is waiting or under way. */
  idle(): Promise<void>
}

export interface LaneOptions<In, Out> {
  /** Answers one result for each item, in the same order. */
  send(batch: In[]): Promise<Out[]>
  /** Largest batch. */
  size: number
  /** Batches under way at once. */
  lanes: number
  /** Items of the same key are never under way together and keep their order. Absent: no such limit. */
  keyOf?(item: In): string
}

interface Waiting<In, Out> {
  item: In
  key: string | null
  resolve(result: Out): void
  reject(error: unknown): void
}

export function openLane<In, Out>({ send, size, lanes, keyOf }: LaneOptions<In, Out>): Lane<In, Out> {
  let queue: Waiting<In, Out>[] = []
  /** Keys that are queued or under way, with those that must wait for them. */
  const held = new Map<string, Waiting<In, Out>[]>()
  let underWay = 0
  let scheduled = false
  let onIdle: (() => void)[] = []

  const admit = (waiting: Waiting<In, Out>) => {
    const behind = waiting.key === null ? undefined : held.get(waiting.key)
    if (behind) return void behind.push(waiting)
    if (waiting.key !== null) held.set(waiting.key, [])
    queue.push(waiting)
  }

  const releaseKey = (key: string | null) => {
    if (key === null) return
    const behind = held.get(key)
    const next = behind?.shift()
    if (next) queue.push(next)
    else held.delete(key)
  }

  const flush = () => {
    scheduled = false
    while (underWay < lanes && queue.length > 0) {
      const batch = queue.slice(0, size)
      queue = queue.slice(size)
      underWay++
      void run(batch)
    }
  }

  const schedule = () => {
    if (scheduled || underWay >= lanes) return
    scheduled = true
    // After this round of input: callers whose requests arrived together share the batch.
    setImmediate(flush)
  }

  const run = async (batch: Waiting<In, Out>[]) => {
    const settle = await outcomes(batch)
    underWay--
    for (const { key } of batch) releaseKey(key)
    settle()
    if (queue.length > 0) schedule()
    else if (underWay === 0) {
      for (const tell of onIdle) tell()
      onIdle = []
    }
  }

  const outcomes = async (batch: Waiting<In, Out>[]): Promise<() => void> => {
    try {
      const results = await send(batch.map(({ item }) => item))
      if (results.length !== batch.length)
        throw new Error(`A batch of ${batch.length} answered ${results.length} results`)
      return () => results.forEach((result, i) => batch[i]?.resolve(result))
    } catch (error) {
      return () => batch.forEach(({ reject }) => reject(error))
    }
  }

  return {
    submit: item =>
      new Promise((resolve, reject) => {
        admit({ item, key: keyOf ? keyOf(item) : null, resolve, reject })
        schedule()
      }),
    idle: () =>
      underWay === 0 && queue.length === 0 ? Promise.resolve() : new Promise(resolve => onIdle.push(resolve)),
  }
}
