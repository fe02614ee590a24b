import { ask } from './api.ts'

/** 问卷投放, as `/openapi.json` has them. */

export interface Exclusion {
  reason: string
  households: number
}

export interface CampaignFilter {
  places: string[]
  membersFrom: number | null
  membersTo: number | null
  way: 'any' | 'chat'
  coolDownDays: number
}

export interface SamplePlan {
  method: 'everyone' | 'simple' | 'stratified'
  size: number
  allocation: 'proportional' | 'equal' | 'spread'
  leastPerVillage: number
}

export interface Population {
  found: number
  eligible: number
  excluded: Exclusion[]
  sample: number
  villages: number
  /** With fewer found it is not started. */
  smallest: number
  /** Whose turn comes before the end; null: the times are not filled in. */
  inTime: number | null
  /** Title of the campaign whose answers tell how villages differ; null: none does. */
  spreadFrom: string | null
}

export interface CampaignInList {
  id: string
  kind: string
  title: string
  place: string
  region: string
  status: string
  opensAt: string
  closesAt: string
  households: number | null
  allowedActions: string[]
}

export interface Campaign extends CampaignInList {
  flow: string
  revision: number
  filter: CampaignFilter
  sample: SamplePlan & { seed: number }
  pacePerMinute: number
  doorstepsPerVillage: number
  previewed: boolean
  population: Omit<Population, 'sample' | 'smallest' | 'inTime' | 'spreadFrom'> | null
  progress: {
    drawn: number
    waiting: number
    asked: number
    officer: number
    opened: number
    answered: number
    excluded: Exclusion[]
    /** Whose turn still comes before the end; null: it is over. */
    inTime: number | null
  } | null
  log: { at: string; type: string; by: string; reason: string | null }[]
}

export interface Questionnaire {
  kind: string
  flow: string
  revision: number
}

export const campaignOf = (id: string) => ask<Campaign>(`/api/campaigns/${id}`)
export const questionnaires = async () => (await ask<{ items: Questionnaire[] }>('/api/questionnaires')).items

/** What a field for day and time shows of a moment, and the moment it means: always of Shanghai. */
export const timeField = (moment: string): string => moment.slice(0, 16)
export const momentOf = (field: string): string => `${field}:00+08:00`

const DAY_MS = 86_400_000
const SHANGHAI_MS = 8 * 3_600_000

/**
 * So many days from now at this hour of Shanghai, as a field shows it. By the clock of the browser, for it is a
 * proposal that stands open to change: the service looks at the days by its own clock when the draft is saved.
 */
export function fieldIn(days: number, hour: string): string {
  return `${new Date(Date.now() + SHANGHAI_MS + days * DAY_MS).toISOString().slice(0, 10)}T${hour}`
}
