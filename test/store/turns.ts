import type { OpenedTurn, TurnAddress, TurnRecord } from '../../src/app/ports.ts'
import type { Conversation, Effect } from '../../src/conversation/types.ts'
import type { World } from '../../src/domain/world.ts'

/** A conversation about as large as one in the middle of a birth registration. */
export function conversationOf(bytes = 2000): Conversation {
  const filler = { note: '甲'.repeat(Math.max(0, Math.floor((bytes - 500) / 3))) }
  return {
    format: 3,
    language: 'zh-CN',
    sessions: [
      {
        id: 's1',
        flow: 'birth-registration',
        revision: 1,
        step: 'applicantName',
        visit: 3,
        tries: 0,
        slots: filler,
        path: ['stage', 'registrant'],
        turnId: 't',
        status: 'waiting',
      },
    ],
    current: 's1',
    queue: [],
    greeted: true,
  }
}

export const addressOf = (sender: string, messageKey: string): TurnAddress => ({ channel: 'web', sender, messageKey })

/** A turn as the use case would record it after `opened`. */
export function turnAfter(
  opened: OpenedTurn,
  address: TurnAddress,
  world: World,
  more: { effects?: Effect[]; delivery?: 'passive' | 'outbox'; said?: string; bytes?: number } = {},
): TurnRecord {
  const turnId = world.newId()
  return {
    address,
    turnId,
    residentId: opened.resident.id,
    expectedVersion: opened.version,
    conversation: conversationOf(more.bytes),
    said: more.said ?? '张三丰',
    answer: {
      turnId,
      replies: [{ id: `${turnId}:1`, kind: 'text', text: '请问预产期是哪一天？' }],
      state: { sessionId: 's1', flow: 'birth-registration', revision: 1, step: 'birthDate', done: false },
      repeated: false,
      delivery: more.delivery ?? 'passive',
    },
    effects: more.effects ?? [],
    trace: [{ flow: 'birth-registration', revision: 1, step: 'birthDate', event: 'entered' }],
    at: world.now(),
  }
}
