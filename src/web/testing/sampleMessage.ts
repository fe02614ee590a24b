import type { ShownMessage } from '../../app/messages/messageDesk.ts'

const at = Date.parse('2026-11-23T09:00:00+08:00')

export const sampleMessage: ShownMessage = {
  id: 'message-1',
  householdId: 'household-1',
  residentId: null,
  purpose: 'survey',
  key: 'campaigns.invitation',
  reason: 'capped',
  plannedAt: at,
  at,
  status: null,
  channel: null,
  failure: null,
  receipt: null,
  why: '本户近期已收到足够多的消息，没有再发',
}
