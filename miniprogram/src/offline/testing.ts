import type { Answer, Problem } from '../api/answer.ts'
import type { KeyValue } from '../platform/platform.ts'
import { memoryStore } from '../platform/testing.ts'
import type { Entry } from './outbox.ts'

export const problem = (kind: Problem['kind'], code = 'x'): Problem => ({
  kind,
  status: kind === 'refused' ? 409 : 0,
  code,
  title: '',
  allowed: [],
  heldBy: null,
  fields: [],
})

/** As the service does it: one fencing number a task, every key once. */
export function tasksOfTheService() {
  const fences = new Map<string, number>()
  const answered = new Map<string, number>()
  const done: string[] = []
  const fenceOf = (taskId: string) => fences.get(taskId) ?? 0
  return {
    /** Bodies of the writes that were done, in the order of the service. */
    done,
    fenceOf,
    /** Somebody else took the task meanwhile. */
    meddle: (taskId: string) => void fences.set(taskId, fenceOf(taskId) + 1),
    take({ key, taskId, fence, body }: Entry): Answer<{ fence: number | null }> {
      const known = answered.get(key)
      if (known !== undefined) return { ok: true, value: { fence: known } }
      if (fence !== null && fence !== fenceOf(taskId)) return { ok: false, problem: problem('refused', 'staleFence') }
      fences.set(taskId, fenceOf(taskId) + 1)
      answered.set(key, fenceOf(taskId))
      done.push(body)
      return { ok: true, value: { fence: fenceOf(taskId) } }
    },
  }
}

/** The page is gone: nothing that it would still do happens. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/** Storage of a page that is killed after so many changes to it. */
export function storeUntilKilled(kept: Map<string, string>, changes: number): KeyValue {
  const store = memoryStore(kept)
  let left = changes
  const spend = () => {
    if (left-- <= 0) throw new Killed()
  }
  return {
    ...store,
    write(key, value) {
      spend()
      return store.write(key, value)
    },
    remove(key) {
      spend()
      store.remove(key)
    },
  }
}
