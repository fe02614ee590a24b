import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from './routes.ts'
import { openTestWeb, type TestWeb } from './testing/testWeb.ts'

/* Who is refused for what he sent learns which field it was, at every address of officers. */

let web: TestWeb
let officers: { role: string; headers: Record<string, string> }[]
beforeAll(async () => {
  web = await openTestWeb()
  // A family in care is the town's: the county is not let that far.
  officers = []
  for (const role of ['county', 'town', 'auditor'] as const) officers.push({ role, headers: await web.officer(role) })
})
afterAll(() => web.close())

const ofOfficers = routes.filter(({ access }) => access === 'officer')
const written = ofOfficers.filter(({ method, body }) => method === 'POST' && body.schema !== null)
const asked = ofOfficers.filter(({ query }) => query.schema !== null)
const filled = (path: string) => path.replaceAll(/:\w+/g, 'x')

async function fieldsOf(roles: readonly string[], path: string, body?: object): Promise<string[] | undefined> {
  const allowed = officers.find(({ role }) => roles.includes(role))
  const headers = { ...allowed?.headers, 'if-match': '"1"' }
  const response = body ? await web.post(path, body, headers) : await web.call(path, { headers })
  expect(response.status).toBe(400)
  return ((await response.json()) as { fields?: string[] }).fields
}

describe('a wrong field is named', () => {
  test.each(written.map(route => [route.path, route] as const))('in the body for %s', async (path, { roles }) => {
    // Or the field by which a body is told apart, where it is missing.
    expect((await fieldsOf(roles, filled(path), { nobodyKnowsIt: 1 }))?.length).toBeGreaterThan(0)
  })

  test.each(asked.filter(({ method }) => method === 'GET').map(route => [route.path, route] as const))(
    'in the query of %s',
    async (path, { roles }) => {
      expect(await fieldsOf(roles, `${filled(path)}?nobodyKnowsIt=1`)).toContain('nobodyKnowsIt')
    },
  )
})
