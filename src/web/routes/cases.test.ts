import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  applicationPageSchema,
  applicationSchema,
  residentApplicationPageSchema,
  residentApplicationSchema,
  revealedSchema,
  revealedTaskSchema,
  taskPageSchema,
  taskSchema,
  taskWithLogSchema,
} from '../schemas.ts'
import { task } from '../testing/samples.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
let officer: Record<string, string>
beforeEach(async () => {
  web = await openTestWeb()
  officer = await web.officer()
})
afterEach(() => web.close())

const get = async (path: string, headers = officer) => web.call(path, { headers })

describe('tasks', () => {
  test('are listed by status, own ones on demand, page by page', async () => {
    const page = taskPageSchema.parse(
      await (await get('/api/tasks?status=open,leased&mine=1&cursor=c1&limit=5')).json(),
    )
    expect(page.items[0]).toMatchObject({ id: 'task-1', fence: 3, createdAt: '2026-11-23T09:00:00+08:00' })
    expect(page.next).toBe('next-page')
    expect(web.app.asked).toEqual([['tasks', { status: ['open', 'leased'], cursor: 'c1', mine: true, limit: 5 }]])
  })

  test.each(['status=gone', 'status=open,', 'limit=0', 'limit=101', 'limit=1e1', 'mine=yes', 'village=1'])(
    'are not listed by %s',
    async query => {
      expect((await get(`/api/tasks?${query}`)).status).toBe(400)
    },
  )

  test('say where they are to those who have more than one village', async () => {
    const place = async (headers: Record<string, string>) =>
      taskPageSchema.parse(await (await get('/api/tasks', headers)).json()).items[0]?.place
    expect(await place(await web.officer('county'))).toBe('沼山镇下柯村')
    expect(await place(officer)).toBe('')
  })

  test('carry their fencing number as ETag', async () => {
    const response = await get('/api/tasks/task-1')
    expect(response.headers.get('etag')).toBe('"3"')
    expect(taskWithLogSchema.parse(await response.json()).task.id).toBe('task-1')
  })

  test('of another village, and such as cannot be, are not there', async () => {
    expect((await get('/api/tasks/elsewhere')).status).toBe(404)
    expect((await get('/api/tasks/a%00b')).status).toBe(404)
    expect((await get(`/api/tasks/${'a'.repeat(201)}`)).status).toBe(404)
  })

  test.each([
    ['lease', {}, ['lease', 'task-1', 3]],
    ['release', {}, ['release', 'task-1', 3]],
    ['pause', { reason: '等材料' }, ['pause', 'task-1', 3, '等材料']],
    ['resume', {}, ['resume', 'task-1', 3]],
    ['close', { evidence: '已电话答复' }, ['close', 'task-1', 3, '已电话答复']],
    ['close', {}, ['close', 'task-1', 3, null]],
  ])('%s writes under the number', async (step, body, asked) => {
    const response = await web.post(`/api/tasks/task-1/${step}`, body, { ...officer, 'if-match': '"3"' })
    expect(taskSchema.parse(await response.json()).id).toBe('task-1')
    expect(response.headers.get('etag')).toBe('"3"')
    expect(web.app.asked).toEqual([asked])
  })

  test('are leased without a number by whoever sees them first', async () => {
    expect((await web.post('/api/tasks/task-1/lease', {}, officer)).status).toBe(200)
    expect(web.app.asked).toEqual([['lease', 'task-1', null]])
  })

  test.each(['three', '"-1"', '*', '"3", "4"'])('If-Match %s is no number', async given => {
    expect((await web.post('/api/tasks/task-1/release', {}, { ...officer, 'if-match': given })).status).toBe(400)
  })

  test('held by somebody else say by whom and what is possible', async () => {
    web.app.refuseWith = { ok: false, refusal: { code: 'taken', allowed: [], heldBy: '李经办' } }
    const response = await web.post('/api/tasks/task-1/lease', {}, officer)
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code: 'taken', heldBy: '李经办', allowed: [] })
  })

  test('show the answers of a half-filled case as they are against a reason', async () => {
    expect((await web.post('/api/tasks/task-1/reveal', { reason: '' }, officer)).status).toBe(400)
    const response = await web.post('/api/tasks/task-1/reveal', { reason: '打电话联系' }, officer)
    expect(revealedTaskSchema.parse(await response.json()).answers['phone']).toBe('13800000000')
    expect(web.app.asked).toContainEqual(['revealTask', 'task-1', '打电话联系'])
    web.app.refuseWith = { ok: false, refusal: { code: 'tooManyReveals' } }
    expect((await web.post('/api/tasks/task-1/reveal', { reason: '打电话联系' }, officer)).status).toBe(429)
  })

  test('show a half-filled case to the officer who holds it, masked', async () => {
    const detail = {
      residentId: 'r',
      sessionId: 's',
      flow: 'birth-registration',
      step: 'phone',
      answers: { idNumber: '420702199001010003', applicantName: '欧阳娜娜', phone: '13800000000', children: 1 },
      channel: 'web',
      application: { id: 'application-1', number: 'SY261123-000001', maskedName: '欧*' },
    }
    web.app.officer.task = async () => ({ ok: true, value: { task: { ...task, detail }, lines: [] } })
    const shown = taskWithLogSchema.parse(await (await get('/api/tasks/task-1')).json())
    expect(shown.detail).toEqual({
      flow: 'birth-registration',
      step: 'phone',
      answers: { idNumber: '4207**********0003', applicantName: '欧*', phone: '138****0000', children: 1 },
      channel: 'web',
      application: { id: 'application-1', number: 'SY261123-000001', maskedName: '欧*' },
    })
    web.app.officer.task = async () => ({
      ok: true,
      value: { task: { ...task, detail, assigneeId: 'other' }, lines: [] },
    })
    expect(taskWithLogSchema.parse(await (await get('/api/tasks/task-1')).json()).detail).toBeNull()
  })
})

