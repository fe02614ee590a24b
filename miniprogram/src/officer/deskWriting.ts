import { ref, type Ref } from 'vue'
import type { Task } from '../api/officerApi.ts'
import { officerSession } from '../client.ts'
import type { OfficerWrite } from '../api/officerWrites.ts'
import { afterDoing } from '../offline/asIf.ts'
import type { Entry } from '../offline/outbox.ts'
import { t } from '../text.ts'
import { courier, desk, showProblem } from './desk.ts'

export interface OutboxWriting {
  busy: Ref<boolean>
  /** What was done or kept last, in words; empty when it was not. */
  done: Ref<string>
  /** Puts a write into the outbox and tells how it went. `of`: whose it is there, and what people call it. */
  put(write: OfficerWrite, of: Pick<Entry, 'taskId' | 'about' | 'what'>): ReturnType<typeof courier.write>
}

/** Writes of one page, with network and without. */
export function createOutboxWriting(): OutboxWriting {
  const busy = ref(false)
  const done = ref('')
  return {
    busy,
    done,
    async put(write, of) {
      busy.value = true
      desk.notice = ''
      done.value = ''
      const first = await courier.write({ ...write, ...of, standInFor: officerSession.standInFor })
      busy.value = false
      const { what } = of
      if (first.outcome === 'refused') showProblem(first.problem)
      else if (first.outcome === 'done') done.value = t('task.done', { what })
      else done.value = t(first.lasting ? 'outbox.kept' : 'outbox.keptBriefly', { what })
      return first
    },
  }
}

export interface DeskWriting extends Pick<OutboxWriting, 'busy' | 'done'> {
  /** Answers the task as it is then; null: it was refused. */
  write(task: Task, what: string, write: OfficerWrite): Promise<Task | null>
}

/** Writes on a task. It is read anew by `reload` after each that reached the service. */
export function createDeskWriting(reload: () => Promise<unknown>): DeskWriting {
  const { busy, done, put } = createOutboxWriting()
  return {
    busy,
    done,
    async write(task, what, write) {
      const first = await put(write, { taskId: task.id, about: task.summary, what })
      if (first.outcome === 'waiting') return task
      // Known at once, should the network fail before it is read anew.
      const by = desk.officer?.name ?? ''
      const now = first.outcome === 'done' ? afterDoing(task, write.action, { by, fence: first.fence }) : null
      void reload()
      return now
    },
  }
}
