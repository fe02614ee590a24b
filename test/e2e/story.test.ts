import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMockWeChat, type MockWeChat } from '../mock-wechat/server.ts'
import type { MockUser } from '../mock-wechat/user.ts'
import { inEveryDeployment, type Deployment } from './deployments.ts'
import { answersOf, ID_MOTHER, registerUpTo, withCheck } from './registration.ts'
import { eventually, json, logIn } from './people.ts'
import type { RunningService } from './service.ts'
import { wechatEnv } from './wechatEnv.ts'

inEveryDeployment(open => {
  let wechat: MockWeChat
  let deployment: Deployment
  let service: RunningService

  beforeAll(async () => {
    wechat = await startMockWeChat()
    deployment = await open()
    service = await deployment.start({ env: wechatEnv(wechat) })
    wechat.connect({ url: `${service.url}/wechat/official` })
  })

  afterAll(async () => {
    await deployment?.close()
    await wechat?.close()
  })

  test('from the first hello to the rating, on one phone', async () => {
    const mother = wechat.user()
    await mother.follow()
    expect(mother.seen().join()).toContain('暖心')

    await registerUpTo('review', answersOf('420702104212'), text => mother.say(text))
    expect(mother.seen().at(-1)).toContain('4207**********')
    await mother.choose('提交')
    const number = applicationNumber(mother)

    const officer = await logIn(service.url, 'village')
    const { items } = await json<{ items: TaskJson[] }>(await officer.get('/api/tasks?status=open&limit=50'))
    const application = await eventually(async () => {
      for (const task of items.filter(({ applicationId }) => applicationId !== null)) {
        const one = await json<ApplicationJson>(await officer.get(`/api/applications/${task.applicationId}`))
        if (one.number === number) return { ...one, task }
      }
      return null
    })
    expect(JSON.stringify(application)).not.toContain(ID_MOTHER)

    const leased = await json<TaskJson>(await officer.post(`/api/tasks/${application.task.id}/lease`))
    expect(leased).toMatchObject({ status: 'leased', fence: 1, firstReceiverName: '王建国' })
    await json(await officer.post(`/api/applications/${application.id}/accept`, {}, leased.fence))
    const decided = await json<ApplicationJson>(
      await officer.post(`/api/applications/${application.id}/decide`, { decision: 'granted' }, leased.fence),
    )
    expect(decided.certificateNumber).toMatch(/^PZ\d{6}-\d{6}$/)

    await mother.waitFor(decided.certificateNumber ?? '')
    await mother.waitFor('满意')
    await mother.say('非常满意')
    const thanks = mother.seen().at(-1)
    await mother.say('进度')
    expect(mother.seen().at(-1)).toContain(number)
    expect(thanks).toContain('谢谢')
    const town = await logIn(service.url, 'town')
    const rated = await json<ApplicationJson>(await town.get(`/api/applications/${application.id}`))
    expect(rated.rating).toMatchObject({ level: 5 })
    expect(wechat.problems).toEqual([])
  })

  test('one message delivered three times, and twice at once, has one effect and one answer', async () => {
    const father = wechat.user()
    const first = await father.say('生育登记')
    const repeat = await father.again(first)
    expect(repeat.status).toBe(200)
    const again = await father.again(first)
    expect(again.verdict).toEqual(repeat.verdict)
    const url = `${service.url}/wechat/official`
    const twice = await father.say('1', { urls: [url, url] })
    expect(twice.attempts).toHaveLength(2)
    expect(father.seen()).toHaveLength(2)
    expect(wechat.problems).toEqual([])
  })

  test('an officer works by chat: 绑定, 待办, 接单, 办结', async () => {
    const resident = wechat.user()
    await resident.follow()
    await registerUpTo('submit', answersOf('420702104213', withCheck('42070219930303000')), text => resident.say(text))
    const county = await logIn(service.url, 'county')
    const drawn = await county.post('/api/identities/code', { officer: 'village2' })
    const { code } = await json<{ code: string }>(drawn)
    const phone = wechat.user()
    await phone.say(`绑定 ${code}`)
    expect(phone.seen().at(-1)).toContain('李春花')
    const other = wechat.user()
    await other.say(`绑定 ${code}`)
    expect(other.seen().at(-1)).toContain('绑定码不对')
    await phone.say('待办')
    const line = phone
      .seen()
      .at(-1)
      ?.split('\n')
      .find(text => text.includes('2027-01-15'))
    const n = /^(\d+)/.exec(line ?? '')?.[1]
    await phone.say(`接单 ${n}`)
    await phone.say(`办结 ${n}`)
    expect(phone.seen().join('\n')).toMatch(/PZ\d{6}-\d{6}/)
    await resident.waitFor(/PZ\d{6}-\d{6}/)

    const chats = await json<{ items: { channel: string; member: string }[] }>(
      await county.get('/api/identities?officer=village2'),
    )
    expect(chats.items).toMatchObject([{ channel: 'wechat-official', member: phone.openid }])
    const bound = { officer: 'village2', channel: 'wechat-official', member: phone.openid }
    expect((await county.post('/api/identities/remove', bound)).status).toBe(200)
    await phone.say('待办')
    expect(phone.seen().at(-1)).toContain('这是工作人员用的')
    expect(wechat.problems).toEqual([])
  })

  test('a stranger who says 待办 learns that this is for officers', async () => {
    const stranger = wechat.user()
    await stranger.say('待办')
    expect(stranger.seen().at(-1)).toBeTruthy()
    expect(stranger.seen().at(-1)).not.toContain('生育登记：')
  })
})

interface TaskJson {
  id: string
  applicationId: string | null
  fence: number
  status: string
  firstReceiverName: string | null
}

interface ApplicationJson {
  id: string
  number: string
  certificateNumber: string | null
  rating: { level: number } | null
}

function applicationNumber(person: MockUser): string {
  const number = person
    .seen()
    .join('\n')
    .match(/SY\d{6}-\d{6}/)?.[0]
  if (!number) throw new Error(`no number in ${JSON.stringify(person.seen().slice(-3))}`)
  return number
}
