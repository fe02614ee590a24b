import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMockWeChat, type MockWeChat } from '../mock-wechat/server.ts'
import { startMockWecom, type MockWecom } from '../mock-wechat/wecom.ts'
import { json, logIn, newGuest } from './people.ts'
import { answersOf, registerUpTo, withCheck } from './registration.ts'
import { startService, type RunningService } from './service.ts'
import { wechatEnv, wecomEnv } from './wechatEnv.ts'

/* Every order of an officer, said on each platform against its mock: what he would type standing in a yard. */

const VILLAGE = '420702104212'

let wechat: MockWeChat
let wecom: MockWecom
let service: RunningService
let url: string

beforeAll(async () => {
  wechat = await startMockWeChat()
  wecom = await startMockWecom()
  service = await startService({ env: { ...wechatEnv(wechat), ...wecomEnv(wecom) } })
  url = service.url
  wechat.connect({ url: `${url}/wechat/official` })
  wecom.connect(`${url}/wecom`)
})
afterAll(async () => {
  await service?.dispose()
  await wechat?.close()
  await wecom?.close()
})

/** Somebody who says something and reads what comes back at once. */
type Mouth = (text: string) => Promise<string>

const platforms: { name: string; mouth(person: string): Mouth; problems(): string[] }[] = [
  {
    name: 'the Official Account',
    mouth: person => {
      const user = wechat.user(`o-${person}-of-officer-chats`)
      return async text => {
        const before = user.seen().length
        await user.say(text)
        return user.seen().slice(before).join('\n')
      }
    },
    problems: () => wechat.problems,
  },
  {
    name: 'WeCom',
    mouth: person => {
      const member = wecom.member(`${person}-chats`)
      return async text => {
        const before = member.seen().length
        await member.say(text)
        return member.seen().slice(before).join('\n')
      }
    },
    problems: () => wecom.problems,
  },
]

async function bound(mouth: Mouth, username: string): Promise<string> {
  const officer = await logIn(url, username)
  const { code } = await json<{ code: string }>(await officer.post('/api/officer/binding-code'))
  expect(await mouth(`绑定 ${code}`)).toContain('绑定好了')
  const me = await json<{ officer: { name: string } }>(await officer.get('/api/officer/me'))
  return me.officer.name
}

let births = 0

/** One for each case, none of them a name of the demo: a list tells cases apart by the first character alone. */
const SURNAMES = '璩墨笪芶仝'

/** A case of the village; what its line in the list is known by. */
async function fileCase(): Promise<string> {
  const resident = await newGuest(url)
  const surname = SURNAMES.charAt(births)
  births += 1
  const answers = answersOf(VILLAGE, withCheck(`42070219930${births}0${births}000`), `${surname}秀英`)
  await registerUpTo('submit', answers, text => resident.says(text))
  return `${surname}*`
}

/** The number of the newest line that says all this, looking further down the list as he would. */
async function numberOf(says: Mouth, ...said: string[]): Promise<string> {
  const lineOf = (list: string) =>
    list.split('\n').findLast(text => /^\d+\. /.test(text) && said.every(part => text.includes(part)))
  let line = lineOf(await says('待办'))
  for (let pages = 0; pages < 12 && line === undefined; pages++) line = lineOf(await says('更多'))
  expect(line, said.join(' ')).toBeDefined()
  return /^\d+/.exec(line ?? '')?.[0] ?? ''
}

describe.each(platforms)('on $name', ({ mouth, problems }) => {
  test('a task is looked at, put off with a reason asked back, taken up, urged and passed on', async () => {
    const [wang, town] = [mouth('wang'), mouth('town')]
    const own = await bound(wang, 'village')
    const other = await bound(town, 'town')
    const newCase = await fileCase()
    const n = await numberOf(wang, newCase)
    expect(await wang(`接单 ${n}`)).toContain('已接单')
    expect(await wang(`查 ${n}`)).toMatch(/状态：办理中[^]*可以：/)
    expect(await wang(`挂起 ${n}`)).toMatch(/为什么挂起[^]*家里没人/)
    expect(await wang('等她从医院回来')).toContain('已挂起')
    expect(await wang(`查 ${n}`)).toContain('状态：暂停')
    expect(await wang(`恢复 ${n}`)).toContain('接着办')
    const seenByTown = await numberOf(town, newCase, `${own}在办`)
    expect(await town(`把${seenByTown}号催一下`)).toContain('已催办')
    expect(await town(`催办 ${seenByTown}`)).toContain('今天催过了')
    expect(await wang(`${n}号转给${other}，他熟悉这户`)).toContain(`已问${other}`)
    expect(await town('同意')).toMatch(/已接过来|等您答复的不止一件/)
    expect(await wang(`${n}号、${n}号都挂起，等消息`)).toMatch(/号：/)
    expect(problems()).toEqual([])
  }, 120_000)
})

/** One pixel, and behind its end what cameras write. */
const photo = Buffer.concat([
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  Buffer.from('GPS 30.39 114.89'),
])

interface Evidence {
  items: { id: string; piece: { kind: string; state?: string; label?: string } }[]
}

test('photos and places sent to the Official Account become evidence of the task meant; a wrong one is taken back', async () => {
  const user = wechat.user('o-photos-of-officer-chats')
  const says: Mouth = async text => {
    const before = user.seen().length
    await user.say(text)
    return user.seen().slice(before).join('\n')
  }
  await bound(says, 'village')
  await fileCase()
  await fileCase()
  let list = await says('待办')
  const open = () => [...list.matchAll(/^(\d+)\. [^\n]*待接/gm)].map(match => match[1])
  while (open().length < 2 && !list.includes('后面没有了')) list += `\n${await says('更多')}`
  const [right, wrong] = open()
  await says(`接单${right}、${wrong}`)
  await says(`查 ${wrong}`)
  await user.sendImage(wechat.keepMedia(photo))
  expect(user.seen().at(-1)).toContain('照片1张')
  await user.sendLocation('下柯村')
  expect(user.seen().at(-1)).toContain('位置1处')

  const officer = await logIn(url, 'village')
  const attached = async () => {
    const { items } = await json<{ items: { id: string }[] }>(await officer.get('/api/tasks?mine=1&limit=50'))
    const found: { task: string; pieces: unknown[] }[] = []
    for (const { id } of items) {
      const { items: pieces } = await json<Evidence>(await officer.get(`/api/tasks/${id}/evidence`))
      if (pieces.length > 0)
        found.push({ task: id, pieces: pieces.map(({ piece }) => piece.state ?? piece.label).toSorted() })
    }
    return found
  }
  const here = { pieces: ['here', '下柯村'] }
  await expect.poll(attached, { timeout: 30_000 }).toMatchObject([here])
  const [before] = await attached()
  expect(await says('附错了')).toMatch(/拿回来了：照片1张位置1处[^]*附到哪一件/)
  expect(await attached()).toEqual([])
  expect(await says(`附到 ${right}`)).toContain('照片1张')
  await expect.poll(attached, { timeout: 30_000 }).toMatchObject([here])
  expect((await attached())[0]?.task).not.toBe(before?.task)
  expect(wechat.problems).toEqual([])
}, 120_000)
