import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Officer } from './officer.ts'
import type { Task } from './task.ts'
import { foldTask, type TaskHappened } from './taskFold.ts'
import {
  allowedTaskActions,
  cancelTask,
  closeTask,
  leaseTask,
  officerActor,
  openTask,
  pauseTask,
  releaseTask,
  resumeTask,
  returnTask,
  type TaskActionName,
  type TaskChange,
  type TaskHand,
} from './taskState.ts'
import {
  acceptTransfer,
  declineTransfer,
  handOverTask,
  offerTransfer,
  reopenTask,
  urgeTask,
  withdrawTransfer,
} from './taskTransfer.ts'

const HOUR = 3_600_000
const now = Date.parse('2026-11-23T09:00:00+08:00')
const officerNamed = (id: string, role: Officer['role'] = 'village', regionCode = '420702104212'): Officer => ({
  ...{ id, username: id, name: id, role, regionCode, officePhone: null, disabled: false },
})
const wang = officerNamed('wang')
const li = officerNamed('li')
const town = officerNamed('town', 'town', '420702104')
const elsewhere = officerNamed('far', 'village', '420702104213')
const officers = [wang, li, town, elsewhere]

const opened: Task = openTask({
  ...{ id: 't', source: 'halfFilledCase', regionCode: '420702104212', applicationId: null, summary: '' },
  ...{ promiseDue: '2026-11-30', createdAt: now },
})

/** Whatever anybody may try, with the name under which it is offered to officers. */
const tries: Record<string, (task: Task, hand: TaskHand, other: Officer) => TaskChange> = {
  lease: (task, { officer: who, now: at }) => leaseTask(task, who, at, HOUR),
  release: releaseTask,
  pause: (task, hand) => pauseTask(task, hand, '等材料'),
  resume: (task, hand) => resumeTask(task, hand, HOUR),
  close: (task, hand) => closeTask(task, hand, '已电话答复'),
  transfer: (task, hand, to) => offerTransfer(task, hand, { to, until: hand.now + HOUR, reason: '出差' }),
  acceptTransfer: (task, hand) => acceptTransfer(task, hand, HOUR),
  declineTransfer: (task, hand) => declineTransfer(task, hand, null),
  withdrawTransfer,
  remind: (task, { officer: who, now: at }) =>
    urgeTask(task, { actor: officerActor(who), now: at, note: null }, { urgesPerDay: 2 }),
  handOver: (task, { officer: by, now: at }, to) =>
    handOverTask(task, { by, now: at, from: task.assigneeId ?? '', to, leaseMs: HOUR, reason: '调离' }),
  reopen: (task, { now: at }) =>
    reopenTask(task, { residentId: 'r', now: at, reason: '没办好', due: '2026-12-01' }, { mostReopenings: 2 }),
  cancel: (task, { now: at }) => cancelTask(task, at, '撤回'),
  return: (task, { now: at }) => returnTask(task, at),
}
const byService = ['cancel', 'return']

const step = fc.record({
  what: fc.constantFrom(...Object.keys(tries)),
  who: fc.constantFrom(...officers),
  other: fc.constantFrom(...officers),
  later: fc.integer({ min: 0, max: 2 * HOUR }),
  staleness: fc.constantFrom(0, 0, 0, 1),
})

test('the state of a task is the fold of its log, numbers never fall, the first receiver stays', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      const log: TaskHappened[] = []
      let task = opened
      let at = now
      for (const { what, who, other, later, staleness } of steps) {
        at += later
        const hand = { officer: who, fence: task.fence - staleness, now: at }
        const change = tries[what]?.(task, hand, other)
        if (!change?.ok) continue
        const actor = actorOf(what, who)
        log.push({ actor, at, event: change.event })
        expect(change.task.fence).toBeGreaterThanOrEqual(task.fence)
        if (task.firstReceiverId !== null) expect(change.task.firstReceiverId).toBe(task.firstReceiverId)
        if (change.task.assigneeId !== task.assigneeId && change.task.assigneeId !== null) {
          expect(change.task.fence).toBeGreaterThan(task.fence)
        }
        task = change.task
      }
      expect(foldTask(opened, log)).toEqual(task)
    }),
    { numRuns: 500 },
  )
})

/** Names that are offered to an officer and refused all the same. The cap of 催办 is no matter of the name. */
function refusedOffers(task: Task, officer: Officer, at: number): TaskActionName[] {
  const to = [wang, li, town].find(({ id }) => id !== officer.id && id !== task.assigneeId) ?? li
  return allowedTaskActions(task, officer, at).filter(name => {
    if (name === 'remind' && task.urges.thatDay >= 2) return false
    return !tries[name]?.(task, { officer, fence: task.fence, now: at }, to).ok
  })
}

