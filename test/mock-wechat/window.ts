/** How many customer-service messages a person's own acts allow, and for how long. Published table, 2021 figures. */
const MINUTE = 60_000
const allowances = {
  message: { messages: 5, ms: 48 * 60 * MINUTE },
  menu: { messages: 3, ms: MINUTE },
  follow: { messages: 3, ms: MINUTE },
  scan: { messages: 3, ms: MINUTE },
} as const

export type Act = keyof typeof allowances

export interface Window {
  opened(act: Act, now: number): void
  /** 0 and one message less, or the errcode. */
  take(now: number): 0 | 45015 | 45047
}

export function openWindow(): Window {
  const open = new Map<Act, { left: number; until: number }>()
  return {
    opened(act, now) {
      open.set(act, { left: allowances[act].messages, until: now + allowances[act].ms })
    },
    take(now) {
      const live = [...open.values()].filter(({ until }) => until > now).sort((a, b) => a.until - b.until)
      if (live.length === 0) return 45015
      const usable = live.find(({ left }) => left > 0)
      if (!usable) return 45047
      usable.left--
      return 0
    },
  }
}
