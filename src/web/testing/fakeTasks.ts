import type { TaskDesk } from '../../app/tasks/taskDesk.ts'
import type { FakeApp } from './fakeApp.ts'
import { task, village } from './samples.ts'

const notFound = { ok: false, refusal: { code: 'notFound' } } as const

/** Answers the sample for `task-1`; everything else is not there. Notes what it was asked. */
export function fakeTasks(app: Pick<FakeApp, 'asked'>): TaskDesk {
  const onTask =
    (name: string) =>
    async (_officer: unknown, id: string, ...more: unknown[]) => {
      app.asked.push([name, { id, more }])
      return id === task.id ? ({ ok: true, value: task } as const) : notFound
    }
  const desk = { officerId: village.id, leased: 2, paused: 1, dueToday: 1, overdue: 0, offered: 0 }
  const colleague = { officer: village, matters: [], absent: false, substitute: null, desk }
  return {
    offer: async (officer, asked) => onTask('offer')(officer, asked.id, asked.fence, asked.to, asked.reason),
    accept: onTask('accept'),
    decline: onTask('decline'),
    withdraw: onTask('withdraw'),
    urge: onTask('urge'),
    colleagues: async (_officer, id) => (id === task.id ? { ok: true, value: [colleague] } : notFound),
    chain: async (_officer, id) => (id === task.id ? { ok: true, value: [] } : notFound),
    family: async (_officer, id) => (id === task.id ? { ok: true, value: [task] } : notFound),
    villages: async () => [
      {
        ...{ regionCode: task.regionCode, live: 3, dueToday: 1, overdue: 1 },
        seat: { longitude: 114.891_200_4, latitude: 30.3721 },
      },
    ],
    board: async () => ({ places: [], officers: [colleague] }),
    exceptions: async (_officer, asked) => {
      app.asked.push(['exceptions', asked])
      const by = { name: '县主管', role: 'county' as const, regionCode: '420702' }
      const application = {
        id: 'case-1',
        number: 'SY420702-000001',
        matter: 'birthRegistration' as const,
        name: '李*英',
      }
      const where = { key: 'case-1:4', at: task.createdAt, regionCode: task.regionCode, task: null, times: 2 }
      return { items: [{ kind: asked.kind, ...where, application, by, reason: '漏了一项' }], next: 'next' }
    },
    digest: async () => ({ held: 3, waiting: 2, dueToday: 1, overdue: 0, raised: 0, offered: 0 }),
    report: async () => '2026-11-23工作日报（张小梅）',
    handOver: async (_officer, asked) => {
      app.asked.push(['handOver', asked])
      return { ok: true, value: { moved: 1, left: 0, overdue: 0, tasks: [{ id: task.id, summary: task.summary }] } }
    },
    moveFamily: async (_officer, asked) => {
      app.asked.push(['moveFamily', asked])
      if (asked.taskId !== task.id) return notFound
      const items = [{ id: task.id, kind: 'task' as const, summary: task.summary }]
      return {
        ok: true,
        value: { moved: 1, place: '新村', items, stays: [], receivers: [{ name: '李专干', place: '新村' }] },
      }
    },
    absences: async () => [],
    setAbsence: async (_officer, absence) => ({ ok: true, value: { ...absence, id: 'absence-1' } }),
    endAbsence: async (_officer, id) => (id === 'absence-1' ? { ok: true, value: null } : notFound),
    setMatters: async (_officer, { officerId }) => (officerId === village.id ? { ok: true, value: null } : notFound),
    standingIn: async (officer, username) =>
      username === 'away' ? { ...officer, role: 'village', regionCode: '420702104213' } : null,
    standsInFor: async () => [],
    resident: {
      urge: async (_residentId, id) => (id === 'application-1' ? { ok: true, value: null } : notFound),
      requests: async () => [],
      urgeRequest: async (_residentId, id) => (id === task.id ? { ok: true, value: null } : notFound),
      reopen: async (_residentId, id) => (id === task.id ? { ok: true, value: null } : notFound),
    },
    work: { look: async () => 0, digests: async () => 0 },
  }
}
