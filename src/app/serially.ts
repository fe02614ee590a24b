/**
 * Runs what shares a key one after another and everything else side by side. Inside one process only:
 * between processes the compare-and-set on the conversation decides.
 */
export function serially(): <T>(key: string, run: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>()
  return async (key, run) => {
    const before = tails.get(key)
    const mine = before ? before.then(run, run) : run()
    tails.set(key, mine)
    try {
      return await mine
    } finally {
      if (tails.get(key) === mine) tails.delete(key)
    }
  }
}
