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

/** What may be done for a family beside its contacts, each with a sentence on what follows. */
export const careSteps = ['lostPerson', 'lostChild', 'lift', 'end'] as const
export type CareStep = (typeof careSteps)[number]
export const careEndings = ['withdrawn', 'notWanted', 'moved', 'died'] as const

/** Of one family: since when nothing goes to them, and how long its records are kept once it has ended. */
export interface CareStanding {
  quiet: { since: string } | null
  keepDays: number
}

/** Address and body of one step. `words`: what was done there, or why it ends. */
export function stepCall({ id }: Pick<CareFamily, 'id'>, step: CareStep, words: string): [string, object] {
  const at = `/api/care-families/${id}`
  if (step === 'lift') return [`${at}/lift-mute`, { words }]
  if (step === 'end') return [`${at}/end`, { why: words }]
  return [`${at}/occasions`, { occasion: 'bereavement', lost: step === 'lostChild' ? 'child' : 'person' }]
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
