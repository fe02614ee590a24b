import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMockWeChat, type MockWeChat } from '../mock-wechat/server.ts'
import { json, logIn, type OfficerClient } from './people.ts'
import { answersOf, registerUpTo, withCheck } from './registration.ts'
import { startService, type RunningService } from './service.ts'
import { wechatEnv } from './wechatEnv.ts'

/* A family loses its child; months later the mother writes in despair. Through the official account, from end to end. */

const VILLAGE = '420702104212'
type User = ReturnType<MockWeChat['user']>

let wechat: MockWeChat
let service: RunningService
let mother: User
let cadre: User
let leader: User
let village: OfficerClient
let town: OfficerClient
let applicationId: string

beforeAll(async () => {
  wechat = await startMockWeChat()
  service = await startService({ env: wechatEnv(wechat) })
  wechat.connect({ url: `${service.url}/wechat/official` })
  village = await logIn(service.url, 'village')
  town = await logIn(service.url, 'town')
  cadre = await chatOf(village)
  leader = await chatOf(town)
  mother = wechat.user()
  await registerUpTo('submit', answersOf(VILLAGE, withCheck('42070219920202000')), text => mother.say(text))
  const number = mother
    .seen()
    .join()
    .match(/SY\d{6}-\d{6}/)?.[0]
  const { items } = await json<{ items: { id: string; number: string }[] }>(await village.get('/api/applications'))
  applicationId = items.find(item => item.number === number)?.id ?? ''
}, 60_000)
afterAll(async () => {
  await service?.dispose()
  await wechat?.close()
})

/** A phone on which this officer is told things. */
async function chatOf(officer: OfficerClient): Promise<User> {
  const phone = wechat.user()
  const { code } = await json<{ code: string }>(await officer.post('/api/officer/binding-code'))
  await phone.say(`绑定 ${code}`)
  return phone
}

interface TaskJson {
  id: string
  source: string
  fence: number
}

const cryOf = async (officer: OfficerClient): Promise<TaskJson | undefined> =>
  (await json<{ items: TaskJson[] }>(await officer.get('/api/tasks?limit=100'))).items.find(
    ({ source }) => source === 'distress',
  )

test('a lost child is met with a warm word; the calendar ends, nothing of itself follows, and the town is asked to come', async () => {
  await mother.say('服务日历')
  await mother.say('同意，开日历')
  expect(mother.seen().at(-1)).toContain('预产期')
  await mother.say('孩子没保住')
  expect(mother.seen().join('\n')).toContain('您多保重')
  const before = mother.seen().length
  await mother.say('停止提醒')
  expect(mother.seen().at(-1)).toContain('不会再提醒')
  expect(mother.seen().length).toBe(before + 1)
  const { items } = await json<{ items: { id: string; status: string }[] }>(await town.get('/api/care-families'))
  const proposed = items.filter(({ status }) => status === 'proposed')
  expect(proposed).toHaveLength(1)
  const family = `/api/care-families/${proposed[0]?.id}`
  const people = { people: [{ name: '李秀英', birthday: null }], phone: null, address: null, consentWay: 'paper' }
  expect((await town.post(`${family}/people`, people)).status).toBeLessThan(300)
  expect((await town.post(`${family}/contacts`, { post: 'leader', officer: 'demo-town' })).status).toBeLessThan(300)
  expect((await town.post(`${family}/contacts`, { post: 'cadre', officer: 'demo-village' })).status).toBeLessThan(300)
})

test('a word of despair: numbers to call, one task, both contacts told at once, and no question of ours after it', async () => {
  await mother.say('我不想活了')
  expect(mother.seen().at(-1)).toContain('12356')
  for (const phone of [cadre, leader])
    await expect.poll(() => phone.seen().join(), { timeout: 15_000 }).toContain('紧急')
  const after = mother.seen().length
  await mother.say('在吗')
  expect(mother.seen().slice(after).join()).toContain('我们在')
  expect(mother.seen().at(-1)).not.toContain('请问您要办什么')
  const task = await cryOf(village)
  expect(task).toBeDefined()
})

test('a human lifts it by writing what he did, and not before', async () => {
  const task = await cryOf(village)
  const leased = await village.post(`/api/tasks/${task?.id}/lease`, {}, task?.fence)
  const { fence } = await json<TaskJson>(leased)
  expect((await village.post(`/api/tasks/${task?.id}/close`, { evidence: null }, fence)).status).toBeGreaterThan(399)
  await mother.say('在吗')
  expect(mother.seen().at(-1)).toContain('我们在')
  const words = { evidence: '上门陪了两个小时，妹妹接去住了' }
  expect((await village.post(`/api/tasks/${task?.id}/close`, words, fence)).status).toBe(200)
  expect(await cryOf(village)).toMatchObject({ status: 'done' })
  await mother.say('在吗')
  expect(mother.seen().at(-1)).not.toContain('我们在')
  // The house stays in mourning until somebody says that it is over.
  const lifted = await village.post(`/api/applications/${applicationId}/lift-mute`, { words: '常去看，好多了' })
  expect(lifted.status).toBe(204)
  expect(wechat.problems).toEqual([])
})
