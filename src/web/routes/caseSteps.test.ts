import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  applicationSchema,
  filedSchema,
  invitationSchema,
  residentApplicationSchema,
  shortCodeSchema,
} from '../schemas.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
let officer: Record<string, string>
beforeEach(async () => {
  web = await openTestWeb()
  officer = await web.officer()
})
afterEach(() => web.close())

const post = (path: string, body: object, headers = officer) => web.post(path, body, { 'if-match': '"3"', ...headers })

describe('steps of a case', () => {
  test.each([
    ['start-review', {}, { act: 'startReview', fence: 3 }],
    ['pause', { reason: '等检测' }, { act: 'pause', fence: 3, reason: '等检测' }],
    ['resume', {}, { act: 'resume', fence: 3 }],
    ['deliver', {}, { act: 'deliver' }],
    ['not-duplicate', { of: 'application-9' }, { act: 'notDuplicate', of: 'application-9' }],
    ['move', { to: '420704108202', reason: '搬家' }, { act: 'move', to: '420704108202', reason: '搬家' }],
    ['reopen', { reason: '决定有误' }, { act: 'reopen', reason: '决定有误' }],
    ['revoke-certificate', { reason: '内容不实' }, { act: 'revoke', reason: '内容不实' }],
    [
      'correct',
      { changes: [{ field: 'earlierChildren', value: 2, reason: '少填一个' }] },
      { act: 'correct', fence: 3, corrections: [{ field: 'earlierChildren', value: 2, reason: '少填一个' }] },
    ],
    [
      'confirmations',
      { bureau: '民政局', question: '是否在册', share: ['applicantName'] },
      { act: 'requestConfirmation', fence: 3, bureau: '民政局', text: '是否在册', share: ['applicantName'] },
    ],
  ])('%s reaches its use case and answers the case as it then is', async (name, body, act) => {
    const response = await post(`/api/applications/application-1/${name}`, body)
    expect(response.status).toBe(200)
    expect(applicationSchema.parse(await response.json()).duplicates).toHaveLength(1)
    expect(web.app.asked).toEqual([['act', 'application-1', act]])
  })

  test.each([
    ['pause', {}],
    ['correct', { changes: [] }],
    ['correct', { changes: [{ field: 'phone; drop', value: '1', reason: 'x' }] }],
    ['confirmations', { bureau: '民政局', question: '是否在册', share: ['bankAccount'] }],
    ['move', { to: '420704108', reason: '搬家' }],
    ['move', { to: '420704108202' }],
    ['reopen', { reason: '' }],
  ])('%s refuses what is not well-formed', async (name, body) => {
    expect((await post(`/api/applications/application-1/${name}`, body)).status).toBe(400)
    expect(web.app.asked).toEqual([])
  })

  test('names the fields that are wrong, missing, or none of ours', async () => {
    const fieldsOf = async (name: string, body: object) => {
      const answered = (await (await post(`/api/applications/application-1/${name}`, body)).json()) as {
        fields?: string[]
      }
      return answered.fields
    }
    expect(await fieldsOf('move', { to: '4207' })).toEqual(['to', 'reason'])
    expect(await fieldsOf('pause', { reason: '等检测', why: 'x' })).toEqual(['why'])
    expect(await fieldsOf('pause', { reason: '等检测', 欧阳测试: 'x' })).toBeUndefined()
  })

  test('what is refused says what is possible, and which field is wrong', async () => {
    web.app.refuseWith = { ok: false, refusal: { code: 'badInput', fields: ['phone'] } }
    const response = await post('/api/applications/application-1/correct', {
      changes: [{ field: 'phone', value: '1', reason: '写错' }],
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'badInput', fields: ['phone'] })
  })
})

