import type { World } from '../domain/world.ts'
import type { Log } from './queues.ts'

const EVERY_MS = 10_000

/**
 * A log that writes the same event at most every ten seconds and then says how many it left out: a store that is away
 * would otherwise fill the disk.
 */
export function seldom(log: Log, world: Pick<World, 'now'>): Log {
  const events = new Map<string, { at: number; leftOut: number }>()
  return (event, detail) => {
    const last = events.get(event)
    const now = world.now()
    if (last && now - last.at < EVERY_MS) {
      last.leftOut++
      return
    }
    log(event, last?.leftOut ? { ...detail, leftOut: last.leftOut } : detail)
    events.set(event, { at: now, leftOut: 0 })
  }
}
