import { expect, test } from 'vitest'
import type { HttpRequest } from '../platform/platform.ts'
import { createComplaintApi } from './complaintApi.ts'

const brief = {
  ...{ id: 'c1', number: 'TS261122-000001', topic: 'slow', serious: false, place: '沼山镇', handler: '沼山镇' },
  ...{ anonymous: true, status: 'assigned', reopened: false, receivedAt: '2026-11-22T10:00:00+08:00' },
  ...{ due: '2026-12-11', dueProvisional: false, overdue: false, task: { id: 't1', fence: 4 } },
  allowedActions: ['assigned', 'answered', 'handedOver'],
}
const whole = { ...brief, words: '等了一个月', person: null, photos: 0, answers: [], log: [] }

test('an answer goes out under the number of the task, as a closed word and a sentence', async () => {
  const sent: HttpRequest[] = []
  const api = createComplaintApi(
    async request => {
      sent.push(request)
      return { status: 200, body: JSON.stringify(whole) }
    },
    () => 'csrf',
  )
  const read = await api.one('c1')
  if (read.ok) await api.reply(read.value, { finding: 'founded', text: '已向您道歉并办好。' })
  expect(sent[1]).toMatchObject({
    path: '/api/complaints/c1/reply',
    headers: { 'x-csrf-token': 'csrf', 'if-match': '"4"' },
    body: JSON.stringify({ finding: 'founded', text: '已向您道歉并办好。' }),
  })
})

test('a page of open complaints is asked for by its cursor', async () => {
  const asked: string[] = []
  const api = createComplaintApi(
    async ({ path }) => {
      asked.push(path)
      return { status: 200, body: JSON.stringify({ items: [brief], next: null }) }
    },
    () => '',
  )
  await api.list(true, null)
  const next = await api.list(false, 'x')
  expect(asked).toEqual(['/api/complaints?open=1', '/api/complaints?cursor=x'])
  expect(next).toMatchObject({ ok: true, value: { items: [{ number: 'TS261122-000001', task: { fence: 4 } }] } })
})
