/**
 * What can go wrong with one call. Faults marked * let the platform do its work first, so that the message has gone
 * out although the caller cannot know.
 */
export type Fault =
  | { errcode: number; errmsg?: string }
  | { http: number }
  /** Sends the caller elsewhere, with its token in the address. */
  | { redirect: string }
  /** Answers, correctly, after so long. * */
  | { delayMs: number }
  /** Answers this object instead of the right one. * */
  | { answer: Record<string, unknown> }
  /** Takes the call and never answers. */
  | 'hang'
  | 'resetBefore'
  /** * */
  | 'resetAfter'
  /** Half of the JSON. * */
  | 'truncated'
  /** An error page with status 200. * */
  | 'html'
  /** * */
  | 'empty'
  /** The right answer, one byte every 100 ms. * */
  | 'drip'
  /** Three megabytes. * */
  | 'huge'

export interface Faults {
  /** The next `times` calls of this path; Infinity = until cleared. */
  inject(path: string, fault: Fault, times?: number): void
  next(path: string): Fault | null
  clear(): void
}

export function faultList(): Faults {
  let pending: { path: string; fault: Fault; left: number }[] = []
  return {
    inject(path, fault, times = 1) {
      pending.push({ path, fault, left: times })
    },
    next(path) {
      const found = pending.find(entry => entry.path === path)
      if (!found) return null
      found.left--
      if (found.left <= 0) pending = pending.filter(entry => entry !== found)
      return found.fault
    },
    clear() {
      pending = []
    },
  }
}
