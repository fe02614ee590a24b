import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMockWeChat, type MockWeChat } from '../mock-wechat/server.ts'
import { inEveryDeployment, type Deployment } from './deployments.ts'
import { answersOf, registerUpTo, withCheck } from './registration.ts'
import { eventually, json, logIn, newGuest, type Guest, type OfficerClient } from './people.ts'
import type { RunningService } from './service.ts'

inEveryDeployment(open => {
  let wechat: MockWeChat
  let deployment: Deployment
  let service: RunningService
  let url: string

  beforeAll(async () => {
    wechat = await startMockWeChat()
    deployment = await open()
    const { appId, secret } = wechat.mini
    const env = { WECHAT_API_BASE: wechat.baseUrl, WECHAT_MINI_APPID: appId, WECHAT_MINI_SECRET: secret }
    service = await deployment.start({ env })
    url = service.url
  })

  afterAll(async () => {
    await deployment?.close()
    await wechat?.close()
  })

  /** A filed case in this village, by a mother of her own. */
  async function filed(villageCode: string, serialDay: number): Promise<{ guest: Guest; number: string }> {
    const guest = await newGuest(url)
    const id = withCheck(`4207021991${String(serialDay).padStart(4, '0')}000`)
    const last = await registerUpTo('submit', answersOf(villageCode, id), text => guest.says(text))
    const number = JSON.stringify(last?.replies).match(/SY\d{6}-\d{6}/)?.[0]
    if (!number) throw new Error(JSON.stringify(last))
    return { guest, number }
  }

  async function taskOf(officer: OfficerClient, number: string): Promise<TaskJson> {
    const { items } = await json<{ items: TaskJson[] }>(await officer.get('/api/tasks?status=open&limit=100'))
    // Not every task is about a case.
    for (const task of items.filter(({ applicationId }) => applicationId !== null)) {
      const { number: found } = await json<{ number: string }>(
        await officer.get(`/api/applications/${task.applicationId}`),
      )
      if (found === number) return task
    }
    throw new Error(`no open task for ${number}`)
  }

  describe('what a resident is told when something is wrong', () => {
    test('a wrong identity number and an impossible day each get their own reason', async () => {
      const guest = await newGuest(url)
      for (const answer of ['生育登记', '孩子妈妈', '同意', '李秀英']) await guest.says(answer)
      const wrong = await guest.says('420702199001010001')
      expect(wrong.replies[0]?.text).toContain('好像有一位不对')
      expect(wrong.state.step).toBe('applicantId')
      await guest.says(withCheck('42070219920202000'))
      await guest.says('对')
      for (const answer of ['13800000002', '420702104212', '还没出生']) await guest.says(answer)
      const impossible = await guest.says('2027年2月30日')
      expect(impossible.replies[0]?.text).toContain('没有')
      expect(impossible.state.step).toBe('dueDate')
    })

    test('without a log-in or with one that ended: 401, in Chinese', async () => {
      const none = await fetch(`${url}/api/chat/history`)
      const old = await fetch(`${url}/api/chat/history`, { headers: { authorization: `Bearer ${'A'.repeat(43)}` } })
      expect([none.status, old.status]).toEqual([401, 401])
      expect(await old.json()).toMatchObject({ code: 'notLoggedIn', title: expect.stringMatching(/\p{Script=Han}/u) })
    })

    test('a body that is too large: 413, and the next message is taken', async () => {
      const guest = await newGuest(url)
      const headers = { authorization: `Bearer ${guest.token}`, 'content-type': 'application/json' }
      const body = JSON.stringify({ messageId: 'm', text: 'x'.repeat(400_000) })
      const response = await fetch(`${url}/api/chat/turns`, { method: 'POST', headers, body })
      expect(response.status).toBe(413)
      expect(response.headers.get('content-type')).toContain('application/problem+json')
      expect((await guest.hello()).replies.length).toBeGreaterThan(0)
    })

    test('the connection was lost: the same message again gets the same answer and no second effect', async () => {
      const guest = await newGuest(url)
      const first = await guest.says('生育登记', 'message-1')
      const again = await guest.says('生育登记', 'message-1')
      expect(again).toEqual(first)
      const { items } = await json<{ items: { from: string }[] }>(await guest.get('/api/chat/history'))
      expect(items.filter(({ from }) => from === 'resident')).toHaveLength(1)
    })
  })

  describe('officers', () => {
    test('see their own place only', async () => {
      const { number } = await filed('420702104212', 301)
      const own = await logIn(url, 'village')
      const task = await taskOf(own, number)
      for (const name of ['village2', 'town2']) {
        const other = await logIn(url, name)
        expect((await other.get(`/api/tasks/${task.id}`)).status).toBe(404)
        expect((await other.get(`/api/applications/${task.applicationId}`)).status).toBe(404)
        expect((await other.post(`/api/tasks/${task.id}/lease`)).status).toBe(404)
      }
      for (const name of ['town', 'county']) {
        expect((await (await logIn(url, name)).get(`/api/tasks/${task.id}`)).status).toBe(200)
      }
    })

    test('the second who takes a task is told who has it, and an old fencing number is refused', async () => {
      const { number } = await filed('420702104212', 302)
      const village = await logIn(url, 'village')
      const town = await logIn(url, 'town')
      const task = await taskOf(village, number)
      const leased = await json<TaskJson>(await village.post(`/api/tasks/${task.id}/lease`))
      const second = await town.post(`/api/tasks/${task.id}/lease`)
      expect(second.status).toBe(409)
      expect(await second.json()).toMatchObject({ heldBy: '王建国', allowed: ['remind'] })
      expect((await village.post(`/api/tasks/${task.id}/pause`, { reason: '等材料' })).status).toBe(428)
      expect((await village.post(`/api/tasks/${task.id}/pause`, { reason: '等材料' }, leased.fence + 7)).status).toBe(
        409,
      )
      expect((await village.post(`/api/tasks/${task.id}/close`, {}, leased.fence)).status).toBe(409)
      await json(await village.post(`/api/tasks/${task.id}/release`, {}, leased.fence))
      const taken = await json<TaskJson>(await town.post(`/api/tasks/${task.id}/lease`))
      expect(taken).toMatchObject({ fence: 2, firstReceiverName: '王建国' })
    })

    test('of fifty who take one task at the same moment, one gets it', async () => {
      const { number } = await filed('420702104212', 303)
      const [village, town, county] = await Promise.all(['village', 'town', 'county'].map(name => logIn(url, name)))
      if (!village || !town || !county) throw new Error('three officers')
      const task = await taskOf(village, number)
      const tries = Array.from({ length: 50 }, (_, n) => [village, town, county][n % 3] ?? village)
      const answers = await Promise.all(tries.map(officer => officer.post(`/api/tasks/${task.id}/lease`)))
      const fences = await Promise.all(answers.filter(({ ok }) => ok).map(answer => answer.json()))
      expect(new Set(fences.map(({ fence }) => fence))).toEqual(new Set([1]))
      expect(new Set(fences.map(({ assigneeName }) => assigneeName)).size).toBe(1)
    })

    test('a write without the page’s token is refused', async () => {
      const officer = await logIn(url, 'village')
      const cookie = (await officer.get('/api/officer/me')).status
      expect(cookie).toBe(200)
      const bare = await fetch(`${url}/api/tasks/x/lease`, { method: 'POST', headers: { origin: url } })
      expect(bare.status).toBe(401)
    })

    test('see personal data masked; the whole of it only against a reason', async () => {
      const { number } = await filed('420702104212', 304)
      const officer = await logIn(url, 'village')
      const { applicationId } = await taskOf(officer, number)
      const masked = await (await officer.get(`/api/applications/${applicationId}`)).text()
      expect(masked).not.toContain('李秀英')
      expect(masked).not.toContain('13800000001')
      expect((await officer.post(`/api/applications/${applicationId}/reveal`, {})).status).toBe(400)
      const shown = await json<object>(
        await officer.post(`/api/applications/${applicationId}/reveal`, { reason: '核对证件' }),
      )
      expect(JSON.stringify(shown)).toContain('李秀英')
    })
  })

  test('a refusal names its reason and the ways to object, and frees the way for a new application', async () => {
    const { guest, number } = await filed('420702104212', 305)
    const officer = await logIn(url, 'village')
    const task = await taskOf(officer, number)
    const { fence } = await json<TaskJson>(await officer.post(`/api/tasks/${task.id}/lease`))
    const refusal = { decision: 'refused', reason: '不在本辖区' }
    await json(await officer.post(`/api/applications/${task.applicationId}/decide`, refusal, fence))
    const told = await eventually(async () => {
      const history = await (await guest.get('/api/chat/history')).text()
      return history.includes('不在本辖区') ? history : null
    })
    expect(told).toContain('行政复议')
  })

  test('the certificate: for its holder as PDF, for everybody as a check without names', async () => {
    const { guest, number } = await filed('420702104213', 306)
    const officer = await logIn(url, 'village2')
    const task = await taskOf(officer, number)
    const { fence } = await json<TaskJson>(await officer.post(`/api/tasks/${task.id}/lease`))
    const decide = await officer.post(`/api/applications/${task.applicationId}/decide`, { decision: 'granted' }, fence)
    const { certificateNumber } = await json<{ certificateNumber: string }>(decide)
    const closed = await json<TaskJson>(await officer.post(`/api/tasks/${task.id}/close`, {}, fence))
    expect(closed.status).toBe('done')

    const pdf = await guest.get(`/api/certificates/${certificateNumber}.pdf`)
    expect(pdf.headers.get('content-type')).toBe('application/pdf')
    const bytes = Buffer.from(await pdf.arrayBuffer())
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    const stranger = await newGuest(url)
    expect((await stranger.get(`/api/certificates/${certificateNumber}.pdf`)).status).toBe(404)

    const wrong = await fetch(`${url}/verify/00000000000000`, { headers: { accept: 'application/json' } })
    expect(wrong.status).toBe(404)
  })

  test('a rating is stored once', async () => {
    const { guest, number } = await filed('420702104213', 307)
    const officer = await logIn(url, 'village2')
    const task = await taskOf(officer, number)
    const { fence } = await json<TaskJson>(await officer.post(`/api/tasks/${task.id}/lease`))
    await json(await officer.post(`/api/applications/${task.applicationId}/decide`, { decision: 'granted' }, fence))
    await eventually(async () => (await (await guest.get('/api/chat/history')).text()).includes('非常满意'))
    const thanks = await guest.says('不满意')
    await guest.says('办得慢')
    await guest.says('等的时间长')
    await guest.says('非常满意')
    const town = await logIn(url, 'town')
    const rated = await json<{ rating: object }>(await town.get(`/api/applications/${task.applicationId}`))
    expect(rated.rating).toMatchObject({ level: 2, reasons: ['等的时间长'], comment: '办得慢' })
    expect(thanks.replies.length).toBeGreaterThan(0)
    const { items } = await json<{ items: { source: string; summary: string }[] }>(
      await town.get('/api/tasks?status=open&limit=100'),
    )
    expect(items.some(item => item.source === 'badRating' && item.summary.includes(number))).toBe(true)
  })

  test('the mini-program logs in with its one-time code, once', async () => {
    const code = wechat.issueLoginCode('mini-person-1')
    const ask = () =>
      fetch(`${url}/api/mini/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code }),
      })
    const { token } = await json<{ token: string }>(await ask())
    const turn = await fetch(`${url}/api/chat/turns`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ messageId: '1', text: '生育登记' }),
    })
    expect(turn.status).toBe(200)
    const second = await ask()
    expect(second.status).toBe(401)
    expect(await second.json()).toMatchObject({ title: expect.stringMatching(/\p{Script=Han}/u) })
  })
})

interface TaskJson {
  id: string
  applicationId: string
  fence: number
  status: string
}
