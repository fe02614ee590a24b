import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { householdSchema, householdsSchema, linkedSchema, ownHouseholdsSchema } from '../householdJson.ts'
import { sessionSchema, shortCodeSchema } from '../schemas.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
let village: Record<string, string>
let resident: Record<string, string>
beforeAll(async () => {
  web = await openTestWeb({
    miniLogin: async () => ({ ok: true, sender: 'o-1', unionId: null }),
    miniPhone: async code => (code === 'good' ? { ok: true, phone: '13800000001' } : { ok: false, reason: 'badCode' }),
  })
  village = await web.officer('village')
  resident = await web.resident()
})
afterAll(() => web.close())

describe('an officer at the door', () => {
  test('finds a household, reads who gets its messages, and shows a code', async () => {
    const found = await web.call('/api/households?words=%E6%9D%8E', { headers: village })
    expect(householdsSchema.parse(await found.json()).items).toMatchObject([{ head: '李*' }])
    const one = await web.call('/api/households/household-1', { headers: village })
    expect(householdSchema.parse(await one.json()).links).toMatchObject([{ proof: 'officer' }])
    const code = await web.post('/api/households/household-1/code', {}, village)
    expect(shortCodeSchema.parse(await code.json()).code).toBe('12345678')
  })

  test('ends a link and says that a household has gone; neither is there for another household', async () => {
    for (const [what, body] of [
      ['unlink', { link: 'resident-9' }],
      ['gone', { way: 'moved' }],
      ['gone', { way: null }],
    ] as const) {
      expect((await web.post(`/api/households/household-1/${what}`, body, village)).status).toBe(200)
      expect((await web.post(`/api/households/other/${what}`, body, village)).status).toBe(404)
    }
    expect((await web.post('/api/households/household-1/gone', { way: 'asleep' }, village)).status).toBe(400)
  })

  test('of the town or county looks at what a colleague changed; one of the village does not', async () => {
    const town = await web.officer('town')
    const waiting = await web.call('/api/households/waiting', { headers: town })
    expect(householdsSchema.parse(await waiting.json()).items).toMatchObject([{ number: 'H-1' }])
    const settle = (body: object, headers: Record<string, string>) =>
      web.post('/api/households/household-1/settle', body, headers)
    const one = { change: 'change-1' }
    expect((await settle({ ...one, verdict: 'confirmed' }, town)).status).toBe(200)
    expect((await settle({ ...one, verdict: 'undone', reason: '打过电话' }, town)).status).toBe(200)
    expect((await settle({ ...one, verdict: 'undone' }, town)).status).toBe(400)
    expect((await settle({ ...one, verdict: 'confirmed' }, village)).status).toBe(403)
    expect((await web.call('/api/households/waiting', { headers: village })).status).toBe(403)
  })

  test('is told in words that he may read to give a reason, where one is missing', async () => {
    const town = await web.officer('town')
    const refused = await web.post('/api/households/household-waiting/gone', { way: null }, town)
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({
      code: 'reasonMissing',
      title: expect.stringContaining('请写明为什么要改'),
    })
    const given = { way: null, reason: '打过电话，人还在' }
    expect((await web.post('/api/households/household-waiting/gone', given, town)).status).toBe(200)
    expect((await web.post('/api/households/household-waiting/gone', { way: null, reason: '？' }, town)).status).toBe(
      400,
    )
  })

  test('is nobody else: residents, the auditor and strangers read no household', async () => {
    expect((await web.call('/api/households/household-1')).status).toBe(401)
    expect((await web.call('/api/households/household-1', { headers: resident })).status).toBe(401)
    expect((await web.call('/api/households/household-1', { headers: await web.officer('auditor') })).status).toBe(403)
  })
})

describe('a resident', () => {
  test('reads his links, and ends one', async () => {
    const own = await web.call('/api/own-households', { headers: resident })
    expect(ownHouseholdsSchema.parse(await own.json()).links).toMatchObject([{ head: '李*', proof: 'phone' }])
    expect((await web.post('/api/own-households/end', { household: 'household-1' }, resident)).status).toBe(200)
    expect((await web.post('/api/own-households/end', { household: 'other' }, resident)).status).toBe(404)
  })

  test('reads up to which day his phone counts, and is asked for it again', async () => {
    const own = ownHouseholdsSchema.parse(await (await web.call('/api/own-households', { headers: resident })).json())
    expect(own).toMatchObject({ phone: 'longAgo', links: [{ until: '2027-11-23' }], lapsedOn: null })
  })

  test('proves a household by code, by survey or by choice, and is told when it did not hold', async () => {
    for (const [what, right, wrong] of [
      ['code', { code: '12345678' }, { code: '87654321' }],
      ['survey', { token: 'right' }, { token: 'wrong' }],
      ['choose', { household: 'household-1' }, { household: 'other' }],
    ] as const) {
      const proved = await web.post(`/api/own-households/${what}`, right, resident)
      expect(linkedSchema.parse(await proved.json()).outcome).toBe('linked')
      const refused = await web.post(`/api/own-households/${what}`, wrong, resident)
      expect(linkedSchema.parse(await refused.json()).outcome).toBe('wrong')
    }
  })

  test('of the page has no phone that a platform vouches for, and one of the mini-program sends a code, never a number', async () => {
    expect((await web.post('/api/own-households/phone', { code: 'good' }, resident)).status).toBe(503)
    const { token } = sessionSchema.parse(await (await web.post('/api/mini/login', { code: 'any' })).json())
    const mini = { authorization: `Bearer ${token}` }
    expect((await web.post('/api/own-households/phone', { phone: '13800000001' }, mini)).status).toBe(400)
    expect((await web.post('/api/own-households/phone', { code: 'bad' }, mini)).status).toBe(401)
    const confirmed = await web.post('/api/own-households/phone', { code: 'good' }, mini)
    expect(ownHouseholdsSchema.parse(await confirmed.json()).phone).toBe('confirmed')
    expect(web.app.asked).toContainEqual(['confirmPhone', expect.any(String), '13800000001'])
    expect((await web.post('/api/own-households/phone/refusal', {}, mini)).status).toBe(204)
  })
})
