import type { ComplaintDesk, ComplaintInList } from '../../app/complaints/complaintDesk.ts'
import type { Complaint, ComplaintEvent } from '../../domain/complaint/complaint.ts'
import { foldComplaint } from '../../domain/complaint/complaintState.ts'
import type { FakeApp } from './fakeApp.ts'
import { AT } from './samples.ts'

const events: ComplaintEvent[] = [
  { type: 'received', regionCode: '420702', due: '2026-12-10', provisional: false },
  { type: 'assigned', officerId: 'officer-county' },
  { type: 'answered', finding: 'founded', text: '已经查实，已退还。' },
]
const complaint: Complaint = {
  ...{ id: 'complaint-1', number: 'TS261123-000001', residentId: 'resident-1', topic: 'extortion', serious: true },
  ...{ office: 'town', placeCode: '420702104212', receivedAt: AT, hiddenFrom: ['officer-town'] },
  content: { words: '办证时要了我两百块', person: '王某', photos: ['upload-1'] },
  actions: events.map((event, n) => ({
    complaintId: 'complaint-1',
    seq: n + 1,
    at: AT,
    actor: { kind: 'system' },
    event,
  })),
}
const view: ComplaintInList = {
  ...{ complaint, state: foldComplaint(complaint.actions), overdue: false, task: { id: 'task-9', fence: 2 } },
  allowed: [],
}
const notFound = { ok: false, refusal: { code: 'notFound' } } as const

/** Answers the sample for `complaint-1`; everything else is not there. */
export function fakeComplaints({ asked }: Pick<FakeApp, 'asked'>): ComplaintDesk {
  const known = async (name: string, id: string, ...rest: unknown[]) => {
    asked.push([name, id, ...rest])
    return id === complaint.id ? { ok: true as const, value: view } : notFound
  }
  return {
    async list(_officer, filter) {
      asked.push(['complaints', filter])
      return { items: [view], next: 'next-page' }
    },
    one: (_officer, id) => known('complaint', id),
    reply: (_officer, id, fence, answer) => known('replyComplaint', id, fence, answer),
    handOver: (_officer, id, fence, to) => known('handOverComplaint', id, fence, to),
    photo: async (_officer, id, n) => (id === complaint.id ? (complaint.content.photos[n] ?? null) : null),
  }
}
