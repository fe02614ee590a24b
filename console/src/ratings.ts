import { ask } from './api.ts'

/** A bad rating, and nothing of who rated. The shape is that of `/openapi.json`. */
export interface BadRating {
  id: string
  place: { name: string }
  level: number
  at: string
  status: string
  dueProvisional: boolean
  next: { step: string; due: string; overdue: boolean } | null
  appeal: { reason: string; decided: boolean } | null
  mayDecide: boolean
  log: { at: string; type: string; words: string | null }[]
}

/** What the service gives at once, newest first. */
export const MOST_RATINGS = 100

export interface BadRatings {
  /** That wait for the county's decision. */
  appeals: BadRating[]
  /** The earliest day first: late ones lead. */
  open: BadRating[]
  over: BadRating[]
  late: number
  /** There may be older ones that are not listed. */
  cut: boolean
}

/** @throws {Refused} */
export async function readBadRatings(): Promise<BadRatings> {
  const read = async (more: string) =>
    (await ask<{ items: BadRating[] }>(`/api/bad-ratings?limit=${MOST_RATINGS}${more}`)).items
  const [all, appeals] = await Promise.all([read(''), read('&appealed=1')])
  const open = all.filter(({ next }) => next !== null)
  return {
    appeals,
    open: open.toSorted((a, b) => dueOf(a).localeCompare(dueOf(b))),
    over: all.filter(({ next }) => next === null),
    late: open.filter(({ next }) => next?.overdue).length,
    cut: all.length === MOST_RATINGS,
  }
}

const dueOf = ({ next }: BadRating): string => next?.due ?? ''

/** How far its appeal is: `none`, `waiting`, `upheld` or `setAside`. */
export function appealOf({ appeal, status }: BadRating): string {
  if (appeal === null) return 'none'
  if (!appeal.decided) return 'waiting'
  return status === 'setAside' ? 'setAside' : 'upheld'
}
