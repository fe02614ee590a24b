import type { Task } from '../api/officerApi.ts'
import type { Entry } from './outbox.ts'

/** How a task ends beside the decision on its case: as the service offers it once the task is held. */
function ends(source: string): string[] {
  if (source === 'applicationStep' || source === 'complaint') return []
  if (source === 'commitmentCheck') return ['check']
  return source === 'commitmentBreach' ? ['check', 'close'] : ['close']
}

const held = (task: Task, by: string): Task => ({
  ...task,
  status: 'leased',
  assigneeName: by,
  offer: null,
  allowedActions: ['pause', 'release', ...ends(task.source)],
})

/** The task as it will be when this write has arrived. What the service alone can know stays as it is. */
function after(task: Task, action: string, by: string): Task {
  switch (action) {
    case 'lease':
    case 'acceptTransfer':
    case 'resume':
      return held(task, by)
    case 'release':
      return { ...task, status: 'open', assigneeName: null, allowedActions: ['lease'] }
    case 'declineTransfer':
    case 'withdrawTransfer':
      return { ...task, offer: null, allowedActions: task.allowedActions.filter(name => !name.endsWith('Transfer')) }
    case 'transfer':
      return { ...task, allowedActions: task.allowedActions.filter(name => name !== 'transfer') }
    case 'pause':
      return { ...task, status: 'paused', allowedActions: ['resume', 'release'] }
    case 'close':
    case 'check':
    case 'decide':
      return { ...task, status: 'done', allowedActions: [] }
    default:
      return task
  }
}

/** The task after a write that the service has done; `fence`: its number then, where that is known. */
export function afterDoing(task: Task, action: string, done: { by: string; fence: number | null }): Task {
  const now = after(task, action, done.by)
  return done.fence === null ? now : { ...now, fence: done.fence }
}

/** The task with everything that waits in the outbox. Refused writes change nothing. */
export function asIf(task: Task, entries: readonly Entry[], by: string): Task {
  return entries
    .filter(({ taskId, refusal }) => taskId === task.id && refusal === null)
    .reduce((seen, { action }) => after(seen, action, by), task)
}
