import { ref, type Ref } from 'vue'
import type { Answer } from '../api/answer.ts'
import { t } from '../text.ts'
import { desk, showProblem } from './desk.ts'

export interface Writing {
  busy: Ref<boolean>
  /** What was done last, in words; empty when it was not. */
  done: Ref<string>
  /** Does one write and tells how it went. Null: it was not done. */
  act<T>(what: string, write: () => Promise<Answer<T>>): Promise<T | null>
}

/** The writes of one page. It is read anew by `reload` after each: after a refusal too, for then it was behind. */
export function createWriting(reload: () => Promise<unknown>): Writing {
  const busy = ref(false)
  const done = ref('')
  return {
    busy,
    done,
    async act(what, write) {
      busy.value = true
      desk.notice = ''
      done.value = ''
      const answer = await write()
      busy.value = false
      if (answer.ok) done.value = t('task.done', { what })
      else showProblem(answer.problem)
      if (answer.ok || answer.problem.kind === 'refused') await reload()
      return answer.ok ? answer.value : null
    },
  }
}
