import type { AuthStore, CountedDoor } from '../app/ports.ts'
import type { Instant } from '../domain/world.ts'

/**
 * How often, in which time, and why that number. What only saves work is counted per process: with n of them a caller gets up
 * to n times as much.
 */
export const limitTable = {
  /** A list is tried, mended and tried again; each trial reads and compares all of it. */
  imports: { calls: 30, windowMs: 600_000 },
  /** Demo only: a hall of visitors behind one address may all try it. */
  guest: { calls: 120, windowMs: 60_000 },
  /** One log-in per opening of the mini-program; code2session itself is limited by the platform. */
  miniLogin: { calls: 60, windowMs: 60_000 },
  /** Faster than anybody types, slower than a stuck key or a loop. */
  turns: { calls: 60, windowMs: 60_000 },
  /** A photo of each paper, some twice. */
  uploads: { calls: 30, windowMs: 600_000 },
  /** A round of visits with a note of each, sent at once when the network is back. */
  voices: { calls: 60, windowMs: 600_000 },
  /** Drawing a PDF holds the event loop some 0.1 s. */
  certificate: { calls: 10, windowMs: 60_000 },
  /** Four reads over a year of counters and a report of some pages. */
  figureExport: { calls: 10, windowMs: 60_000 },
  /** One for the window, one after it ran out; and a wrong one typed anew. */
  shortCode: { calls: 20, windowMs: 600_000 },
  /** Paper, picture and page of one notice, and once more; drawing the picture takes some 0.3 s. */
  notice: { calls: 20, windowMs: 60_000 },
  /** A wish about one's own data, and one more that was forgotten; each makes work for an office or deletes. */
  privacyWish: { calls: 10, windowMs: 600_000 },
  /** Reading a code out to oneself needs one. */
  bindingCode: { calls: 10, windowMs: 600_000 },
  /** A village behind one address of its operator answers on one evening, a page for each question. */
  survey: { calls: 600, windowMs: 60_000 },
  /** Six questions, looked at twice, by two people of a household at once. */
  surveyLink: { calls: 60, windowMs: 60_000 },
  /** An officer at the door writes down question by question. */
  doorAnswers: { calls: 60, windowMs: 60_000 },
  /** Somebody looks at a county and its neighbours; a year of ratings is counted for each. */
  publicRatings: { calls: 30, windowMs: 60_000 },
  /** Reads the whole trail; once a quarter is what people do. */
  sealCheck: { calls: 10, windowMs: 60_000 },
} as const
export type LimitName = keyof typeof limitTable

/** The same where somebody could guess: counted in the database, for all processes together. */
const doorTable = {
  /** More than a forgetful officer types; guessing is ended by the account's own lock-out before. */
  loginByName: { calls: 10, windowMs: 60_000 },
  /** A town hall's officers share one address; a guesser over many names does not get far. */
  loginByNetwork: { calls: 60, windowMs: 60_000 },
  /** Passwords and codes of one's own account: more than slow fingers need, too few to guess by a session left open. */
  ownAccount: { calls: 10, windowMs: 600_000 },
  /** A clerk checks a handful of papers in a minute; 65-bit codes need no more help than that. */
  verify: { calls: 20, windowMs: 60_000 },
  /** Patients at one hospital desk come one by one; 65-bit codes need no more help. */
  careCard: { calls: 20, windowMs: 60_000 },
  /** A helper opens his page on the way, and once more at the door. */
  careErrand: { calls: 20, windowMs: 60_000 },
  /** A bureau answers a batch from one address; a guesser of 256-bit tokens gets nowhere anyway. */
  confirmation: { calls: 120, windowMs: 60_000 },
} as const
export type DoorName = keyof typeof doorTable

/** Counts one call at a door. False when it is one too many. */
export type Doors = (name: DoorName, key: string, at: Instant) => Promise<boolean>

export function createDoors(auth: Pick<AuthStore, 'takeCall'>): Doors {
  return (name, key, at) => auth.takeCall({ name, key, ...doorTable[name] }, at)
}

/** Keys remembered at most; beyond that the oldest are forgotten, so that memory stays bounded under a flood. */
const KEYS_KEPT = 50_000

interface Count {
  window: number
  now: number
  before: number
}

/** Counts one call. False when it is one too many. */
export type RateLimits = (name: LimitName, key: string, at: Instant) => boolean

/** Sliding window over two fixed ones: the previous counts by the share of it that is still within reach. */
export function createRateLimits(): RateLimits {
  const take = countInMemory()
  return (name, key, at) => take({ name, key, ...limitTable[name] }, at)
}

/** The counting itself, in the memory of this process. */
export function countInMemory(): (door: CountedDoor, at: Instant) => boolean {
  const counts = new Map<string, Count>()
  return ({ name, key, calls, windowMs }, at) => {
    const window = Math.floor(at / windowMs)
    const id = `${name}:${key}`
    const count = moved(counts.get(id), window)
    counts.delete(id)
    counts.set(id, count)
    forgetOldest(counts)
    const share = 1 - (at % windowMs) / windowMs
    if (count.now + count.before * share >= calls) return false
    count.now++
    return true
  }
}

function moved(count: Count | undefined, window: number): Count {
  if (!count || count.window < window - 1) return { window, now: 0, before: 0 }
  return count.window === window ? count : { window, now: 0, before: count.now }
}

function forgetOldest(counts: Map<string, Count>): void {
  const oldest = counts.size > KEYS_KEPT ? counts.keys().next() : null
  if (oldest && !oldest.done) counts.delete(oldest.value)
}
