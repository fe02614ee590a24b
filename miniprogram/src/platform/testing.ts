import type { KeyValue } from './platform.ts'

/** Storage in memory, for tests. A second user of the same map is the page after a reload. */
export function memoryStore(kept = new Map<string, string>()): KeyValue {
  return {
    read: key => kept.get(key) ?? null,
    write: (key, value) => kept.set(key, value).size > 0,
    remove: key => void kept.delete(key),
    keys: () => [...kept.keys()],
  }
}

/** Lets everything that is ready run. */
export const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 0))
