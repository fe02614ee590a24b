import type { RelativeDesk } from '../../app/care/relatives.ts'
import type { FakeApp } from './fakeApp.ts'

const notFound = { ok: false, refusal: { code: 'notFound' } } as const

/** Knows `request-1` and the case of the samples. */
export function fakeRelatives({ asked }: Pick<FakeApp, 'asked'>): RelativeDesk {
  const known = async (name: string, id: string, given: unknown) => {
    asked.push([name, id, given])
    return id === 'request-1' ? { ok: true as const, value: { id } } : notFound
  }
  return {
    list: async () => [],
    ask: (_officer, given) => known('askAsRelative', given.caseNumber === 'SY1' ? 'request-1' : 'none', given),
    check: (_officer, id, papers) => known('checkRelative', id, papers),
    decide: (_officer, id, decision) => known('decideRelative', id, decision),
    data: async (_officer, id) => (id === 'request-1' ? { ok: true, value: { chat: {} } } : notFound),
  }
}
