import { expect, test } from 'vitest'
import { eventStream } from './eventStream.ts'

type Take = (message: { id: string; replies: [] }) => void

function open() {
  const closing = new AbortController()
  const heard: Take[] = []
  let stopped = 0
  let ended = 0
  const live = {
    subscribe: (_: string, take: Take) => {
      heard.push(take)
      return () => stopped++
    },
  }
  const stream = eventStream({ live, closing: closing.signal }, 'r1', () => ended++)
  return { closing, stream, tell: (id: string) => heard[0]?.({ id, replies: [] }), counts: () => [stopped, ended] }
}

test('a page that reads nothing is let go instead of filling the memory', async () => {
  const { stream, tell, counts } = open()
  for (let n = 0; n < 20_000 && !stream.destroyed; n++) tell(`message-${n}`)
  expect(stream.destroyed).toBe(true)
  await expect.poll(counts).toEqual([1, 1])
})

test('a stream opened while the process stops ends at once', async () => {
  const { closing, stream, counts } = open()
  closing.abort()
  const text = (await stream.toArray()).join('')
  expect(text).toBe('retry: 3000\n\n')
  await expect.poll(counts).toEqual([1, 1])
})
