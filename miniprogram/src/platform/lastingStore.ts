import type { KeyValue } from './platform.ts'

/** Storage as a platform has it. Each call may throw: private windows refuse it, and it can be full. */
export interface RawStore {
  read(key: string): string | null
  write(key: string, value: string): void
  remove(key: string): void
  keys(): string[]
}

/** What the device does not take is kept until the page is closed. */
export function lastingStore(raw: RawStore): KeyValue {
  const unsaved = new Map<string, string>()
  const or = <T>(run: () => T, otherwise: T): T => {
    try {
      return run()
    } catch {
      return otherwise
    }
  }
  const saved = (run: () => void): boolean =>
    or(() => {
      run()
      return true
    }, false)
  return {
    read: key => unsaved.get(key) ?? or(() => raw.read(key), null),
    write(key, value) {
      const lasting = saved(() => raw.write(key, value))
      if (lasting) unsaved.delete(key)
      else unsaved.set(key, value)
      return lasting
    },
    remove(key) {
      unsaved.delete(key)
      saved(() => raw.remove(key))
    },
    keys: () => [...new Set([...or(() => raw.keys(), []), ...unsaved.keys()])],
  }
}
