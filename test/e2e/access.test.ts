import { afterAll, beforeAll, expect, test } from 'vitest'
import { campaignBody } from './campaignBody.ts'
import { careBodies } from './careBodies.ts'
import { answersOf, registerUpTo, withCheck } from './registration.ts'
import { json, logIn, newGuest, type Guest } from './people.ts'
import { DEMO_PASSWORD, startService, type RunningService } from './service.ts'

/* Who may what: every address of officers that the service itself names, with the case of one village in it. */

let service: RunningService
let url: string
let resident: Guest
let applicationId: string
let taskId: string
let addresses: Address[]

interface Address {
  method: 'GET' | 'POST'
  path: string
  roles: string[]
}

interface Description {
  paths: Record<string, Record<string, { 'x-access': string[]; 'x-roles'?: string[]; summary: string }>>
}

beforeAll(async () => {
  service = await startService()
  url = service.url
  resident = await newGuest(url)
  const answers = answersOf('420702104212', withCheck('42070219910606000'))
  const last = await registerUpTo('submit', answers, text => resident.says(text))
  const number = JSON.stringify(last?.replies).match(/SY\d{6}-\d{6}/)?.[0]
  const { items } = await json<{ items: { id: string; number: string; taskId: string }[] }>(
    await (await logIn(url, 'village')).get('/api/applications?limit=100'),
  )
  const filed = items.find(item => item.number === number)
  applicationId = filed?.id ?? ''
  taskId = filed?.taskId ?? ''
  const { paths } = await json<Description>(await fetch(`${url}/openapi.json`))
  addresses = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation['x-access'].includes('officer'))
      .map(([method, operation]): Address => ({
        ...{ method: method === 'get' ? 'GET' : 'POST', path },
        roles: operation['x-roles'] ?? [],
      })),
  )
})
afterAll(() => service?.dispose())

const ofOneCase = ({ path }: Address) => path.includes('{id}')
const filled = (path: string) => path.replace('{id}', path.startsWith('/api/tasks/') ? taskId : applicationId)

/** A body that each of the writes takes, so that nothing but the right is missing. */
function bodyFor(path: string): object {
  const care = careBodies[path]
  if (care) return care
  if (path === '/api/officers/{id}/change')
    return { role: 'village', regionCode: '420702104212', officePhone: null, disabled: false, reason: '换村' }
  if (path.endsWith('/change')) return campaignBody
  if (path === '/api/village-seats/{village}')
    return { longitude: 114.8, latitude: 30.2, system: 'wgs84', accuracy: 12 }
  if (path.endsWith('/answers')) return { answers: {}, finish: false }
  if (path.endsWith('/unlink')) return { link: 'some' }
  if (path.endsWith('/gone')) return { way: 'moved' }
  if (path === '/api/households/{id}/settle') return { change: 'none', verdict: 'confirmed' }
  if (path.endsWith('/family-move')) return { to: '420702104299', reason: '搬家' }
  if (path.endsWith('/stop')) return { reason: '题目有误' }
  if (path.endsWith('/bereavement')) return { lost: 'person' }
  if (path.endsWith('/lift-mute')) return { words: '已上门看过' }
  if (path.endsWith('/appeal')) return { reason: '等候是停电造成的' }
  if (path.endsWith('/verdict')) return { setAside: false, reason: '没有停电' }
  if (path.endsWith('/decide')) return { decision: 'granted' }
  if (path.endsWith('/notice')) return { gaps: [{ material: 'idOrHouseholdBooklet' }] }
  if (path.endsWith('/commitment')) return { result: 'kept', evidence: '看过结婚证' }
  if (path.endsWith('/transfer')) return { to: 'demo-town', reason: '下周出差' }
  if (path.endsWith('/matters')) return { matters: [] }
  if (path.endsWith('/pause')) return { reason: '等材料' }
  if (path.endsWith('/reveal') || path.includes('/photos/')) return { reason: '核对证件' }
  if (path.endsWith('/correct')) return { changes: [{ field: 'phone', value: '13800000002', reason: '号码写错' }] }
  if (path.endsWith('/confirmations')) return { bureau: '民政局', question: '婚姻登记是否在册', share: [] }
  if (path.endsWith('/not-duplicate')) return { of: 'another' }
  if (path.endsWith('/move')) return { to: '420704108202', reason: '全家搬走' }
  if (path.endsWith('/reopen') || path.endsWith('/revoke-certificate')) return { reason: '决定有误' }
  if (path.endsWith('/evidence')) return { kind: 'voice', seconds: 1, audio: 'GkXfow==' }
  if (path.endsWith('/close')) return { evidence: '已电话答复' }
  if (path.endsWith('/reply')) return { finding: 'unfounded', text: '已经核实并答复' }
  if (path.endsWith('/hand-over')) return { region: null, office: '区民政局', reason: '不是本部门的事' }
  if (path.endsWith('/answer')) return { finding: 'notFound', note: null }
  return {}
}

