import { expect, test } from 'vitest'
import type { HttpRequest } from '../platform/platform.ts'
import { createOwnAccountApi } from './ownAccountApi.ts'

const answers: Record<string, unknown> = {
  '/api/officer/account': { secondFactor: true, recoveryCodesLeft: 9 },
  '/api/officer/second-factor': { key: 'ABCDEFGH', uri: 'otpauth://totp/x', qr: 'data:image/svg+xml;base64,AA==' },
  '/api/officer/second-factor/confirm': { recoveryCodes: ['aaaaa-bbbbb'] },
}

function accountOf(asked: HttpRequest[]) {
  return createOwnAccountApi(
    async request => {
      asked.push(request)
      const body = answers[request.path]
      return body ? { status: 200, body: JSON.stringify(body) } : { status: 204, body: '' }
    },
    () => 'csrf',
  )
}

test('the own account is read, and each write carries the number of the session', async () => {
  const asked: HttpRequest[] = []
  const api = accountOf(asked)
  expect(await api.look()).toEqual({ ok: true, value: { secondFactor: true, recoveryCodesLeft: 9 } })
  expect(await api.begin('old')).toMatchObject({ ok: true, value: { key: 'ABCDEFGH' } })
  expect(await api.confirm('123456')).toEqual({ ok: true, value: ['aaaaa-bbbbb'] })
  expect(await api.end('old', 'aaaaa-bbbbb')).toEqual({ ok: true, value: null })
  expect(await api.changePassword('old', 'a long new one')).toEqual({ ok: true, value: null })
  const writes = asked.filter(({ method }) => method === 'POST')
  expect(writes.map(({ headers }) => headers?.['x-csrf-token'])).toEqual(['csrf', 'csrf', 'csrf', 'csrf'])
  expect(writes.map(({ body }) => body)).toEqual([
    '{"password":"old"}',
    '{"code":"123456"}',
    '{"password":"old","code":"aaaaa-bbbbb"}',
    '{"password":"old","next":"a long new one"}',
  ])
})
