import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'
import { evidenceSchema } from './taskEvidence.ts'

let web: TestWeb
let village: Record<string, string>
beforeEach(async () => {
  web = await openTestWeb()
  village = await web.officer()
  const bytes = new Uint8Array([1, 2, 3])
  web.auth.uploads.set('upload-1', { residentId: 'r', mimeType: 'image/jpeg', bytes })
})
afterEach(() => web.close())

test('whoever sees the task sees what was sent for it, and how far each photo is', async () => {
  const response = await web.call('/api/tasks/task-1/evidence', { headers: village })
  const { items } = evidenceSchema.parse(await response.json())
  expect(items.map(({ piece }) => (piece.kind === 'photo' ? piece.state : piece.label))).toEqual([
    'here',
    'coming',
    '凤凰街道',
  ])
  const photo = await web.post('/api/tasks/task-1/evidence/e1', {}, village)
  expect(photo.headers.get('content-type')).toBe('image/jpeg')
  expect(Buffer.from(await photo.arrayBuffer())).toEqual(Buffer.from([1, 2, 3]))
})

test('a photo that is not here yet, and one of another task, are not there', async () => {
  for (const path of ['/api/tasks/task-1/evidence/e2', '/api/tasks/other/evidence/e1'])
    expect((await web.post(path, {}, village)).status).toBe(404)
  expect((await web.call('/api/tasks/other/evidence', { headers: village })).status).toBe(404)
})
