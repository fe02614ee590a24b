import { expect, test } from 'vitest'
import type { Answer } from '../api/answer.ts'
import { memoryStore } from '../platform/testing.ts'
import { createPhotoStack, type StackedPhoto } from './photoStack.ts'

const photo = { bytes: new ArrayBuffer(3), mimeType: 'image/jpeg' }
const lost: Answer<string> = {
  ok: false,
  problem: { kind: 'unreachable', status: 0, code: 'unreachable', title: '', allowed: [], heldBy: null, fields: [] },
}

/** A service that answers what lies in `answers`, one after the other. */
function scene(answers: Answer<string>[], kept = new Map<string, string>()) {
  let ids = 0
  const photos: StackedPhoto[] = []
  const upload = async () => answers.shift() ?? lost
  const stack = createPhotoStack({ name: 'c1', store: memoryStore(kept), upload, newId: () => `p${++ids}`, photos })
  return { stack, kept }
}

test('a photo without a network waits and is sent again, once', async () => {
  const { stack } = scene([lost, { ok: true, value: 'u1' }])
  await stack.add('户口簿', photo)
  expect(stack.photos).toMatchObject([{ material: '户口簿', state: 'waiting' }])
  await stack.retry()
  await stack.retry()
  expect(stack.photos).toMatchObject([{ state: 'sent', uploadId: 'u1' }])
})

test('who closes the page finds what had arrived', async () => {
  const { stack, kept } = scene([{ ok: true, value: 'u1' }])
  await stack.add('户口簿', photo)
  expect(scene([], kept).stack.photos).toMatchObject([{ material: '户口簿', state: 'sent', uploadId: 'u1' }])
  stack.clear()
  expect(scene([], kept).stack.photos).toEqual([])
})

test('a photo that the service refuses is not sent again by itself', async () => {
  const refused: Answer<string> = {
    ok: false,
    problem: {
      kind: 'refused',
      status: 413,
      code: 'tooLarge',
      title: '照片太大',
      allowed: [],
      heldBy: null,
      fields: [],
    },
  }
  const { stack } = scene([refused])
  await stack.add('户口簿', photo)
  await stack.retry()
  expect(stack.photos).toMatchObject([{ state: 'refused', why: '照片太大' }])
  stack.remove('p1')
  expect(stack.photos).toEqual([])
})