const call = ({ method, path }: Address, headers: Record<string, string>) =>
  fetch(url + filled(path), {
    method,
    headers: { 'if-match': '"0"', 'content-type': 'application/json', ...headers },
    ...(method === 'POST' ? { body: JSON.stringify(bodyFor(path)) } : {}),
  })

async function session(username: string): Promise<Record<string, string>> {
  const response = await fetch(`${url}/api/officer/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ username, password: DEMO_PASSWORD }),
  })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const { csrfToken } = await json<{ csrfToken: string }>(response)
  return { cookie, origin: url, 'x-csrf-token': csrfToken }
}

async function answersTo(headers: Record<string, string>, which: (address: Address) => boolean) {
  const answers: [string, number, string][] = []
  for (const address of addresses.filter(which)) {
    const response = await call(address, headers)
    const text = await response.text()
    expect(text).not.toMatch(/李秀英|13800000001|420702199106060/)
    const { code } = response.ok ? { code: '' } : (JSON.parse(text) as { code: string })
    answers.push([`${address.method} ${address.path}`, response.status, code])
  }
  expect(answers.length).toBeGreaterThan(0)
  return answers
}

test('the service names the addresses of officers', () => {
  expect(taskId).not.toBe('')
  expect(addresses.filter(ofOneCase).length).toBeGreaterThan(8)
})

test('without a log-in each of them says 401', async () => {
  const answers = await answersTo({}, () => true)
  expect(answers.filter(([, status, code]) => status !== 401 || code !== 'notLoggedIn')).toEqual([])
})

test.each(['village2', 'town2'])('for %s the case of another place is not there', async username => {
  const role = username.replace(/\d/, '')
  const answers = await answersTo(await session(username), one => ofOneCase(one) && one.roles.includes(role))
  expect(answers.filter(([, status, code]) => status !== 404 || code !== 'notFound')).toEqual([])
})

test('an auditor is refused at every case and every list of cases', async () => {
  // His own session, and the trail that he is there to read.
  const open = ({ path }: Address) => path.startsWith('/api/officer/') || path.startsWith('/api/audit')
  const answers = await answersTo(await session('auditor'), address => !open(address))
  expect(answers.filter(([, status, code]) => status !== 403 || code !== 'notForRole')).toEqual([])
})

test('a write without the token of the session, or from a foreign page, is refused', async () => {
  const { cookie = '', ...proof } = await session('village')
  const writes = ({ method }: Address) => method === 'POST'
  for (const headers of [{ cookie }, { cookie, ...proof, origin: 'https://evil.example' }]) {
    const answers = await answersTo(headers, writes)
    expect(answers.filter(([, status, code]) => status !== 403 || code !== 'badCsrf')).toEqual([])
  }
})

test("a resident's token opens no address of officers, and nobody else's case", async () => {
  const stranger = await newGuest(url)
  const answers = await answersTo({ authorization: `Bearer ${stranger.token}` }, ofOneCase)
  const opened = answers.filter(([, status]) => status !== 401 && status !== 404)
  expect(opened).toEqual([])
  expect((await resident.get(`/api/applications/${applicationId}`)).status).toBe(200)
  expect((await stranger.get(`/api/applications/${applicationId}`)).status).toBe(404)
})

test('a session that was ended is over, also for who kept its cookie', async () => {
  const headers = await session('village')
  const me = () => fetch(`${url}/api/officer/me`, { headers })
  expect((await me()).status).toBe(200)
  await fetch(`${url}/api/officer/logout`, { method: 'POST', headers })
  expect((await me()).status).toBe(401)
})
