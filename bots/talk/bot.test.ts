import type { EventEmitter } from 'node:events'
import { createServer, type Server } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { types, type Wechaty } from 'wechaty'
import { mock, PuppetMock } from 'wechaty-puppet-mock'
import { openAnswered } from './answered.ts'
import { buildBot } from './bot.ts'
import type { BotParts } from './conduct.ts'
import { readSentences } from './sentences.ts'
import { serviceAt, type BotTurn } from './service.ts'

const token = 'a-token-of-just-enough-length'
const sentences = readSentences(path.resolve('locales'), 'zh-CN', 'resident')

/** A loopback service that keeps the turns it got; `failures` of them are answered with 503 first. */
interface Desk {
  url: string
  turns: BotTurn[]
  failures: number
  close(): Promise<void>
}

async function openDesk(): Promise<Desk> {
  const turns: BotTurn[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      if (request.headers.authorization !== `Bearer ${token}`) return response.writeHead(401).end()
      turns.push(JSON.parse(body) as BotTurn)
      if (desk.failures-- > 0) return response.writeHead(503).end()
      const choices = [
        { key: 'a', label: '母亲' },
        { key: 'b', label: '父亲' },
      ]
      return response.end(
        JSON.stringify({ replies: [{ id: '1', kind: 'choices', text: '请问您是孩子的谁？', choices }], state: {} }),
      )
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const desk: Desk = {
    url: `http://127.0.0.1:${port}`,
    turns,
    failures: 0,
    close: () => new Promise(done => server.close(() => done())),
  }
  return desk
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'nuanxin-bot-'))
let desk: Desk
let notes: string[]
let now: number
let running: Wechaty | undefined

beforeEach(async () => {
  desk = await openDesk()
  notes = []
  now = Date.now()
})

