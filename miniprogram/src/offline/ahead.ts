import type { Send } from '../api/answer.ts'
import type { Task } from '../api/officerApi.ts'

/** A day's round of one officer; what comes later is fetched when it is opened. */
const MOST_TASKS = 20
/** Of what a browser lets a page keep, a tenth: the outbox needs room, and the line costs money. */
const MOST_LETTERS = 500_000

export interface AheadParts {
  /** Reads, and keeps a copy of what was read. */
  send: Send
  /** Addresses that the page of this task reads. */
  paths(task: Task): string[]
  /** Whether the copy of this task is as it is now: nothing of it is fetched again. */
  fresh(task: Task): boolean
  /** Something of the officer's own goes first: his writes, the page he opens. */
  busy(): boolean
}

/** What he holds first, then by what is due: the order in which he goes. */
const inOrder = (tasks: readonly Task[]): Task[] => {
  const held = ({ allowedActions }: Task) => allowedActions.includes('pause') || allowedActions.includes('resume')
  return [...tasks.filter(held), ...tasks.filter(task => !held(task))].slice(0, MOST_TASKS)
}

/**
 * Fetches tasks before they are opened, so that they can be read where there is no network. One read at a time; the first
 * that fails ends it, and so does a newer list.
 */
export function createAhead(parts: AheadParts): (tasks: readonly Task[]) => Promise<void> {
  let newest = 0

  return async tasks => {
    const own = ++newest
    let letters = 0
    for (const task of inOrder(tasks)) {
      if (parts.fresh(task)) continue
      for (const path of parts.paths(task)) {
        if (own !== newest || parts.busy() || letters > MOST_LETTERS) return
        const answer = await parts.send({ method: 'GET', path }).catch(() => null)
        if (!answer || answer.status >= 500 || answer.status === 401) return
        letters += answer.body.length
      }
    }
  }
}
