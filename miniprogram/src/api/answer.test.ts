import { expect, test } from 'vitest'
import { call, problemOf } from './answer.ts'
import { fields, text } from './decode.ts'

const decode = (value: unknown) => text(fields(value), 'token')
const request = { method: 'GET' as const, path: '/' }

test.each([
  [401, 'expired'],
  [409, 'refused'],
  [413, 'refused'],
  [429, 'busy'],
  [503, 'busy'],
])('status %i means %s', (status, kind) => {
  expect(problemOf({ status, body: '' }).kind).toBe(kind)
})

test('a conflict keeps who holds the task and what is allowed', () => {
  const body = JSON.stringify({ code: 'taken', title: '已被接走', heldBy: '朱干部', allowed: ['lease'] })
  expect(problemOf({ status: 409, body })).toMatchObject({
    code: 'taken',
    title: '已被接走',
    heldBy: '朱干部',
    allowed: ['lease'],
  })
})

test('no answer is told apart from a bad one', async () => {
  const lost = await call(() => Promise.reject(new Error('offline')), request, decode)
  const odd = await call(async () => ({ status: 200, body: '<html>' }), request, decode)
  expect([lost, odd]).toMatchObject([
    { ok: false, problem: { kind: 'unreachable' } },
    { ok: false, problem: { kind: 'busy', code: 'badShape' } },
  ])
})
