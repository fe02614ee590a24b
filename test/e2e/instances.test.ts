import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deployments, type Deployment } from './deployments.ts'
import { eventually, json, logIn, newGuest, type Guest } from './people.ts'
import { answersOf, registerUpTo } from './registration.ts'
import { freePort, type RunningService } from './service.ts'

/* Two web processes and a worker on one PostgreSQL and one Redis, started at the same moment on an empty database. */

const dataCentre = deployments[1]
const missing = dataCentre ? dataCentre.missing() : 'the deployment'
if (missing && process.env['REQUIRE_ALL'] === '1') throw new Error(`${missing} is not installed`)

describe.skipIf(missing !== null)('several processes', () => {
  let deployment: Deployment
  let webs: RunningService[]

  beforeAll(async () => {
    if (!dataCentre) throw new Error('no data centre')
    deployment = await dataCentre.open()
    const [first, second] = [await freePort(), await freePort()]
    const [one, two] = await Promise.all([
      deployment.start({ role: 'web', port: first }),
      deployment.start({ role: 'web', port: second }),
      deployment.start({ role: 'worker' }),
    ])
    webs = [one, two]
  })

  afterAll(async () => {
    await deployment?.close()
  })

  const url = (n: number): string => webs[n % 2]?.url ?? ''

  /** The same person, whose phone meets another process with every message. */
  async function wanderer(): Promise<{ guest: Guest; says(text: string, n: number, id?: string): Promise<Response> }> {
    const guest = await newGuest(url(0))
    const headers = { authorization: `Bearer ${guest.token}`, 'content-type': 'application/json' }
    return {
      guest,
      says: (text, n, id = randomUUID()) =>
        fetch(`${url(n)}/api/chat/turns`, { method: 'POST', headers, body: JSON.stringify({ messageId: id, text }) }),
    }
  }

  test('the demo was made once', async () => {
    const county = await logIn(url(1), 'county')
    const { items } = await json<{ items: { number: string }[] }>(await county.get('/api/applications?limit=100'))
    expect(new Set(items.map(({ number }) => number)).size).toBe(items.length)
    const { items: tasks } = await json<{ items: { applicationId: string; source: string }[] }>(
      await county.get('/api/tasks?limit=100'),
    )
    expect(new Set(tasks.map(({ applicationId, source }) => `${applicationId} ${source}`)).size).toBe(tasks.length)
  })

  test('one conversation goes on whichever process the message meets', async () => {
    const { says } = await wanderer()
    let n = 0
    const last = await registerUpTo('submit', answersOf('420702104212'), async text =>
      json<{ replies: { text: string }[] }>(await says(text, n++)),
    )
    expect(JSON.stringify(last)).toMatch(/SY\d{6}-\d{6}/)
  })

  test('the same message at both at once: one effect, one answer', async () => {
    const { guest, says } = await wanderer()
    const id = randomUUID()
    const answers = await Promise.all([says('生育登记', 0, id), says('生育登记', 1, id)])
    const [one, two] = await Promise.all(answers.map(answer => json<object>(answer)))
    expect(one).toEqual(two)
    const { items } = await json<{ items: { from: string }[] }>(await guest.get('/api/chat/history'))
    expect(items.filter(({ from }) => from === 'resident')).toHaveLength(1)
  })

  test('a message of the worker reaches the page that another process holds open', async () => {
    const { guest, says } = await wanderer()
    let n = 0
    const answers = answersOf('420702104212').map(answer => (answer.startsWith('2027') ? '2027年2月3日' : answer))
    await registerUpTo('submit', answers, text => says(text, n++))
    const stream = await fetch(`${url(0)}/api/chat/events`, { headers: { authorization: `Bearer ${guest.token}` } })
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    const { items } = await json<{ items: { id: string }[] }>(await guest.get('/api/applications'))
    const officer = await logIn(url(1), 'village')
    const { taskId } = await json<{ taskId: string }>(await officer.get(`/api/applications/${items[0]?.id}`))
    const { fence } = await json<{ fence: number }>(await officer.post(`/api/tasks/${taskId}/lease`))
    await json(await officer.post(`/api/applications/${items[0]?.id}/decide`, { decision: 'granted' }, fence))
    let seen = ''
    await eventually(async () => {
      const part = await reader?.read()
      seen += part?.value ?? ''
      return /PZ\d{6}-\d{6}/.test(seen)
    })
    await reader?.cancel()
  })
})
