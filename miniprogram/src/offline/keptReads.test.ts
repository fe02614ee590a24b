import { expect, test } from 'vitest'
import { fields, text } from '../api/decode.ts'
import { memoryStore } from '../platform/testing.ts'
import { createKeptReads } from './keptReads.ts'

const HOUR_MS = 3_600_000

function scene(scope = () => '') {
  const kept = new Map<string, string>()
  const net = { up: true, status: 200, now: 0 }
  const seen: [string, number | null][] = []
  const reads = createKeptReads({
    send: async ({ path }) => {
      if (!net.up) throw new Error('no answer')
      return { status: net.status, body: `body of ${path}` }
    },
    scope,
    store: memoryStore(kept),
    now: () => net.now,
    keep: (path, body) => (path.includes('secret') ? null : body),
    onRead: (path, copyFrom) => seen.push([path, copyFrom]),
  })
  const get = (path: string) => reads.send({ method: 'GET', path })
  return { reads, net, seen, kept, get }
}

test('without network the copy of last time is shown, and from when it is', async () => {
  const { get, net, seen } = scene()
  await get('/tasks')
  net.up = false
  net.now = HOUR_MS
  expect(await get('/tasks')).toEqual({ status: 200, body: 'body of /tasks' })
  expect(seen).toEqual([
    ['/tasks', null],
    ['/tasks', 0],
  ])
  await expect(get('/other')).rejects.toThrow('no answer')
})

test('a copy is not older than a day, and refusals and secrets are never kept', async () => {
  const { reads, get, net, kept } = scene()
  await get('/tasks')
  await get('/secret')
  net.status = 404
  await get('/gone')
  expect([...kept.keys()]).toEqual(['nuanxin.copy./tasks'])
  net.up = false
  net.now = 24 * HOUR_MS
  reads.prune()
  expect(kept.size).toBe(1)
  net.now++
  await expect(get('/tasks')).rejects.toThrow('no answer')
  expect(kept.size).toBe(0)
})

test('all copies go with the logout, other things stay; writes are passed on as they are', async () => {
  const { get, net, kept, reads } = scene()
  kept.set('nuanxin.outbox.o1.a', 'stays')
  await get('/tasks')
  reads.forget()
  expect([...kept.keys()]).toEqual(['nuanxin.outbox.o1.a'])
  net.up = false
  await expect(reads.send({ method: 'POST', path: '/tasks' })).rejects.toThrow('no answer')
})

test('what was learnt since is noted on a copy, which keeps its age', () => {
  const { reads, net } = scene()
  reads.change('/tasks', body => body)
  expect(reads.peek('/tasks', fields)).toBeNull()
  reads.put('/tasks', '{"fence":1}')
  net.now = HOUR_MS
  reads.change('/tasks', body => ({ ...body, fence: 2 }))
  expect(reads.peek('/tasks', fields)).toEqual({ at: 0, value: { fence: 2 } })
})

test('a copy of another form, from before an update of the pages, is dropped and stops nothing', () => {
  const { reads, kept } = scene()
  const place = (body: unknown) => ({ place: text(fields(body), 'place') })
  reads.put('/tasks', '{"fence":1}')
  expect(reads.peek('/tasks', place)).toBeNull()
  reads.put('/tasks', '{"fence":1}')
  reads.change('/tasks', place)
  reads.put('/task', 'not even JSON')
  reads.change('/task', body => body)
  expect(kept.size).toBe(0)
})

test('copies of one place are never shown in another, also when the officer goes there while a page is on its way', async () => {
  let whose = ''
  const { get, net, reads, kept } = scene(() => whose)
  await get('/tasks')
  const leaving = get('/other')
  whose = 'colleague'
  await leaving
  net.up = false
  await expect(get('/tasks')).rejects.toThrow('no answer')
  await expect(get('/other')).rejects.toThrow('no answer')
  expect(reads.peek('/tasks', body => body)).toBeNull()
  whose = ''
  expect((await get('/other')).body).toBe('body of /other')
  reads.forget()
  expect([...kept.keys()]).toEqual([])
})
