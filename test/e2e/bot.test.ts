import type { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mock, PuppetMock } from 'wechaty-puppet-mock'
import type { Audience } from '../../bots/talk/audience.ts'
import { openAnswered } from '../../bots/talk/answered.ts'
import { buildBot } from '../../bots/talk/bot.ts'
import { readSentences } from '../../bots/talk/sentences.ts'
import { serviceAt } from '../../bots/talk/service.ts'
import { deployments, type Deployment } from './deployments.ts'
import { json, logIn, newGuest } from './people.ts'
import { answersOf, registerUpTo, withCheck } from './registration.ts'

/* The bot on the mock puppet, the service for real: the fourth way in, with the same session rules. */

const TOKEN = 'a-bot-token-for-end-to-end-tests'
const folder = mkdtempSync(path.join(tmpdir(), 'nuanxin-bot-'))
let deployment: Deployment
let url: string
const stops: (() => Promise<void>)[] = []
let granny: Person

interface Person {
  says(text: string): void
  asksInGroup(text: string): void
  direct: string[]
  room: string[]
}

/** A bot with an account of its own, somebody who writes to it, and a group with both. */
async function openBot(audience: Audience, name: string): Promise<Person> {
  const mocker = new mock.Mocker()
  const bot = buildBot(new PuppetMock({ mocker }), {
    ask: serviceAt(url, TOKEN),
    answered: openAnswered(path.join(folder, `${audience}.log`)),
    sentences: readSentences(path.resolve('locales'), 'zh-CN', audience),
    miniProgram: null,
    maxAgeMs: 600_000,
    now: () => Date.now(),
    pause: ms => new Promise(resolve => setTimeout(resolve, ms)),
    note: () => undefined,
  })
  const loggedIn = new Promise<void>(done => bot.once('login', () => done()))
  await bot.start()
  stops.push(() => bot.stop())
  const me = mocker.createContact({ name: '暖心小助手' })
  const person = mocker.createContact({ name, friend: true })
  const group = mocker.createRoom({ topic: '三组家庭群', memberIdList: [me.id, person.id] })
  mocker.login(me)
  await loggedIn
  const heard = (where: unknown): string[] => {
    const texts: string[] = []
    const emitter = where as EventEmitter
    emitter.on('message', (message: mock.MessageMock) => {
      if (message.talker().id === me.id) texts.push(message.text() ?? '')
    })
    return texts
  }
  return {
    says: text => person.say(text).to(me),
    asksInGroup: text => person.say(`@暖心小助手 ${text}`, [me]).to(group),
    direct: heard(person),
    room: heard(group),
  }
}

beforeAll(async () => {
  const [embedded] = deployments
  if (!embedded) throw new Error('the embedded deployment is always there')
  deployment = await embedded.open()
  const service = await deployment.start({ env: { NUANXIN_BOT_TOKEN: TOKEN } })
  url = service.url
  granny = await openBot('resident', '李奶奶')
})

afterAll(async () => {
  for (const stop of stops) await stop()
  await deployment.close()
  rmSync(folder, { recursive: true, force: true })
})

const answered = (texts: string[], what: string) =>
  expect.poll(() => texts.join('\n'), { timeout: 10_000 }).toContain(what)

test('a direct message begins a registration; its answers go on in it', async () => {
  granny.says('生育登记')
  await answered(granny.direct, '您是孩子的什么人')
  granny.says('孩子妈妈')
  await answered(granny.direct, '您同意吗')
})

test('asked in the group, it answers the same session in the direct chat and says nothing personal in the group', async () => {
  granny.asksInGroup('同意')
  await answered(granny.direct, '请问您的姓名')
  await answered(granny.room, '私聊')
  expect(granny.room.join()).not.toContain('姓名')
})

test('an officer binds the bot with a code of his own page; in the group it says nothing of the work', async () => {
  const wang = await openBot('officer', '王建国')
  wang.says('待办')
  await answered(wang.direct, '这是工作人员用的')
  const { code } = await json<{ code: string }>(await (await logIn(url, 'village')).post('/api/officer/binding-code'))
  wang.says(`绑定 ${code}`)
  await answered(wang.direct, '绑定好了')
  wang.asksInGroup('')
  await answered(wang.direct, '待办')
  await answered(wang.room, '工作内容不在群里说')
  expect(wang.room.join()).not.toMatch(/李|生育登记|\d\./)
  wang.says('指令')
  await answered(wang.direct, '把三号办了')
})

test('an officer works through the bot: takes, puts off, is asked why, looks, takes up again and closes', async () => {
  const village = '420702104212'
  const resident = await newGuest(url)
  await registerUpTo('submit', answersOf(village, withCheck('42070219930505000')), text => resident.says(text))
  const wang = await openBot('officer', '王建国的第二部手机')
  const { code } = await json<{ code: string }>(await (await logIn(url, 'village')).post('/api/officer/binding-code'))
  const says = async (text: string, what: string | RegExp): Promise<string> => {
    const before = wang.direct.length
    const heard = () => wang.direct.slice(before).join('\n')
    wang.says(text)
    await expect.poll(heard, { timeout: 20_000 }).toMatch(what)
    return heard()
  }
  await says(`绑定 ${code}`, '绑定好了')
  let list = await says('待办', /1\. /)
  while (!/^\d+\. [^\n]*待接/m.test(list)) list = await says('更多', /\d+\. /)
  const n = /^(\d+)\. [^\n]*待接/m.exec(list)?.[1]
  await says(`${n}号我去`, '已接单')
  await says(`挂起 ${n}`, /为什么挂起[^]*家里没人/)
  await says('2', '已挂起')
  await says(`${n}号办了吗`, '状态：暂停')
  await says(`恢复 ${n}`, '接着办')
  await says(`转办 ${n} 给孙悟空`, '对不上一个人')
  await says('算了', '没有转')
  await says(`催办 ${n}`, '催办由乡镇、县级用')
}, 90_000)
