import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/runtime/config.ts'
import { eventLog, openLog } from '../../src/runtime/log.ts'
import { openDatabase } from '../../src/runtime/openDatabase.ts'
import { realWorld } from '../../src/runtime/realWorld.ts'
import { campaignBody } from './campaignBody.ts'
import { careBodies } from './careBodies.ts'
import { layDemo } from './demoData.ts'
import { json, logIn, newGuest, type OfficerClient } from './people.ts'
import { answersOf, registerUpTo, withCheck } from './registration.ts'
import { DEMO_PASSWORD, startService, type RunningService } from './service.ts'

/*
 * Every address of officers × every kind of caller, from the description that the service gives of itself. What is expected
 * follows from the roles there and from where the caller sits; an address that is added is in the matrix by itself.
 */

const VILLAGE = '420702104212'
/** Sessions that were opened without a log-in, by their officer. */
const tokens = new Map(['gone', 'county2', 'village3'].map(name => [name, randomBytes(32).toString('base64url')]))

interface Address {
  method: 'GET' | 'POST'
  path: string
  roles: string[]
}

/** Who calls, and whether the case, its task and its officer are in his place. */
interface Caller {
  who: string
  username: string | null
  role: string
  sees: boolean
}

const callers: Caller[] = [
  { who: 'the own village', username: 'village', role: 'village', sees: true },
  { who: 'the sibling village', username: 'village2', role: 'village', sees: false },
  { who: 'the parent town', username: 'town', role: 'town', sees: true },
  { who: 'a town of another county', username: 'town2', role: 'town', sees: false },
  { who: 'a village of another county', username: 'village3', role: 'village', sees: false },
  { who: 'the county', username: 'county', role: 'county', sees: true },
  { who: 'another county', username: 'county2', role: 'county', sees: false },
  { who: 'the auditor', username: 'auditor', role: 'auditor', sees: false },
  { who: 'nobody', username: null, role: '', sees: false },
  { who: 'an officer whose account has ended', username: null, role: 'village', sees: true },
]

