import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMockWecom, type MockMember, type MockWecom } from '../mock-wechat/wecom.ts'
import { answersOf, registerUpTo, withCheck } from './registration.ts'
import { json, logIn, newGuest } from './people.ts'
import { startService, type RunningService } from './service.ts'
import { wecomEnv } from './wechatEnv.ts'

/* An officer who has nothing but WeCom: a card for a new task, its buttons, and the end by chat. */

const VILLAGE = '420702104212'
const UPDATE = '/cgi-bin/message/update_template_card'

let wecom: MockWecom
let service: RunningService
let url: string
let wang: MockMember

beforeAll(async () => {
  wecom = await startMockWecom()
  service = await startService({ env: wecomEnv(wecom) })
  url = service.url
  wecom.connect(`${url}/wecom`)
  wang = wecom.member('WangJianGuo')
})
afterAll(async () => {
  await service?.dispose()
  await wecom?.close()
})

async function fileCase(serial: string): Promise<string> {
  const resident = await newGuest(url)
  const answers = answersOf(VILLAGE, withCheck(`4207021991${serial}000`))
  const last = await registerUpTo('submit', answers, text => resident.says(text))
  return JSON.stringify(last?.replies).match(/SY\d{6}-\d{6}/)?.[0] ?? ''
}

interface TaskJson {
  id: string
  status: string
  fence: number
  assigneeName: string | null
  applicationId: string | null
}

test('the console accepts the address, and a forged check is refused', async () => {
  expect(await wecom.verifyAddress()).toMatchObject({ ok: true })
  expect(await wecom.verifyAddress(query => query.set('msg_signature', '0'.repeat(40)))).toMatchObject({ status: 403 })
})

test('who is not bound has no tasks; the code of his own page binds him', async () => {
  const officer = await logIn(url, 'village')
  const { code } = await json<{ code: string }>(await officer.post('/api/officer/binding-code'))
  await wang.say(`绑定 ${code}`)
  expect(wang.seen().at(-1)).toContain('王建国')
  await wang.say('待办')
  expect(wang.seen().at(-1)).toMatch(/1[.、]/)
  expect(wecom.problems).toEqual([])
})

test('a new task comes as a card; 接单 takes it once, changes the card once, and chat ends it', async () => {
  await fileCase('0101')
  const card = await wang.waitForCard()
  expect(JSON.stringify(card)).not.toMatch(/李秀英|13800000001/)
  const pressed = await wang.press('接单', card)
  expect(pressed).toMatchObject({ status: 200, body: '' })
  await wang.waitFor('已接单')
  await wang.again(pressed)
  await wang.again(pressed)
  expect(card.replaced).toBe('已接单')
  expect(wecom.calls(UPDATE)).toHaveLength(1)

  const officer = await logIn(url, 'village')
  const id = card.buttons[0]?.key.split('|')[1]
  const leased = await json<{ task: TaskJson }>(await officer.get(`/api/tasks/${id}`))
  expect(leased.task).toMatchObject({ status: 'leased', fence: 1, assigneeName: '王建国' })

  await wang.say('待办')
  const lines = wang.seen().at(-1)?.split('\n') ?? []
  const place = /^(\d+)/.exec(lines.findLast(text => /^\d/.test(text) && text.includes('李*')) ?? '')?.[1]
  await json(await officer.post(`/api/applications/${leased.task.applicationId}/accept`, {}, leased.task.fence))
  await wang.say(`办结 ${place}`)
  await wang.waitFor(/PZ\d{6}-\d{6}/)
  const done = await json<{ task: TaskJson }>(await officer.get(`/api/tasks/${id}`))
  expect(done.task.status).toBe('done')
  expect(wecom.problems).toEqual([])
}, 60_000)

test('a card whose task somebody else took says so, and whose it is', async () => {
  await fileCase('0202')
  const before = wecom.calls(UPDATE).length
  const card = await wang.waitForCard(({ replaced }) => replaced === null)
  const town = await logIn(url, 'town')
  const key = card.buttons[0]?.key ?? ''
  await json(await town.post(`/api/tasks/${key.split('|')[1]}/lease`))
  await wang.press('接单', card)
  await wang.waitFor('这件任务已由')
  expect(card.replaced).toBe('他人已接单')
  expect(wecom.calls(UPDATE)).toHaveLength(before + 1)
}, 60_000)

test('查看 tells and leaves the buttons; 稍后 puts it off; a stranger with the card gets nothing', async () => {
  await fileCase('0303')
  const card = await wang.waitForCard(({ replaced }) => replaced === null)
  await wang.press('查看', card)
  await wang.waitFor('详情请到工作台查看')
  expect(card.replaced).toBeNull()
  const stranger = wecom.member('LiSi')
  await stranger.press('接单', card)
  await stranger.waitFor('还没有绑定')
  const officer = await logIn(url, 'village')
  const task = await json<{ task: TaskJson }>(await officer.get(`/api/tasks/${card.buttons[0]?.key.split('|')[1]}`))
  expect(task.task).toMatchObject({ status: 'open', fence: 0 })
  await wang.press('稍后', card)
  await new Promise(resolve => setTimeout(resolve, 500))
  expect(card.replaced).toBe('稍后再提醒')
  expect(wecom.problems).toEqual([])
}, 60_000)

