import type { CrossRegionDesk, CrossRegionView } from '../../app/crossRegion/crossRegionDesk.ts'
import type { FakeApp } from './fakeApp.ts'
import { AT } from './samples.ts'

const request: CrossRegionView = {
  ...{ id: 'request-1', number: 'YD261123-000001', regionCode: '420702104', askedAt: AT, due: '2026-11-30' },
  content: { asker: '某县卫健局', personName: '欧***', personId: '420702********0003', question: '是否在本地登记' },
  ...{ answer: null, overdue: false },
}
const notFound = { ok: false, refusal: { code: 'notFound' } } as const

/** Answers the sample for `request-1`; everything else is not there. */
export function fakeCrossRegion({ asked }: Pick<FakeApp, 'asked'>): CrossRegionDesk {
  return {
    async list(_officer, filter) {
      asked.push(['crossRegion', filter])
      return { items: [request], next: 'next-page' }
    },
    async ask(_officer, question) {
      asked.push(['ask', question])
      return question.regionCode.startsWith('420702') ? { ok: true, value: request } : notFound
    },
    async answer(_officer, id, answer) {
      asked.push(['answer', id, answer])
      const given = { ...answer, officerId: 'officer-village', at: AT }
      return id === request.id ? { ok: true, value: { ...request, answer: given } } : notFound
    },
    async reveal(_officer, id, reason) {
      asked.push(['revealRequest', id, reason])
      return id === request.id ? { ok: true, value: { ...request.content, personName: '欧阳娜娜' } } : notFound
    },
  }
}