let service: RunningService
let dataDir: string
let url: string
let addresses: Address[]
let notForOfficers: Address[]
let ids: Record<string, string>
let village: OfficerClient
const headersOf = new Map<string, Record<string, string>>()

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'nuanxin-matrix-'))
  await layDemo(dataDir, DEMO_PASSWORD)
  await accountsWithSessions()
  service = await startService({ dataDir })
  url = service.url
  const { paths } = await json<{ paths: Record<string, Record<string, Operation>> }>(await fetch(`${url}/openapi.json`))
  const openTo = (access: string) =>
    Object.entries(paths).flatMap(([where, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => operation['x-access'].includes(access) && where !== '/api/officer/logout')
        .map(([method, operation]): Address => ({
          ...{ method: method === 'get' ? 'GET' : 'POST', path: where },
          roles: operation['x-roles'] ?? [],
        })),
    )
  addresses = openTo('officer')
  notForOfficers = [...openTo('resident'), ...openTo('bot')].filter(
    one => !addresses.some(({ path: where, method }) => where === one.path && method === one.method),
  )
  village = await logIn(url, 'village')
  ids = await thingsOfTheVillage()
  for (const { who, username } of callers) headersOf.set(who, username ? await session(username) : {})
  headersOf.set('an officer whose account has ended', withToken('gone'))
})
afterAll(async () => {
  await service?.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

interface Operation {
  'x-access': string[]
  'x-roles'?: string[]
}

/** Officers of another county, whom the demo has not, and one who kept his cookie past the end of his account. */
async function accountsWithSessions(): Promise<void> {
  const log = openLog('silent')
  const world = realWorld()
  const database = await openDatabase(readConfig({ DATA_DIR: dataDir }), world, { log, events: eventLog(log, world) })
  try {
    const at = world.now()
    for (const [id, role, regionCode] of [
      ['gone', 'village', VILLAGE],
      ['county2', 'county', '420704'],
      ['village3', 'village', '420704108202'],
      ['spare', 'village', '420702104299'],
    ] as const) {
      const who = { id, username: id, name: '旧专干', role, regionCode, officePhone: null, disabled: id === 'gone' }
      await database.kept.officers.upsert({ officer: who, passwordHash: 'none', totpSecret: null, at })
      const tokenHash = createHash('sha256')
        .update(tokens.get(id) ?? '')
        .digest()
      const session = { tokenHash, officerId: id, csrfToken: 'csrf', at, expiresAt: at + 3_600_000 }
      await database.kept.auth.openOfficerSession(session)
    }
  } finally {
    await database.close()
  }
}

function withToken(id: string): Record<string, string> {
  return { cookie: `nuanxin=${tokens.get(id)}`, origin: url, 'x-csrf-token': 'csrf' }
}

/** A case, its task, its officer and his absence, all of one village; by the beginning of the addresses they belong to. */
async function thingsOfTheVillage(): Promise<Record<string, string>> {
  const resident = await newGuest(url)
  const answers = answersOf(VILLAGE, withCheck('42070219910606000'))
  const last = await registerUpTo('submit', answers, text => resident.says(text))
  const number = JSON.stringify(last?.replies).match(/SY\d{6}-\d{6}/)?.[0]
  const { items } = await json<{ items: { id: string; number: string; taskId: string }[] }>(
    await village.get('/api/applications?limit=100'),
  )
  const filed = items.find(item => item.number === number)
  return {
    '/api/applications/': filed?.id ?? '',
    '/api/tasks/': filed?.taskId ?? '',
    // Nobody of the tests: his password is made anew.
    '/api/officers/': 'spare',
    '/api/officer-absences/': await newAbsence(),
    '/api/households/': await aHousehold(),
    '/api/village-seats/': VILLAGE,
  }
}

/** One of the demo's list. */
async function aHousehold(): Promise<string> {
  const { items } = await json<{ items: { id: string }[] }>(await village.get('/api/households'))
  return items[0]?.id ?? ''
}

/** Each caller who may ends it, so each finds a fresh one. */
async function newAbsence(): Promise<string> {
  const days = { from: '2035-01-08', to: '2035-01-09', substitute: null }
  const response = await village.post('/api/officer-absences', { officer: 'demo-village', ...days })
  return (await json<{ id: string }>(response)).id
}

async function session(username: string): Promise<Record<string, string>> {
  if (tokens.has(username)) return withToken(username)
  const response = await fetch(`${url}/api/officer/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ username, password: DEMO_PASSWORD }),
  })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const { csrfToken } = await json<{ csrfToken: string }>(response)
  return { cookie, origin: url, 'x-csrf-token': csrfToken }
}

/** Addresses below one of our things, and no further part that nobody has. */
const thingOf = ({ path: where }: Address): string | null =>
  (where.match(/\{/g)?.length === 1 && Object.keys(ids).find(start => where.startsWith(`${start}{`))) || null
const names = ({ path: where }: Address) => where.includes('{')

/** A body that the write takes, so that nothing but the right is missing. */
function bodyFor({ path: where }: Address): object {
  const care = careBodies[where]
  if (care) return care
  const end = Object.keys(bodies).find(one => where.endsWith(one))
  return end === undefined ? {} : (bodies[end] ?? {})
}

const bodies: Record<string, object> = {
  '/signups': { family: 'some', people: 1 },
  '/decide': { decision: 'granted' },
  '/notice': { gaps: [{ material: 'idOrHouseholdBooklet' }] },
  '/commitment': { result: 'kept', evidence: '看过结婚证' },
  '/transfer': { to: 'demo-town', reason: '下周出差' },
  '/matters': { matters: [] },
  '/password': { reason: '忘记密码' },
  '/second-factor/reset': { reason: '手机丢了' },
  '/pause': { reason: '等材料' },
  '/appeal': { reason: '等候是停电造成的' },
  '/verdict': { setAside: false, reason: '没有停电' },
  '/bereavement': { lost: 'person' },
  '/unlink': { link: 'nobody' },
  '/gone': { way: null },
  'households/{id}/settle': { change: 'none', verdict: 'confirmed' },
  '/lift-mute': { words: '已上门看过' },
  '/reveal': { reason: '核对证件' },
  '/photos/{upload}': { reason: '核对证件' },
  '/my-staff-surveys/{id}/answers': { answers: {}, finish: false },
  '/answer': { finding: 'notFound', note: null },
  '/reply': { finding: 'unfounded', text: '已经核实并答复' },
  '/hand-over': { region: null, office: '区民政局', reason: '不是本部门的事' },
  '/print': { reason: '本人来取' },
  '/correct': { changes: [{ field: 'phone', value: '13800000002', reason: '号码写错' }] },
  '/confirmations': { bureau: '民政局', question: '婚姻登记是否在册', share: [] },
  '/not-duplicate': { of: 'another' },
  '/reopen': { reason: '决定有误' },
  '/revoke-certificate': { reason: '决定有误' },
  '/family-move': { to: '420702104299', reason: '搬家' },
  '/move': { to: '420702104299', reason: '搬家' },
  '/evidence': { kind: 'voice', seconds: 1, audio: 'GkXfow==' },
  '/close': { evidence: '已电话答复' },
  '/stop': { reason: '题目有误' },
  '/officers/{id}/change': { role: 'village', regionCode: VILLAGE, officePhone: null, disabled: false, reason: '换村' },
  '/campaigns/{id}/change': campaignBody,
  '/village-seats/{village}': { longitude: 114.8, latitude: 30.2, system: 'wgs84', accuracy: 12 },
}

/** The number is never the right one, so that nothing is changed by a caller who may. */
async function call(address: Address, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  const thing = thingOf(address)
  const where = address.path.replace(/\{\w+\}/g, thing ? (ids[thing] ?? '') : 'some')
  const response = await fetch(url + where, {
    method: address.method,
    headers: { 'if-match': '"999"', 'content-type': 'application/json', ...headers },
    ...(address.method === 'POST' ? { body: JSON.stringify(bodyFor(address)) } : {}),
  })
  return { status: response.status, text: await response.text() }
}

type Expected = '401' | '403' | '404' | 'open'

function expectedOf(address: Address, { role, sees, username }: Caller): Expected {
  if (username === null) return '401'
  if (!address.roles.includes(role)) return '403'
  if (!names(address)) return 'open'
  return thingOf(address) && sees ? 'open' : '404'
}

function seen(status: number): Expected {
  return status === 401 || status === 403 || status === 404 ? (String(status) as Expected) : 'open'
}

test('the matrix has every role, every place, and hundreds of cells', () => {
  expect(Object.values(ids).every(id => id !== '')).toBe(true)
  expect(addresses.length * callers.length).toBeGreaterThan(500)
  expect(new Set(addresses.flatMap(({ roles }) => roles))).toEqual(new Set(['village', 'town', 'county', 'auditor']))
})

/** The auditor is there to read which objects were touched, by id and place. */
function leaks({ sees, username }: Caller, { path: where }: Address, text: string): boolean {
  if ((sees && username !== null) || where.startsWith('/api/audit')) return false
  return text.includes(ids['/api/applications/'] ?? '-') || text.includes(ids['/api/tasks/'] ?? '-')
}

describe.each(callers)('$who', caller => {
  test('is let in exactly where his role and his place allow', async () => {
    ids['/api/officer-absences/'] = await newAbsence()
    const wrong: string[] = []
    for (const address of addresses) {
      const { status, text } = await call(address, headersOf.get(caller.who) ?? {})
      const expected = expectedOf(address, caller)
      const name = `${address.method} ${address.path}`
      if (seen(status) !== expected) wrong.push(`${name}: ${status}, expected ${expected}`)
      if (!caller.sees || caller.username === null) expect(text, name).not.toMatch(/李秀英|13800000001|420702199106060/)
      if (leaks(caller, address, text)) wrong.push(`${name} names what is of another place`)
      if (status >= 500) wrong.push(`${name}: ${status}`)
    }
    expect(wrong).toEqual([])
  })
})

test.each(callers)('no address of residents or of the bot opens to $who', async ({ who }) => {
  expect(notForOfficers.length).toBeGreaterThan(10)
  const opened: string[] = []
  for (const address of notForOfficers) {
    const { status } = await call(address, headersOf.get(who) ?? {})
    if (status !== 401) opened.push(`${address.method} ${address.path}: ${status}`)
  }
  expect(opened).toEqual([])
})

test('standing in opens the place of an absent colleague to his substitute, for his days, and to nobody else', async () => {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const asVillage = { ...headersOf.get('the sibling village'), 'x-stand-in-for': 'village' }
  const task: Address = { method: 'GET', path: '/api/tasks/{id}', roles: [] }
  expect((await call(task, asVillage)).status).toBe(403)
  const town = await logIn(url, 'town')
  const days = { officer: 'demo-village', from: today, to: today, substitute: 'demo-village2' }
  const { id } = await json<{ id: string }>(await town.post('/api/officer-absences', days))
  expect((await call(task, asVillage)).status).toBe(200)
  expect((await call(task, headersOf.get('the sibling village') ?? {})).status).toBe(404)
  expect((await call(task, { ...headersOf.get('a town of another county'), 'x-stand-in-for': 'village' })).status).toBe(
    403,
  )
  expect((await town.post(`/api/officer-absences/${id}/end`)).status).toBe(204)
  expect((await call(task, asVillage)).status).toBe(403)
})