/** One pixel, and behind its end what cameras write. */
const photo = Buffer.concat([
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  Buffer.from('GPS 30.39 114.89'),
])

interface Evidence {
  items: { id: string; by: string; piece: { kind: string; state?: string; label?: string } }[]
}

test('a photo and a place become evidence of the task named last; the photo is fetched from the platform', async () => {
  await fileCase('0404')
  const card = await wang.waitForCard(({ replaced }) => replaced === null)
  const id = card.buttons[0]?.key.split('|')[1] ?? ''
  await wang.press('接单', card)
  await wang.waitFor('已接单')
  // The card that was pressed names its task: nobody is asked where the photo belongs.
  await wang.push({ MsgType: 'image', MediaId: wecom.keepMedia(photo), PicUrl: 'http://x.invalid', MsgId: '9001' })
  expect(wang.seen().at(-1)).toContain('照片1张')
  await wang.push({ MsgType: 'location', Location_X: '30.39', Location_Y: '114.89', Label: '下柯村', MsgId: '9002' })
  expect(wang.seen().at(-1)).toContain('位置1处')

  const officer = await logIn(url, 'village')
  const pieces = async () => (await json<Evidence>(await officer.get(`/api/tasks/${id}/evidence`))).items
  await expect
    .poll(async () => (await pieces()).map(({ piece }) => piece.state ?? piece.label), { timeout: 20_000 })
    .toEqual(['here', '下柯村'])
  const [sent] = await pieces()
  const shown = await officer.post(`/api/tasks/${id}/evidence/${sent?.id}`)
  expect(shown.headers.get('content-type')).toBe('image/png')
  expect(Buffer.from(await shown.arrayBuffer()).toString('latin1')).not.toContain('GPS')
  expect(wecom.problems).toEqual([])
}, 60_000)

test('the county binds a member, who then has tasks without a code, and takes it back', async () => {
  const county = await logIn(url, 'county')
  const binding = { officer: 'village', channel: 'wecom', member: 'ZhaoMin' }
  const zhao = wecom.member('ZhaoMin')
  await zhao.say('待办')
  expect(zhao.seen().at(-1)).toContain('工作人员')
  expect(await json(await county.post('/api/identities', binding))).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ channel: 'wecom', member: 'zhaomin' })]),
  })
  await zhao.say('待办')
  expect(zhao.seen().at(-1)).toContain('待办')
  expect((await county.post('/api/identities/remove', binding)).status).toBe(200)
  await zhao.say('指令')
  expect(zhao.seen().at(-1)).not.toContain('转办 1 给')
}, 60_000)

const leave = (headers: Record<string, string> = {}) =>
  fetch(`${url}/officer/login/wecom`, { redirect: 'manual', headers })
const cookieFrom = (response: Response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
const comeBack = (query: Record<string, string>, cookie: string) =>
  fetch(`${url}/officer/login/wecom/callback?${new URLSearchParams(query)}`, {
    redirect: 'manual',
    headers: { cookie },
  })

test('a bound member is logged in as by password; the way back works once and in one browser', async () => {
  const left = await leave({ 'user-agent': 'Mozilla/5.0 wxwork/4.1.0' })
  expect(left.status).toBe(303)
  const to = new URL(left.headers.get('location') ?? '')
  expect(to.origin + to.pathname).toBe('https://open.weixin.qq.com/connect/oauth2/authorize')
  expect(to.searchParams.get('redirect_uri')).toBe(`${url}/officer/login/wecom/callback`)
  const state = to.searchParams.get('state') ?? ''
  const cookie = cookieFrom(left)

  const code = wecom.issueLoginCode('WangJianGuo')
  expect((await comeBack({ code, state }, '')).status).toBe(400)
  expect((await comeBack({ code, state: `${state}x` }, cookie)).status).toBe(400)
  const back = await comeBack({ code, state }, cookie)
  expect(back.status).toBe(303)
  expect(back.headers.get('location')).toBe('/officer')
  const session = cookieFrom(back)
  const me = await json<{ officer: { name: string } }>(
    await fetch(`${url}/api/officer/me`, { headers: { cookie: session } }),
  )
  expect(me.officer.name).toBe('王建国')
  expect((await comeBack({ code: wecom.issueLoginCode('WangJianGuo'), state }, cookie)).status).toBe(400)
})

test('outside of the app a code is scanned; who is unbound, no member, or late reads why', async () => {
  const tries: [string | null, number, string][] = [
    ['LiSi', 403, '还没有绑定'],
    [null, 403, '不是本单位'],
  ]
  for (const [member, status, sentence] of tries) {
    const left = await leave()
    const to = new URL(left.headers.get('location') ?? '')
    expect(to.hostname).toBe('login.work.weixin.qq.com')
    const query = { code: wecom.issueLoginCode(member), state: to.searchParams.get('state') ?? '' }
    const back = await comeBack(query, cookieFrom(left))
    expect(back.status).toBe(status)
    expect(back.headers.get('set-cookie')).not.toMatch(/nuanxin=/)
    expect(await back.text()).toContain(sentence)
  }
  const left = await leave()
  const state = new URL(left.headers.get('location') ?? '').searchParams.get('state') ?? ''
  const back = await comeBack({ code: 'made-up', state }, cookieFrom(left))
  expect(back.status).toBe(400)
  expect(await back.text()).toContain('已过期')
})
