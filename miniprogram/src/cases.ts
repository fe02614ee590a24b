import type { Answer } from './api/answer.ts'
import type { ResidentCase } from './api/caseShapes.ts'
import type { Page } from './api/decode.ts'

/** Pages of his own cases for one list; more than any household has, so that an endless answer ends. */
const MOST_PAGES = 50

/** All cases of this resident, page by page. The first page that fails is the answer. */
export async function everyCase(
  load: (cursor: string | null) => Promise<Answer<Page<ResidentCase>>>,
): Promise<Answer<ResidentCase[]>> {
  const found = new Map<string, ResidentCase>()
  let cursor: string | null = null
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const answer: Answer<Page<ResidentCase>> = await load(cursor)
    if (!answer.ok) return answer
    for (const item of answer.value.items) found.set(item.id, item)
    cursor = answer.value.next
    if (cursor === null) break
  }
  return { ok: true, value: [...found.values()] }
}