afterEach(async () => {
  await running?.stop()
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

function parts(over: Partial<BotParts> = {}): BotParts {
  return {
    ask: serviceAt(desk.url, token),
    answered: openAnswered(path.join(folder, 'answered.log')),
    sentences,
    miniProgram: null,
    maxAgeMs: 600_000,
    now: () => now,
    pause: () => Promise.resolve(),
    note: (event, detail) => notes.push([event, detail.why].filter(Boolean).join(' ')),
    ...over,
  }
}

/** A village chat group with the bot and 李奶奶 in it; `direct` and `room` hold what the bot said there. */
async function village(botParts: BotParts, granny: { friend: boolean } = { friend: true }) {
  const mocker = new mock.Mocker()
  const bot = buildBot(new PuppetMock({ mocker }), botParts)
  running = bot
  const loggedIn = new Promise<void>(done => bot.once('login', () => done()))
  await bot.start()
  const me = mocker.createContact({ name: '暖心小助手' })
  const resident = mocker.createContact({ name: '李奶奶', friend: granny.friend })
  const group = mocker.createRoom({ topic: '三组家庭群', memberIdList: [me.id, resident.id] })
  mocker.login(me)
  await loggedIn
  const direct: string[] = []
  const room: string[] = []
  const listen = (to: unknown, into: string[]) =>
    (to as EventEmitter).on('message', (message: mock.MessageMock) => {
      if (message.talker().id === me.id) into.push(message.text() ?? '')
    })
  listen(resident, direct)
  listen(group, room)
  return { mocker, bot, me, resident, group, direct, room }
}

const heardBy = (check: () => void) => expect.poll(() => (check(), true), { timeout: 4000 }).toBe(true)

test('a direct message goes to the service and its answer comes back with numbered choices', async () => {
  const { me, resident, direct } = await village(parts())
  resident.say('我要登记').to(me)
  await heardBy(() => expect(direct).toHaveLength(1))
  expect(direct[0]).toBe('请问您是孩子的谁？\n1. 母亲\n2. 父亲\n回复数字就可以。')
  expect(desk.turns).toEqual([{ messageId: expect.any(String), senderId: resident.id, text: '我要登记' }])
})

test('a mention in a room is answered in the direct chat, and the room reads one neutral sentence', async () => {
  const { me, resident, group, direct, room } = await village(parts())
  resident.say('@暖心小助手 我要登记', [me]).to(group)
  await heardBy(() => expect(room).toHaveLength(1))
  expect(direct[0]).toContain('请问您是孩子的谁？')
  expect(room[0]).toContain(sentences.roomAnswered)
  expect(room[0]).not.toContain('母亲')
  expect(desk.turns[0]).toMatchObject({ text: '我要登记', mention: true })
})

test('a mention without a word is taken as a greeting', async () => {
  const { me, resident, group, room } = await village(parts())
  resident.say('@暖心小助手', [me]).to(group)
  await heardBy(() => expect(room).toHaveLength(1))
  expect(desk.turns[0]).toMatchObject({ text: '您好' })
})

test('somebody who cannot be reached outside the room is asked to add the account, and nothing is begun', async () => {
  const { me, resident, group, direct, room } = await village(parts(), { friend: false })
  resident.say('@暖心小助手 我要登记', [me]).to(group)
  await heardBy(() => expect(room).toHaveLength(1))
  expect(room[0]).toContain(sentences.roomAddFirst)
  expect([direct, desk.turns]).toEqual([[], []])
})

test('a room message without a mention is left alone', async () => {
  const { resident, group, room, direct } = await village(parts())
  resident.say('今天赶集').to(group)
  await heardBy(() => expect(notes).toContain('ignored notMentioned'))
  expect([room, direct, desk.turns]).toEqual([[], [], []])
})

test('what the bot says itself is never taken for a question', async () => {
  const { me, resident } = await village(parts())
  me.say('您好').to(resident)
  await heardBy(() => expect(notes).toContain('ignored own'))
  expect(desk.turns).toEqual([])
})

test('a photo reaches the service as it was sent', async () => {
  const { mocker, me, resident, direct } = await village(parts())
  // The mock has one picture of its own.
  resident.say(await mocker.puppet.messageImage('any', types.Image.Artwork)).to(me)
  await heardBy(() => expect(direct).toHaveLength(1))
  expect(desk.turns[0]).toMatchObject({ senderId: resident.id, photo: expect.any(String) })
  expect(desk.turns[0]?.text).toBeUndefined()
})

test('the officers’ bot greets with the list of tasks and speaks of nothing in a room', async () => {
  const own = readSentences(path.resolve('locales'), 'zh-CN', 'officer')
  const { me, resident, group, room } = await village(parts({ sentences: own }))
  resident.say('@暖心小助手', [me]).to(group)
  await heardBy(() => expect(room).toHaveLength(1))
  expect(desk.turns[0]).toMatchObject({ text: '待办', mention: true })
  expect(room[0]).toContain(own.roomAnswered)
})

test('a message delivered again after a restart is not answered twice', async () => {
  const first = await village(parts())
  first.resident.say('我要登记').to(first.me)
  await heardBy(() => expect(first.direct).toHaveLength(1))
  const [turn] = desk.turns
  await first.bot.stop()

  const second = await village(parts())
  const again = second.mocker.MessageMock.create({
    id: turn?.messageId ?? '',
    talkerId: second.resident.id,
    listenerId: second.me.id,
    text: '我要登记',
    timestamp: Date.now(),
    type: first.mocker.MessageMock.load(turn?.messageId ?? '').type(),
  })
  second.mocker.puppet.emit('message', { messageId: again.id })
  await heardBy(() => expect(notes).toContain('ignored answered'))
  expect([second.direct, desk.turns.length]).toEqual([[], 1])
})

test('a message older than the limit is not answered', async () => {
  now = Date.now() + 601_000
  const { me, resident } = await village(parts())
  resident.say('我要登记').to(me)
  await heardBy(() => expect(notes).toContain('ignored old'))
  expect(desk.turns).toEqual([])
})

test('while the service is away the resident is told once, and the same message is tried again', async () => {
  desk.failures = 3
  const { me, resident, direct } = await village(parts())
  resident.say('我要登记').to(me)
  await heardBy(() => expect(direct).toHaveLength(2))
  expect(direct[0]).toBe(sentences.busy)
  expect(direct[1]).toContain('请问您是孩子的谁？')
  expect(new Set(desk.turns.map(turn => turn.messageId)).size).toBe(1)
  expect(desk.turns).toHaveLength(4)
})

test('a service that cannot be reached at all ends in an apology, not in silence', async () => {
  const { me, resident, direct } = await village(parts({ ask: serviceAt('http://127.0.0.1:9', token) }))
  resident.say('我要登记').to(me)
  await heardBy(() => expect(direct).toEqual([sentences.busy, sentences.gaveUp]))
})

test('a wrong token is not tried again', async () => {
  const { me, resident, direct } = await village(
    parts({ ask: serviceAt(desk.url, 'another-token-of-the-same-length') }),
  )
  resident.say('我要登记').to(me)
  await heardBy(() => expect(direct).toEqual([sentences.gaveUp]))
  expect(notes).toContain('gaveUp HTTP 401')
})
