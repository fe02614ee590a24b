import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'
import { evidenceSchema } from './taskEvidence.ts'

/** One pixel, PNG. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

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
  expect(items.map(({ piece }) => ('state' in piece ? piece.state : 'label' in piece && piece.label))).toEqual([
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

test('a voice note is kept, listed with its length and heard again as what it is', async () => {
  const sound = Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 1, 2, 3])
  const note = { kind: 'voice', seconds: 12, audio: sound.toString('base64') }
  expect((await web.post('/api/tasks/task-1/evidence', note, village)).status).toBe(200)
  const { items } = evidenceSchema.parse(
    await (await web.call('/api/tasks/task-1/evidence', { headers: village })).json(),
  )
  expect(items.at(-1)?.piece).toEqual({ kind: 'voice', seconds: 12 })
  const heard = await web.post(`/api/tasks/task-1/evidence/${items.at(-1)?.id}`, {}, village)
  expect(heard.headers.get('content-type')).toBe('audio/webm')
  expect(Buffer.from(await heard.arrayBuffer())).toEqual(sound)
})

test('a photo is kept without what tells where it was taken, listed and shown again', async () => {
  const image = Buffer.from(PIXEL, 'base64')
  const taken = { kind: 'photo', image: Buffer.concat([image, Buffer.from('behind the end')]).toString('base64') }
  expect((await web.post('/api/tasks/task-1/evidence', taken, village)).status).toBe(200)
  const { items } = evidenceSchema.parse(
    await (await web.call('/api/tasks/task-1/evidence', { headers: village })).json(),
  )
  expect(items.at(-1)?.piece).toEqual({ kind: 'photo', state: 'here' })
  const shown = await web.post(`/api/tasks/task-1/evidence/${items.at(-1)?.id}`, {}, village)
  expect(shown.headers.get('content-type')).toBe('image/png')
  expect(Buffer.from(await shown.arrayBuffer())).toEqual(image)
})

test.each([
  ['no picture', Buffer.from('<!doctype html>').toString('base64'), 415],
  ['larger than a phone keeps', 'iVBO'.repeat(240_000), 400],
])('a photo that is %s is not taken', async (_what, image, status) => {
  expect((await web.post('/api/tasks/task-1/evidence', { kind: 'photo', image }, village)).status).toBe(status)
})

test.each([
  ['no sound', { seconds: 12, audio: Buffer.from('<!doctype html>').toString('base64') }, 415],
  ['no Base64', { seconds: 12, audio: '你好' }, 400],
  ['longer than a minute', { seconds: 61, audio: 'GkXfow==' }, 400],
  ['empty', { seconds: 0, audio: 'GkXfow==' }, 400],
  ['more than a megabyte', { seconds: 60, audio: 'GkXf'.repeat(400_000) }, 413],
])('a note that is %s is not taken', async (_what, note, status) => {
  expect((await web.post('/api/tasks/task-1/evidence', { kind: 'voice', ...note }, village)).status).toBe(status)
})
