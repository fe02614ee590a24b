import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, json, logIn, newGuest, type OfficerClient } from './people.ts'
import { withCheck } from './registration.ts'
import { startService, type RunningService } from './service.ts'

/* The life of cases on a running service: window, help code, invitation, another bureau, withdrawal. */

interface CaseJson {
  id: string
  number: string
  status: string
  way: string
  firstReceiver: string | null
  certificateNumber: string | null
  certificateStatus: string
  confirmation: { open: boolean; answer: string | null }
  allowedActions: string[]
}
interface FiledJson {
  application: CaseJson
  fence: number
  repeated: boolean
}

let service: RunningService
let village: OfficerClient
beforeAll(async () => {
  service = await startService()
  village = await logIn(service.url, 'village')
})
afterAll(() => service?.dispose())

let people = 0
const content = () => ({
  ...{ matter: 'birthRegistration', applicantName: '欧阳测试', applicantId: withCheck(`42070219930${++people}07000`) },
  ...{ phone: '', registrant: 'mother', stage: 'expecting', birthDate: '2027-01-15', earlierChildren: 0 },
})
const file = async (filing: object) => json<FiledJson>(await village.post('/api/window-applications', filing))
const atWindow = () => ({ key: `form-${people}`, way: 'window', whyNotOnline: 'noPhone', content: content() })
const step = async (id: string, name: string, body: object, fence?: number) =>
  json<CaseJson>(await village.post(`/api/applications/${id}/${name}`, body, fence))

test('a window case is filed, decided and handed over in three calls, and its certificate can be checked', async () => {
  const { application, fence } = await file(atWindow())
  expect(application).toMatchObject({ status: 'submitted', way: 'window', firstReceiver: expect.any(String) })
  const decided = await step(application.id, 'decide', { decision: 'granted' }, fence)
  expect(decided).toMatchObject({ status: 'granted', certificateStatus: 'valid' })
  expect(await step(application.id, 'deliver', {})).toMatchObject({ status: 'delivered' })
})

test('with the code that the chat gave, an officer files online, and the resident reads what was done in his name', async () => {
  const resident = await newGuest(service.url)
  const said = await resident.says('请人帮我办')
  const assistCode = /\d{4} \d{4}/.exec(said.replies.at(-1)?.text ?? '')?.[0]
  const { application } = await file({ key: 'assisted-1', way: 'assisted', assistCode, content: content() })
  expect(application.way).toBe('assisted')
  const own = await json<{ items: { number: string; firstReceiver: string }[] }>(
    await resident.get('/api/applications'),
  )
  expect(own.items).toMatchObject([{ number: application.number, firstReceiver: application.firstReceiver }])
  const told = await eventually(async () => {
    const history = await json<{ items: { replies: { text: string }[] }[] }>(await resident.get('/api/chat/history'))
    return history.items.flatMap(({ replies }) => replies).find(({ text }) => text.includes(application.number))
  })
  expect(told.text).toContain('替您提交了申请')
  const progress = await resident.says('进度')
  expect(progress.replies.map(({ text }) => text).join('\n')).toContain(`首接责任人：${application.firstReceiver}`)
  await resident.says('撤回')
  const back = await resident.says('1')
  expect(back.replies.at(-1)?.text).toContain(`已撤回${application.number}`)
})

test('an invitation of the window opens the matter on the phone', async () => {
  const resident = await newGuest(service.url)
  await resident.hello()
  const slots = { applicantName: '李秀英' }
  const { code, qr } = await json<{ code: string; qr: string }>(
    await village.post('/api/window-invitations', { matter: 'birthRegistration', slots }),
  )
  expect(qr).toMatch(/^data:image\/svg/)
  const accept = () =>
    fetch(`${service.url}/api/invitations/accept`, {
      method: 'POST',
      headers: { authorization: `Bearer ${resident.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    })
  expect((await accept()).status).toBe(204)
  expect((await accept()).status).toBe(404)
  expect((await resident.says('孩子妈妈')).state.flow).toBe('birth-registration')
})

test('another bureau finds the question as a file and answers by file, and by the network only with its own token', async () => {
  const { application, fence } = await file(atWindow())
  await step(application.id, 'accept', {}, fence)
  const question = { bureau: '民政局', question: '婚姻登记是否在册', share: ['applicantName'] }
  await step(application.id, 'confirmations', question, fence)
  const out = path.join(service.dataDir, 'bureau', 'out')
  const name = await eventually(async () => existsSync(out) && readdirSync(out).find(file => file.endsWith('.json')))
  const { requestId, token } = JSON.parse(readFileSync(path.join(out, name), 'utf8')) as Record<string, string>
  const wrong = await fetch(`${service.url}/api/confirmations/${requestId}/answer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: `${token}x`, answer: 'accepted' }),
  })
  expect(wrong.status).toBe(404)
  const answer = JSON.stringify({ requestId, token, answer: 'accepted' })
  writeFileSync(path.join(service.dataDir, 'bureau', 'in', 'answer.json'), answer)
  const seen = await eventually(async () => {
    const now = await json<CaseJson>(await village.get(`/api/applications/${application.id}`))
    return now.confirmation.answer === null ? null : now
  })
  expect(seen.confirmation).toEqual({ open: false, answer: 'accepted' })
})
