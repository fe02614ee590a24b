import { ask } from './api.ts'

/** Households and what was sent to them, as `/openapi.json` has it. */
export interface Household {
  id: string
  place: string
  number: string
  /** Masked. */
  head: string
  /** How many get its messages. */
  speakers: number
  gone: string | null
}

export interface HouseholdWithLinks extends Household {
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

export interface MessageLine {
  id: string
  purpose: string
  at: string
  /** Null: it was queued. */
  reason: string | null
  status: string | null
  channel: string | null
  receipt: string | null
  why: string | null
}

export async function findHouseholds(village: string, words: string): Promise<Household[]> {
  const query = new URLSearchParams({ words, ...(village === '' ? {} : { village }) })
  return (await ask<{ items: Household[] }>(`/api/households?${query}`)).items
}

/** Those of which a change waits for a second look, the oldest first. */
export async function waitingHouseholds(): Promise<Household[]> {
  return (await ask<{ items: Household[] }>('/api/households/waiting')).items
}

export async function householdOf(id: string): Promise<{ household: HouseholdWithLinks; messages: MessageLine[] }> {
  const path = `/api/households/${encodeURIComponent(id)}`
  const [household, { items }] = await Promise.all([
    ask<HouseholdWithLinks>(path),
    ask<{ items: MessageLine[] }>(`${path}/messages`),
  ])
  return { household, messages: items }
}

/** How one message stands, in one word. */
export function stateOf({
  reason,
  status,
  receipt,
}: MessageLine): 'notSent' | 'arrived' | 'notArrived' | 'sent' | 'waiting' {
  if (reason !== null) return 'notSent'
  if (receipt === 'received') return 'arrived'
  if (receipt !== null || (status !== null && !['created', 'sending', 'sent'].includes(status))) return 'notArrived'
  return status === 'created' || status === 'sending' ? 'waiting' : 'sent'
}

/** What would help with it; null where nothing has to be done. */
export function helpFor(line: MessageLine): string | null {
  if (line.reason !== null) return line.reason
  return stateOf(line) === 'notArrived' ? 'notArrived' : null
}
