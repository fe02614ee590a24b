import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { TRIED } from '../testing/fakeLists.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
beforeAll(async () => {
  web = await openTestWeb()
})
afterAll(() => web.close())

const send = async (search: string, body: string, { username = 'county', extra = {} } = {}) =>
  web.call(`/api/imports/officers${search}`, {
    method: 'POST',
    body,
    headers: { ...(await web.officer(username)), ...extra },
  })

test('a list of officers is tried as it comes, and its faults are told with what stood in the cell', async () => {
  const response = await send('', '用户名\nke')
  expect(await response.json()).toMatchObject({
    ...{ status: 'refused', hash: TRIED, faultCount: 1, passwords: [] },
    faults: [{ line: 3, column: '地区代码', told: '不属于您所在的县（区）：4207\u20283100' }],
  })
  expect(web.app.asked.at(-1)).toEqual(['importOfficers', expect.any(String), 12, false, null])
})

test('is written with the hash of its trial run, and its passwords are in that answer and in no log', async () => {
  const response = await send(`?confirm=${TRIED}&disableMissing=yes`, 'x')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toMatchObject({
    ...{ status: 'done', lines: [{ what: 'created', username: 'ke', before: null }] },
    passwords: [{ username: 'ke', name: '柯小满', password: 'only-here' }],
  })
  expect(web.app.asked.at(-1)).toEqual(['importOfficers', expect.any(String), 1, true, TRIED])
  expect(JSON.stringify(web.lines)).not.toContain('only-here')
  const other = await send(`?confirm=${'b'.repeat(64)}`, 'x')
  expect(other.status).toBe(400)
  expect(await other.json()).toMatchObject({ fields: ['confirm'], fault: 'changed' })
})

test('is no business of a village, nor of anybody who only stands in', async () => {
  expect((await send('', 'x', { username: 'village' })).status).toBe(403)
  expect((await send('', 'x', { extra: { 'x-stand-in-for': 'county' } })).status).toBe(403)
  expect((await send('', 'x'.repeat(1024 * 1024 + 1))).status).toBe(413)
})

test('a new password needs a reason, and an officer of the county', async () => {
  const renew = async (id: string, reason: string) =>
    web.call(`/api/officers/${id}/password`, {
      method: 'POST',
      body: JSON.stringify({ reason }),
      headers: { ...(await web.officer('county')), 'content-type': 'application/json' },
    })
  expect((await renew('ke', '')).status).toBe(400)
  expect(await (await renew('ke', '忘记密码')).json()).toEqual({
    username: 'ke',
    name: '柯小满',
    password: 'only-here',
  })
  expect((await renew('nobody', '忘记密码')).status).toBe(404)
})

describe('changing an officer', () => {
  const wish = { role: 'village', regionCode: '420702104212', officePhone: null, disabled: true, reason: '退休' }
  const change = async (by: string, body: object, { id = 'officer-village', extra = {} } = {}) =>
    web.post(`/api/officers/${id}/change`, { ...wish, ...body }, { ...(await web.officer(by)), ...extra })
  // The log-ins before have used up those of this minute.
  beforeEach(() => web.world.advance(120_000))

  test('shows first what goes back and who is next, and does only that', async () => {
    const preview = await change('county', {})
    const next = (await web.auth.officerByUsername('village'))?.officer.name
    expect(await preview.json()).toEqual({ returned: 3, uncovered: 2, next: [next] })
    expect((await change('county', { expected: 3 })).status).toBe(200)
    expect((await change('county', { expected: 4 })).status).toBe(409)
    expect((await change('county', {}, { id: 'nobody' })).status).toBe(404)
    expect((await change('county', { reason: '' })).status).toBe(400)
  })

  test('is for town and county, in person', async () => {
    expect((await change('village', {})).status).toBe(403)
    expect((await change('town', {})).status).toBe(200)
    expect((await change('county', {}, { extra: { 'x-stand-in-for': 'county' } })).status).toBe(403)
    expect((await web.call('/api/officers', { headers: await web.officer('village') })).status).toBe(403)
    const listed = await (await web.call('/api/officers', { headers: await web.officer('town') })).json()
    expect(listed).toMatchObject({ items: [{ username: 'village', mayChange: true, disabled: false }] })
  })
})
