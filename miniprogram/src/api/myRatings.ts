import { part, type Answer, type Send } from './answer.ts'
import { fields, flag, list, number, oneOf, text, textOrNull, texts } from './decode.ts'
import { officerCalls } from './officerCalls.ts'

/** A bad rating of the officer's own work: nothing in it leads to a case or a person. */
export interface RatingOfMine {
  id: string
  /** 2026-11. */
  month: string
  level: number
  /** As chosen, in words; never what was written. */
  reasons: string[]
  status: string
  appeal: 'none' | 'asked' | 'upheld' | 'setAside'
  appealBy: string | null
  mayAppeal: boolean
  /** His own explanation. */
  said: string | null
}

export interface MyRatings {
  list(): Promise<Answer<RatingOfMine[]>>
  appeal(id: string, reason: string): Promise<Answer<null>>
}

function rating(value: unknown): RatingOfMine {
  const from = fields(value)
  return {
    ...{ id: text(from, 'id'), month: text(from, 'month'), level: number(from, 'level') },
    ...{ reasons: texts(from['reasons']), status: text(from, 'status') },
    appeal: oneOf(['none', 'asked', 'upheld', 'setAside'], from['appeal']),
    ...{ appealBy: textOrNull(from, 'appealBy'), mayAppeal: flag(from, 'mayAppeal'), said: textOrNull(from, 'said') },
  }
}

export function createMyRatings(send: Send, csrf: () => string): MyRatings {
  const { get, post } = officerCalls(send, csrf)
  return {
    list: () => get('/api/bad-ratings/mine', value => list(fields(value)['items'], rating)),
    appeal: (id, reason) => post(`/api/bad-ratings/${part(id)}/appeal`, { reason }, () => null),
  }
}
