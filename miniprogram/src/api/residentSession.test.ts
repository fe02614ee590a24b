import { expect, test } from 'vitest'
import type { HttpAnswer, HttpRequest } from '../platform/platform.ts'
import { memoryStore } from '../platform/testing.ts'
import { createResidentSession } from './residentSession.ts'

/** A service that gives token-1, token-2 … and takes only the tokens in `valid`. */
function scene(valid: string[], login: HttpAnswer | null = null) {
  const asked: string[] = []
  let logins = 0
  const send = async ({ path, headers }: HttpRequest): Promise<HttpAnswer> => {
    asked.push(`${path} ${headers?.['authorization'] ?? ''}`.trim())
    if (path === '/login') return login ?? { status: 200, body: JSON.stringify({ token: `token-${++logins}` }) }
    const known = valid.some(token => headers?.['authorization'] === `Bearer ${token}`)
    return { status: known ? 200 : 401, body: '{}' }
  }
  const loginRequest = async (): Promise<HttpRequest> => ({ method: 'POST', path: '/login' })
  return { session: createResidentSession({ send, store: memoryStore(), loginRequest }), asked }
}

const request: HttpRequest = { method: 'GET', path: '/mine' }

test('the first request logs in and carries the token', async () => {
  const { session, asked } = scene(['token-1'])
  expect((await session.send(request)).status).toBe(200)
  expect(asked).toEqual(['/login', '/mine Bearer token-1'])
})

test('an expired token is replaced quietly and the request goes out again', async () => {
  const { session, asked } = scene(['token-2'])
  expect((await session.send(request)).status).toBe(200)
  expect(asked).toEqual(['/login', '/mine Bearer token-1', '/login', '/mine Bearer token-2'])
})

test('a service that takes no token is asked twice and then believed', async () => {
  const { session, asked } = scene([])
  expect((await session.send(request)).status).toBe(401)
  expect(asked).toHaveLength(4)
})

test('requests at the same moment share one login', async () => {
  const { session, asked } = scene(['token-1'])
  await Promise.all([session.send(request), session.send(request)])
  expect(asked.filter(line => line === '/login')).toHaveLength(1)
})

test('a refused login is the answer, not a lost connection', async () => {
  const { session } = scene([], { status: 404, body: '{"code":"notFound","title":"没有找到"}' })
  expect(await session.send(request)).toEqual({ status: 404, body: '{"code":"notFound","title":"没有找到"}' })
})

test('a login that took the place of an ended one is counted, the first one is not', async () => {
  const { session } = scene(['token-2'])
  expect(session.renewals()).toBe(0)
  await session.send(request)
  expect(session.renewals()).toBe(1)
  await session.send(request)
  expect(session.renewals()).toBe(1)
})
