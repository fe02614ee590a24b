import { ask } from './api.ts'

/** Families that are looked after, as town and county see them. The shapes are those of `/openapi.json`. */

export const duties = ['contactPair', 'familyDoctor', 'greenChannel'] as const
export type Duty = (typeof duties)[number]

export interface Covered {
  place: string
  regionCode: string
  /** Null: too few to be told. */
  families: number | null
  done: Record<Duty, number | null>
}

export interface Coverage {
  places: Covered[]
  sum: Covered | null
  target: number
  source: string | null
}

export interface Contact {
  id: string
  name: string
}

export interface CareFamily {
  id: string
  name: string
  place: string
  status: 'proposed' | 'active' | 'ended'
  contacts: { leader: Contact | null; cadre: Contact | null }
  gaps: Duty[]
  lastVisit: string | null
  due: string | null
  overdue: boolean
}

export interface Activity {
  id: string
  title: string
  place: string
  region: string
  startsAt: string
  capacity: number
  taken: number
  cancelled: boolean
  families: { id: string; name: string; people: number }[]
}

/** All of them: a town has some dozens. */
export async function careFamilies(): Promise<CareFamily[]> {
  const all: CareFamily[] = []
  for (let cursor = ''; ;) {
    const more = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page = await ask<{ items: CareFamily[]; next: string | null }>(`/api/care-families?limit=100${more}`)
    all.push(...page.items)
    if (page.next === null) return all
    cursor = page.next
  }
}

export const careActivities = async (): Promise<Activity[]> =>
  (await ask<{ items: Activity[] }>('/api/care-activities')).items

/** `8 / 9（89%）`; what is hidden stays so. */
export function shareOf({ families, done }: Covered, duty: Duty, hidden: string): string {
  const n = done[duty]
  if (families === null || n === null) return hidden
  return families === 0 ? '—' : `${n} / ${families}（${Math.round((100 * n) / families)}%）`
}

/** First those who lack most, then those to whom somebody should go first. */
export function neediestFirst(families: readonly CareFamily[]): CareFamily[] {
  return families.toSorted((a, b) => b.gaps.length - a.gaps.length || (a.due ?? '9').localeCompare(b.due ?? '9'))
}
