import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accesses } from './route.ts'
import { allRoutes } from './routes.ts'
import { openTestWeb, type TestWeb } from './testing/testWeb.ts'

const platforms = [{ path: '/platform', handle: async () => ({ status: 200, contentType: 'text/plain', body: '' }) }]
const routes = allRoutes(platforms)

let web: TestWeb
beforeAll(async () => {
  web = await openTestWeb({ platforms })
})
afterAll(() => web.close())

const named = routes.map(route => ({ name: `${route.method} ${route.path} (${route.access})`, route }))
const path = (pattern: string): string => pattern.replace(/:\w+/g, 'some')

test.each(named)('$name says who may call, what it takes and what it answers', ({ route }) => {
  expect(accesses).toContain(route.access)
  expect(route.summary).not.toBe('')
  expect(route.response.description).not.toBe('')
  expect(route.roles.length > 0).toBe(route.access === 'officer')
  if (route.access !== 'platform') expect(route.query.schema).not.toBeNull()
  const takesBytes =
    route.access === 'platform' || ['/api/uploads', '/api/imports', '/api/imports/officers'].includes(route.path)
  if (route.method === 'POST' && !takesBytes) expect(route.body.schema).not.toBeNull()
})

describe('without a credential', () => {
  const closed = named.filter(({ route }) => ['resident', 'officer', 'bot'].includes(route.access))
  test.each(closed)('$name answers 401', async ({ route }) => {
    const response = await web.call(path(route.path), { method: route.method })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'notLoggedIn', status: 401 })
  })
})

describe("with a stranger's credential", () => {
  const writes = named.filter(({ route }) => route.access === 'officer' && route.method === 'POST')
  test.each(writes)('$name refuses a session without its CSRF token', async ({ route }) => {
    const { cookie = '' } = await web.officer()
    const response = await web.post(path(route.path), {}, { cookie })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'badCsrf' })
    web.world.advance(61_000)
  })

  const ofCases = named.filter(({ route }) => route.access === 'officer' && !route.roles.includes('auditor'))
  test.each(ofCases)('$name refuses the auditor', async ({ route }) => {
    const auditor = await web.officer('auditor')
    const response = await web.call(path(route.path), { method: route.method, headers: auditor })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'notForRole' })
    web.world.advance(61_000)
  })

  test("a resident's token opens nothing to officers, an officer's cookie nothing to residents", async () => {
    const resident = await web.resident()
    expect((await web.call('/api/tasks', { headers: resident })).status).toBe(401)
    const { cookie = '' } = await web.officer()
    expect((await web.call('/api/chat/history', { headers: { cookie } })).status).toBe(401)
  })
})

/** Bodies by the end of the path, so that nothing but the number is missing. */
const wellFormed: [string, object][] = [
  ['/commitment', { result: 'kept', evidence: '看过结婚证' }],
  ['/pause', { reason: '等材料' }],
  ['/transfer', { to: 'officer-town', reason: '下周出差' }],
  ['/notice', { gaps: [{ material: 'idOrHouseholdBooklet' }] }],
  ['/decide', { decision: 'granted' }],
  ['/reply', { finding: 'unfounded', text: '已经核实并答复' }],
  ['/hand-over', { region: null, office: '区民政局', reason: '不是本部门的事' }],
  ['/correct', { changes: [{ field: 'phone', value: '13800000002', reason: '号码写错' }] }],
  ['/confirmations', { bureau: '民政局', question: '婚姻登记是否在册', share: [] }],
]
const unfenced = named.filter(({ route }) => route.fence === 'needed')
test.each(unfenced)('$name asks for the fencing number', async ({ route }) => {
  const [, body = {}] = wellFormed.find(([end]) => route.path.endsWith(end)) ?? []
  const response = await web.post(path(route.path), body, await web.officer())
  expect(response.status).toBe(428)
  expect(await response.json()).toMatchObject({ code: 'fenceMissing' })
  web.world.advance(61_000)
})

test('the description names every address, and every field it refers to exists', async () => {
  const description = await (await web.call('/openapi.json')).json()
  const described = Object.keys(description.paths).sort()
  expect(described).toEqual([...new Set(routes.map(route => route.path.replace(/:(\w+)/g, '{$1}')))].sort())
  expect(description.openapi).toBe('3.1.0')
  expect(description.paths['/api/applications'].get['x-access']).toEqual(['resident', 'officer'])
  expect(description.paths['/api/tasks/{id}/close'].post.parameters).toContainEqual(
    expect.objectContaining({ name: 'If-Match', required: true }),
  )
  expect(description.paths['/api/chat/turns'].post.requestBody.content['application/json'].schema).toMatchObject({
    required: ['messageId'],
    additionalProperties: false,
  })
})