describe('a window case', () => {
  const content = {
    ...{ matter: 'birthRegistration', applicantName: ' 欧阳 测试', applicantId: '42070219900101000９', phone: '' },
    ...{ registrant: 'mother', stage: 'expecting', birthDate: '2027-01-15', earlierChildren: 0 },
  }
  const filing = { key: 'form-1', way: 'window', whyNotOnline: 'noPhone', content }

  test('is read like the chat reads, in the own village of the officer, and answers with the task in hand', async () => {
    const response = await post('/api/window-applications', filing)
    expect(response.status).toBe(200)
    expect(response.headers.get('etag')).toBe('"1"')
    expect(filedSchema.parse(await response.json())).toMatchObject({ fence: 1, repeated: false })
    expect(web.app.asked[0]?.[1]).toMatchObject({
      ...{ key: 'form-1', way: 'window', whyNotOnline: 'noPhone', assistCode: null },
      content: {
        ...{ applicantId: '420702199001010009', phone: '', regionCode: '420702104212', childName: null, married: null },
      },
    })
  })

  test.each([
    ['a reason why not online', { ...filing, whyNotOnline: undefined }],
    ['a reason of the list', { ...filing, whyNotOnline: 'lazy' }],
    ['a code when an officer files online for somebody', { ...filing, way: 'assisted' }],
    ['a real identity number', { ...filing, content: { ...content, applicantId: '420702199001010004' } }],
    ['a phone that can be', { ...filing, content: { ...content, phone: '12' } }],
    ['a key', { ...filing, key: undefined }],
    ['nothing that was not asked', { ...filing, content: { ...content, religion: '无' } }],
  ])('needs %s', async (_what, body) => {
    const response = await post('/api/window-applications', body)
    expect(response.status).toBe(400)
    expect(web.app.asked).toEqual([])
  })

  test('of a town needs its village', async () => {
    const county = await web.officer('county')
    expect((await post('/api/window-applications', filing, county)).status).toBe(400)
    const named = { ...filing, content: { ...content, regionCode: '420702104212' } }
    expect((await post('/api/window-applications', named, county)).status).toBe(200)
  })

  test('the words of a promise come with the papers that it may stand for', async () => {
    const headers = await web.officer()
    const read = async (matter: string) =>
      (await web.call(`/api/window-commitments?matter=${matter}`, { headers })).json()
    expect(await read('additionalBirthPermit')).toEqual({
      items: [{ material: 'marriageCertificate', text: '承诺 420702104212' }],
    })
    expect(await read('certificateReissue')).toEqual({ items: [] })
  })

  test('begins with an invitation to go on online', async () => {
    const response = await post('/api/window-invitations', {
      matter: 'birthRegistration',
      slots: { applicantName: '欧阳测试' },
    })
    const invitation = invitationSchema.parse(await response.json())
    expect(invitation.code).toBe('12345678')
    expect(invitation.link).toContain('/?invitation=12345678')
    expect(invitation.qr).toMatch(/^data:image\/svg\+xml/)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })
})

describe('a resident', () => {
  test('takes his case back, and sends what was asked for', async () => {
    const resident = await web.resident()
    const back = await web.post('/api/applications/application-1/withdraw', { reason: '不办了' }, resident)
    expect(residentApplicationSchema.parse(await back.json()).number).toBe('SY261123-000001')
    const sent = await web.post(
      '/api/applications/application-1/supplements',
      { materials: [{ name: '户口本', text: '已遗失，正在补办' }] },
      resident,
    )
    expect(sent.status).toBe(200)
    expect(web.app.asked).toEqual([
      ['withdraw', 'application-1', '不办了'],
      ['supplement', 'application-1', ['户口本 已遗失，正在补办']],
    ])
  })

  test('cannot send the upload of somebody else', async () => {
    const resident = await web.resident()
    const body = { materials: [{ name: '户口本', uploadId: 'upload-of-another' }] }
    expect((await web.post('/api/applications/application-1/supplements', body, resident)).status).toBe(400)
    expect(web.app.asked).toEqual([])
  })

  test('gets a code for whoever helps him, and goes on by an invitation', async () => {
    const resident = await web.resident()
    const code = await web.call('/api/assist-code', { headers: resident })
    expect(shortCodeSchema.parse(await code.json())).toMatchObject({
      code: '12345678',
      expiresAt: '2026-11-23T09:00:00+08:00',
      qr: expect.stringContaining('data:image/svg+xml'),
    })
    expect((await web.post('/api/invitations/accept', { code: '12345678' }, resident)).status).toBe(204)
    expect((await web.post('/api/invitations/accept', { code: '00000000' }, resident)).status).toBe(404)
  })
})

test('another bureau answers its one request; a wrong token and an unknown request get the same answer', async () => {
  const answer = (id: string, token: string) =>
    web.post(`/api/confirmations/${id}/answer`, { token, answer: 'accepted' }, {})
  expect((await answer('request-1', 'right')).status).toBe(204)
  const [wrong, unknown] = [await answer('request-1', 'wrong'), await answer('request-2', 'right')]
  expect([wrong.status, await wrong.text()]).toEqual([unknown.status, await unknown.text()])
})

describe('a photo that was supplied', () => {
  const path = '/api/applications/application-1/photos/photo-1'
  const reason = '核对户口本'
  const image = { mimeType: 'image/png', bytes: new Uint8Array([1, 2, 3]) }

  test('goes to an officer against a reason, never to be kept in a cache', async () => {
    web.auth.uploads.set('photo-1', { residentId: 'resident-1', ...image })
    expect((await web.post(path, {}, officer)).status).toBe(400)
    const response = await web.post(path, { reason }, officer)
    expect(response.status).toBe(200)
    expect([response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
      ...['image/png', 'no-store'],
    ])
    expect(web.app.asked).toEqual([['photo', 'application-1', 'photo-1', '核对户口本']])
  })

  test('is none of the case when somebody else uploaded it', async () => {
    web.auth.uploads.set('photo-1', { residentId: 'resident-2', ...image })
    expect((await web.post(path, { reason }, officer)).status).toBe(404)
  })
})