describe('applications', () => {
  test('one address, two callers: the credential decides', async () => {
    const resident = await web.resident()
    expect(
      residentApplicationPageSchema.parse(await (await get('/api/applications', resident)).json()).items,
    ).toHaveLength(1)
    const own = residentApplicationSchema.parse(await (await get('/api/applications/application-1', resident)).json())
    expect(own.office).toBe('下柯村')
    expect(own.verifyUrl).toMatch(/^https?:\/\/[^/]+\/verify\/0123456789ABC9$/)
    expect(
      applicationPageSchema.parse(await (await get('/api/applications?status=accepted')).json()).items,
    ).toHaveLength(1)
    expect(applicationSchema.parse(await (await get('/api/applications/application-1')).json()).fields[0]?.value).toBe(
      '欧*',
    )
    expect((await get('/api/applications/other', resident)).status).toBe(404)
    expect((await get('/api/applications/other')).status).toBe(404)
  })

  test('are accepted and decided under the number of their task', async () => {
    const fenced = { ...officer, 'if-match': '3' }
    await web.post('/api/applications/application-1/accept', {}, fenced)
    await web.post('/api/applications/application-1/decide', { decision: 'refused', reason: '不在本辖区' }, fenced)
    expect(web.app.asked).toEqual([
      ['accept', 'application-1', 3],
      ['decide', 'application-1', 3, { decision: 'refused', reason: '不在本辖区' }],
    ])
  })

  test.each([{ decision: 'refused' }, { decision: 'granted', reason: 'x' }, { decision: 'maybe' }, {}])(
    'are not decided by %j',
    async body => {
      expect(
        (await web.post('/api/applications/application-1/decide', body, { ...officer, 'if-match': '3' })).status,
      ).toBe(400)
    },
  )

  test('are shown unmasked against a reason only, and not without end', async () => {
    expect((await web.post('/api/applications/application-1/reveal', { reason: '' }, officer)).status).toBe(400)
    const response = await web.post('/api/applications/application-1/reveal', { reason: '电话核实' }, officer)
    expect(revealedSchema.parse(await response.json()).phone).toBe('13800000000')
    web.app.refuseWith = { ok: false, refusal: { code: 'tooManyReveals' } }
    expect((await web.post('/api/applications/application-1/reveal', { reason: '电话核实' }, officer)).status).toBe(429)
  })
})
