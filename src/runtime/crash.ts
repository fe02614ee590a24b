import type { CrashPoint, CrashPointName } from '../app/ports.ts'

/** Ends this process as `kill -9` would, at one named place. For fault tests; without a name it does nothing. */
export function crashAt(point: CrashPointName | null): CrashPoint {
  if (point === null) return () => undefined
  return name => {
    if (name === point) process.kill(process.pid, 'SIGKILL')
  }
}