const actorOf = (what: string, who: Officer): TaskHappened['actor'] => {
  if (byService.includes(what)) return { kind: 'system' }
  return what === 'reopen' ? { kind: 'resident', id: 'r' } : officerActor(who)
}

test('what is offered to an officer of the place is never refused him at the same moment', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), steps => {
      let task = opened
      let at = now
      for (const { what, who, other, later } of steps) {
        at += later
        for (const one of [wang, li, town]) expect(refusedOffers(task, one, at)).toEqual([])
        const change = tries[what]?.(task, { officer: who, fence: task.fence, now: at }, other)
        if (change?.ok) task = change.task
      }
    }),
  )
})

const taskOf = (change: TaskChange): Task => {
  if (!change.ok) throw new Error(change.code)
  return change.task
}
const hand = (who: Officer, fence: number, at = now): TaskHand => ({ officer: who, fence, now: at })
const offer = (to: Officer) => ({ to, until: now + HOUR, reason: '出差' })

test('a task changes hands only by the yes of the other side', () => {
  const held = taskOf(leaseTask(opened, wang, now, HOUR))
  const offered = taskOf(offerTransfer(held, hand(wang, 1), offer(li)))
  expect(offered).toMatchObject({ assigneeId: 'wang', fence: 1, offer: { to: 'li', from: 'wang' } })
  expect(acceptTransfer(offered, hand(town, 1), HOUR)).toEqual({ ok: false, code: 'notAllowed' })
  expect(taskOf(acceptTransfer(offered, hand(li, 1), HOUR))).toMatchObject({ assigneeId: 'li', fence: 2, offer: null })
  expect(taskOf(declineTransfer(offered, hand(li, 1), '没空'))).toMatchObject({ assigneeId: 'wang', offer: null })
})

test('an offer that nobody answered in time can no longer be accepted, and another can be made', () => {
  const offered = taskOf(offerTransfer(taskOf(leaseTask(opened, wang, now, 3 * HOUR)), hand(wang, 1), offer(li)))
  expect(offerTransfer(offered, hand(wang, 1), offer(town))).toEqual({ ok: false, code: 'notAllowed' })
  const later = now + HOUR
  expect(acceptTransfer(offered, hand(li, 1, later), HOUR)).toEqual({ ok: false, code: 'notAllowed' })
  expect(offerTransfer(offered, hand(wang, 1, later), { ...offer(town), until: later + HOUR }).ok).toBe(true)
})

test('nothing is offered to an officer of another place, to an auditor, or to who is gone', () => {
  const held = taskOf(leaseTask(opened, wang, now, HOUR))
  for (const to of [elsewhere, officerNamed('a', 'auditor', '420702'), { ...li, disabled: true }, wang]) {
    expect(offerTransfer(held, hand(wang, 1), offer(to))).toEqual({ ok: false, code: 'notAllowed' })
  }
})

test('town and county assign what nobody holds; a village officer offers only what is his', () => {
  expect(offerTransfer(opened, hand(town, 0), offer(wang)).ok).toBe(true)
  expect(offerTransfer(opened, hand(li, 0), offer(wang))).toEqual({ ok: false, code: 'notAllowed' })
})

test('催办 counts in all and for the day, and is capped for the day', () => {
  const by = (at: number) => ({ actor: { kind: 'resident' as const, id: 'r' }, now: at, note: null })
  const once = taskOf(urgeTask(opened, by(now), { urgesPerDay: 1 }))
  expect(urgeTask(once, by(now), { urgesPerDay: 1 })).toEqual({ ok: false, code: 'tooMany' })
  const nextDay = taskOf(urgeTask(once, by(now + 24 * HOUR), { urgesPerDay: 1 }))
  expect(nextDay.urges).toEqual({ total: 2, on: '2026-11-24', thatDay: 1 })
})

test('a task that a decision or an answer closes is not reopened by a word', () => {
  const by = { residentId: 'r', now, reason: '没办好', due: null }
  const done = { ...opened, status: 'done' as const, closedAt: now }
  expect(reopenTask({ ...done, source: 'applicationStep' }, by, { mostReopenings: 3 }).ok).toBe(false)
  expect(taskOf(reopenTask(done, by, { mostReopenings: 3 }))).toMatchObject({ status: 'open', closedAt: null })
  expect(reopenTask({ ...done, reopenings: 3 }, by, { mostReopenings: 3 })).toEqual({ ok: false, code: 'tooMany' })
})
