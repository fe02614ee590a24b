import type { ChannelName } from '../app/ports.ts'

/**
 * One lane for each dependency that carries messages: what waits for a platform that hangs takes no place of another. The
 * queue of a lane are its rows in the outbox. The numbers are our own choice: a call takes some 100 ms, a hanging one 15 s.
 */
export const laneNames = ['history', 'official', 'mini', 'wecom'] as const
export type LaneName = (typeof laneNames)[number]

export const lanes: Record<LaneName, { channels: readonly ChannelName[]; atOnce: number }> = {
  history: { channels: ['web', 'bot'], atOnce: 8 },
  official: { channels: ['wechat-official'], atOnce: 8 },
  mini: { channels: ['miniprogram'], atOnce: 4 },
  wecom: { channels: ['wecom'], atOnce: 4 },
}

/** All places together: more jobs at once would only be turned away. */
export const placesInAll = laneNames.reduce((sum, name) => sum + lanes[name].atOnce, 0)

export function laneOf(channel: ChannelName): LaneName {
  const found = laneNames.find(name => lanes[name].channels.includes(channel))
  if (!found) throw new Error(`no lane for ${channel}`)
  return found
}

/** Places in the lanes of one process. */
export interface Lanes {
  /** Takes a place; false when there is none, and then who leaves must look for what waits. */
  enter(lane: LaneName): boolean
  /** Gives it back; true when somebody was turned away and nobody has looked yet for what waits. */
  leave(lane: LaneName): boolean
  /** Nothing waits any more. */
  calm(lane: LaneName): void
}

export function openLanes(): Lanes {
  const inside: Record<LaneName, number> = { history: 0, official: 0, mini: 0, wecom: 0 }
  const turnedAway = new Set<LaneName>()
  return {
    enter: lane => {
      if (inside[lane] >= lanes[lane].atOnce) {
        turnedAway.add(lane)
        return false
      }
      inside[lane]++
      return true
    },
    leave: lane => {
      inside[lane]--
      return turnedAway.has(lane)
    },
    calm: lane => void turnedAway.delete(lane),
  }
}
