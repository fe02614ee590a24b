import { expect, test } from 'vitest'
import { createEventReader } from './eventStream.ts'

function count(chunks: string[]): number {
  let events = 0
  const read = createEventReader(() => events++)
  chunks.forEach(read)
  return events
}

test('an event cut anywhere on its way is one event', () => {
  expect(count(['id: 1\nevent: mess', 'age\nda', 'ta: {}\n', '\n'])).toBe(1)
})

test('heartbeats and the retry hint are no events', () => {
  expect(count(['retry: 3000\n\n', ': \n\n'])).toBe(0)
})

test('two events in one chunk are two, whatever ends their lines', () => {
  expect(count(['data: 1\r\n\r\ndata: 2\r\n\r\n'])).toBe(2)
})
