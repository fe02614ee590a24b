import { part, type Answer, type Send } from './answer.ts'
import { shortCode, type ShortCode } from './caseShapes.ts'
import { fields, list, number, text, textOrNull } from './decode.ts'
import { officerCalls } from './officerCalls.ts'

/** A household of the officer's place; its head's name is masked. */
export interface HouseholdBrief {
  id: string
  place: string
  number: string
  head: string
  /** Residents who get its messages. */
  speakers: number
  /** Why nobody is to be asked there any more; null: they are there. */
  gone: string | null
}

export interface Household extends HouseholdBrief {
  links: { id: string; proof: string; since: string; name: string | null }[]
  changes: HouseholdChange[]
}

/** What one officer changed; it holds, and waits for another's look as long as it has no verdict. */
export interface HouseholdChange {
  id: string
  kind: string
  by: string
  at: string
  verdict: string | null
  reason: string | null
  maySettle: boolean
}

export type Settled = { change: string } & ({ verdict: 'confirmed' } | { verdict: 'undone'; reason: string })

export const goneWays = ['moved', 'deceased', 'merged'] as const

export interface HouseholdApi {
  /** `village`: empty where the officer has one of his own. */
  find(words: string, village: string): Promise<Answer<HouseholdBrief[]>>
  /** Those of which a change waits for a second look; for town and county. */
  waiting(): Promise<Answer<HouseholdBrief[]>>
  one(id: string): Promise<Answer<Household>>
  code(id: string): Promise<Answer<ShortCode>>
  unlink(id: string, link: string): Promise<Answer<Household>>
  /** Null: they are there after all. */
  setGone(id: string, way: string | null): Promise<Answer<Household>>
  settle(id: string, settled: Settled): Promise<Answer<Household>>
}

export function createHouseholdApi(send: Send, csrfToken: () => string): HouseholdApi {
  const { get, post } = officerCalls(send, csrfToken)
  const at = (id: string) => `/api/households/${part(id)}`
  return {
    find: (words, village) =>
      get(`/api/households?words=${part(words)}${village ? `&village=${part(village)}` : ''}`, value =>
        list(fields(value)['items'], brief),
      ),
    waiting: () => get('/api/households/waiting', value => list(fields(value)['items'], brief)),
    one: id => get(at(id), household),
    code: id => post(`${at(id)}/code`, {}, shortCode),
    unlink: (id, link) => post(`${at(id)}/unlink`, { link }, household),
    setGone: (id, way) => post(`${at(id)}/gone`, { way }, household),
    settle: (id, settled) => post(`${at(id)}/settle`, settled, household),
  }
}

function brief(value: unknown): HouseholdBrief {
  const from = fields(value)
  return {
    ...{ id: text(from, 'id'), place: text(from, 'place'), number: text(from, 'number'), head: text(from, 'head') },
    ...{ speakers: number(from, 'speakers'), gone: textOrNull(from, 'gone') },
  }
}

function household(value: unknown): Household {
  const links = list(fields(value)['links'], one => {
    const link = fields(one)
    return {
      ...{ id: text(link, 'id'), proof: text(link, 'proof'), since: text(link, 'since') },
      name: textOrNull(link, 'name'),
    }
  })
  const changes = list(fields(value)['changes'], one => {
    const change = fields(one)
    return {
      ...{ id: text(change, 'id'), kind: text(change, 'kind'), by: text(change, 'by'), at: text(change, 'at') },
      ...{ verdict: textOrNull(change, 'verdict'), reason: textOrNull(change, 'reason') },
      maySettle: change['maySettle'] === true,
    }
  })
  return { ...brief(value), links, changes }
}
