import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Officer } from './officer.ts'
import type { Task } from './task.ts'
import {
  allowedTaskActions,
  closeTask,
  isHeld,
  isOverdue,
  leaseTask,
  openTask,
  pauseTask,
  releaseTask,
  resumeTask,
  type TaskChange,
} from './taskState.ts'

const HOUR = 3_600_000
const now = Date.parse('2026-11-23T09:00:00+08:00')

const officer = (id: string, role: Officer['role'] = 'village'): Officer => ({
  id,
  username: id,
  name: id,
  role,
  regionCode: '420702104212',
  officePhone: null,
  disabled: false,
})
const wang = officer('wang')
const li = officer('li')

const open: Task = openTask({
  id: 't',
  source: 'applicationStep',
  regionCode: '420702104212',
  applicationId: 'a',
  summary: '生育登记',
  promiseDue: '2026-11-30',
  createdAt: now,
})

function taskOf(change: TaskChange): Task {
  if (!change.ok) throw new Error(change.code)
  return change.task
}

describe('taking a task', () => {
  test('the first officer gets it with fencing number 1 and becomes first receiver', () => {
    const task = taskOf(leaseTask(open, wang, now, HOUR))
    expect(task).toMatchObject({ status: 'leased', fence: 1, assigneeId: 'wang', firstReceiverId: 'wang' })
  })

  test('a second officer is told that it is taken', () => {
    const task = taskOf(leaseTask(open, wang, now, HOUR))
    expect(leaseTask(task, li, now, HOUR)).toEqual({ ok: false, code: 'taken' })
  })

  test('a lease that ended can be taken over, the first receiver stays', () => {
    const task = taskOf(leaseTask(open, wang, now, HOUR))
    const taken = taskOf(leaseTask(task, li, now + HOUR, HOUR))
    expect(taken).toMatchObject({ fence: 2, assigneeId: 'li', firstReceiverId: 'wang' })
  })

  test('the holder renews without a new fencing number', () => {
    const task = taskOf(leaseTask(open, wang, now, HOUR))
    expect(taskOf(leaseTask(task, wang, now + 1, HOUR))).toMatchObject({ fence: 1, leaseUntil: now + 1 + HOUR })
  })

  test('an auditor takes nothing', () => {
    expect(leaseTask(open, officer('audit', 'auditor'), now, HOUR)).toEqual({ ok: false, code: 'notAllowed' })
  })
})

test('a write with the number of a lost lease is refused', () => {
  const lost = taskOf(leaseTask(open, wang, now, HOUR))
  const taken = taskOf(leaseTask(lost, li, now + HOUR, HOUR))
  expect(closeTask(taken, { officer: wang, fence: 1, now: now + HOUR }, 'granted')).toEqual({
    ok: false,
    code: 'staleFence',
  })
  expect(closeTask(taken, { officer: li, fence: 1, now: now + HOUR }, 'granted')).toEqual({
    ok: false,
    code: 'staleFence',
  })
  expect(closeTask(taken, { officer: li, fence: 2, now: now + HOUR }, 'granted')).toMatchObject({ ok: true })
})

test('a paused task stays with its officer however long it takes', () => {
  const task = taskOf(pauseTask(taskOf(leaseTask(open, wang, now, HOUR)), { officer: wang, fence: 1, now }, '等材料'))
  expect(isHeld(task, now + 1000 * HOUR)).toBe(true)
  expect(leaseTask(task, li, now + 1000 * HOUR, HOUR)).toEqual({ ok: false, code: 'taken' })
  expect(taskOf(resumeTask(task, { officer: wang, fence: 1, now }, HOUR)).status).toBe('leased')
})

test('a task is overdue from the day after its due day', () => {
  expect(isOverdue(open, Date.parse('2026-11-30T23:59:59+08:00'))).toBe(false)
  expect(isOverdue(open, Date.parse('2026-12-01T00:00:00+08:00'))).toBe(true)
})

test('whatever officers do, the fencing number never falls and the first receiver never changes', () => {
  const doing = fc.record({
    who: fc.constantFrom(wang, li),
    what: fc.constantFrom('lease', 'release', 'pause', 'resume', 'close'),
    later: fc.integer({ min: 0, max: 3 * HOUR }),
    staleness: fc.integer({ min: 0, max: 1 }),
  })
  fc.assert(
    fc.property(fc.array(doing, { maxLength: 30 }), steps => {
      let task = open
      let at = now
      for (const { who, what, later, staleness } of steps) {
        at += later
        const fence = task.fence - staleness
        const offered = allowedTaskActions(task, who, at)
        const change = act(what, task, who, fence, at)
        if (change.ok && what !== 'lease') expect(staleness).toBe(0)
        if (staleness === 0 && offered.some(name => name === what)) expect(change.ok).toBe(true)
        if (!change.ok) continue
        expect(change.task.fence).toBeGreaterThanOrEqual(task.fence)
        if (task.firstReceiverId) expect(change.task.firstReceiverId).toBe(task.firstReceiverId)
        task = change.task
      }
    }),
  )
})

function act(what: string, task: Task, who: Officer, fence: number, at: number): TaskChange {
  switch (what) {
    case 'lease':
      return leaseTask(task, who, at, HOUR)
    case 'release':
      return releaseTask(task, { officer: who, fence, now: at })
    case 'pause':
      return pauseTask(task, { officer: who, fence, now: at }, '等材料')
    case 'resume':
      return resumeTask(task, { officer: who, fence, now: at }, HOUR)
    default:
      return closeTask(task, { officer: who, fence, now: at }, 'granted')
  }
}
