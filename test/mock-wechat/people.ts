import { openWindow, type Window } from './window.ts'

/** One line of what a person sees on the phone. */
export interface Line {
  at: number
  from: 'person' | 'account' | 'platform'
  /** passive: in the answer to a push. api: sent by the product later. */
  via: 'chat' | 'passive' | 'api' | 'platform'
  type: string
  text: string
}

export interface Person {
  openid: string
  following: boolean
  window: Window
  lines: Line[]
  /** Login codes asked for in the last minute. */
  logins: number[]
  typingUntil: number
  lastHeard: number
  /** How often each form may still be sent; without end for a lasting yes. */
  allowed: Map<string, number>
}

/** What the platform shows when an account answers late three times, or answers nonsense. */
export const UNAVAILABLE = '该公众号暂时无法提供服务，请稍后再试'

export interface People {
  of(openid: string): Person
  known(openid: string): Person | null
  clear(): void
}

export function people(): People {
  const all = new Map<string, Person>()
  return {
    of(openid) {
      const found = all.get(openid)
      if (found) return found
      const person: Person = {
        openid,
        following: false,
        window: openWindow(),
        lines: [],
        logins: [],
        typingUntil: 0,
        lastHeard: 0,
        allowed: new Map(),
      }
      all.set(openid, person)
      return person
    },
    known: openid => all.get(openid) ?? null,
    clear: () => all.clear(),
  }
}
