import type { Identities } from '../../app/officer/identities.ts'
import type { FakeApp } from './fakeApp.ts'
import { AT, village } from './samples.ts'

/** Knows one officer, `village`, and notes what was asked. */
export function fakeIdentities(app: Pick<FakeApp, 'asked' | 'refuseWith'>): Identities {
  const answer = async (username: string): ReturnType<Identities['list']> => {
    if (app.refuseWith) return app.refuseWith
    if (username !== 'village') return { ok: false, refusal: { code: 'notFound' } }
    return { ok: true, value: [{ channel: 'wecom', sender: 'zhangsan', boundAt: AT }] }
  }
  return {
    list: (_by, username) => answer(username),
    bind: (_by, binding) => {
      app.asked.push(['bind', binding])
      return answer(binding.username)
    },
    unbind: (_by, binding) => {
      app.asked.push(['unbind', binding])
      return answer(binding.username)
    },
    allowCode: async (_by, username) => {
      app.asked.push(['allowCode', username])
      if (username !== 'village') return { ok: false, refusal: { code: 'notFound' } }
      return { ok: true, value: village }
    },
  }
}
