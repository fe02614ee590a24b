import { ask } from './api.ts'

/** A complaint or suggestion in a list: nothing of what was said. The shape is that of `/openapi.json`. */
export interface Complaint {
  id: string
  number: string
  topic: string
  serious: boolean
  place: string
  handler: string
  status: string
  reopened: boolean
  receivedAt: string
  answeredAt: string | null
  due: string
  dueProvisional: boolean
  overdue: boolean
}

interface Page {
  items: Complaint[]
  next: string | null
}

/** What the service gives at once, and how many pages are read at most: a county has some hundreds a year. */
const PAGE = 100
const MOST_PAGES = 10

/** All that wait for an answer, by their due day. @throws {Refused} */
export const openComplaints = (): Promise<Complaint[]> => gather('open=1', () => false)

/** Received within these days, newest first. @throws {Refused} */
export async function complaintsOf(from: string, to: string): Promise<Complaint[]> {
  const found = await gather('', last => dayOf(last.receivedAt) < from)
  return found.filter(({ receivedAt }) => dayOf(receivedAt) >= from && dayOf(receivedAt) <= to)
}

async function gather(query: string, isPast: (last: Complaint) => boolean): Promise<Complaint[]> {
  const found: Complaint[] = []
  let cursor: string | null = null
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: Page = await ask<Page>(`/api/complaints?limit=${PAGE}&${query}${more}`)
    found.push(...page.items)
    cursor = page.next
    const last = page.items.at(-1)
    if (cursor === null || !last || isPast(last)) break
  }
  return found
}

/** Moments come with the offset of China: their first ten letters are the day. */
export const dayOf = (at: string): string => at.slice(0, 10)

const MS_PER_DAY = 86_400_000

/** Whole calendar days from receipt to the first answer; null while there is none. */
export function daysToAnswer({ receivedAt, answeredAt }: Complaint): number | null {
  if (answeredAt === null) return null
  return Math.round((Date.parse(dayOf(answeredAt)) - Date.parse(dayOf(receivedAt))) / MS_PER_DAY)
}

export interface TopicRow {
  topic: string
  n: number
  answered: number
  /** Middle of the days to the answer, and the longest; null where none was answered. */
  median: number | null
  longest: number | null
}

/** By topic, the most frequent first. */
export function byTopic(complaints: readonly Complaint[]): TopicRow[] {
  const topics = [...new Set(complaints.map(({ topic }) => topic))]
  return topics
    .map(topic => {
      const those = complaints.filter(one => one.topic === topic)
      const days = those.flatMap(one => daysToAnswer(one) ?? []).sort((a, b) => a - b)
      return {
        ...{ topic, n: those.length, answered: days.length },
        median: days.length === 0 ? null : middle(days),
        longest: days.at(-1) ?? null,
      }
    })
    .sort((a, b) => b.n - a.n)
}

/** Of sorted numbers, at least one. */
function middle(sorted: readonly number[]): number {
  const half = sorted.length / 2
  const [low = 0, high = 0] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]]
  return (low + high) / 2
}
