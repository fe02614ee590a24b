import { afterAll, beforeAll, expect, test } from 'vitest'
import { TRIED } from '../testing/fakeLists.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
/** One log-in each: they are limited. */
let sessions: Record<string, Record<string, string>>
beforeAll(async () => {
  web = await openTestWeb()
  sessions = { county: await web.officer('county'), village: await web.officer('village') }
})
afterAll(() => web.close())

const send = async (search: string, body: string, username = 'county') =>
  web.call(`/api/imports${search}`, { method: 'POST', body, headers: sessions[username] ?? {} })

test('a list is tried as it comes, and its faults are told by line and column', async () => {
  const response = await send('?kind=households', '户号\n1')
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({
    ...{ status: 'refused', hash: TRIED, faultCount: 1, unusedColumns: ['备注'] },
    faults: [{ line: 3, column: '联系电话', reason: 'phone', told: '不是手机或座机号码' }],
  })
  expect(web.app.asked.at(-1)).toEqual(['import', expect.any(String), 'households', 8, null, null])
})

test('is written with the hash of its own trial run, and with no other', async () => {
  expect(await (await send(`?kind=births&confirm=${TRIED}`, 'x')).json()).toMatchObject({ status: 'done', faults: [] })
  const other = await send(`?kind=births&confirm=${'b'.repeat(64)}`, 'x')
  expect(other.status).toBe(400)
  expect(await other.json()).toMatchObject({ code: 'badInput', fields: ['confirm'], fault: 'otherFile' })
})

test('that ends a household where somebody seems to be tells its line, and is written only with the count', async () => {
  const trial = await send('?kind=households', 'abc')
  expect(await trial.json()).toMatchObject({
    ...{ gone: 1, ends: { toConfirm: true, inUse: [{ line: 2, told: '有人在替这一户收消息，还有没办完的办件' }] } },
  })
  for (const ends of ['', '&ends=2']) {
    const refused = await send(`?kind=households&confirm=${TRIED}${ends}`, 'abc')
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ code: 'badInput', fields: ['ends'], fault: 'endsUnsaid' })
  }
  const written = await send(`?kind=households&confirm=${TRIED}&ends=1`, 'abc')
  expect(await written.json()).toMatchObject({ status: 'done', gone: 1 })
})

test.each([
  ['a kind nobody knows', '?kind=officers', 'x', 400],
  ['a hash that is none', '?kind=births&confirm=abc', 'x', 400],
  ['a count that is none', '?kind=households&ends=-1', 'x', 400],
  ['a file that cannot be read', '?kind=births', '', 400],
  ['more than fits', '?kind=births', 'x'.repeat(16 * 1024 * 1024 + 1), 413],
])('with %s is refused', async (_name, search, body, status) => {
  expect((await send(search, body)).status).toBe(status)
})

test('is no business of a village', async () => {
  expect((await send('?kind=births', 'x', 'village')).status).toBe(403)
})
