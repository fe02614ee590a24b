import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { audiences } from './audience.ts'
import { openAnswered } from './answered.ts'
import { conduct, inOrder, type BotParts, type Heard, type Mouth } from './conduct.ts'
import { loadPuppet } from './puppet.ts'
import { replyText } from './replyText.ts'
import { readSentences } from './sentences.ts'
import type { AskService, BotTurn } from './service.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'nuanxin-bot-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const sentences = readSentences(path.resolve('locales'), 'zh-CN', 'resident')

const sound: Heard = {
  messageId: 'm1',
  senderId: 'resident',
  text: '',
  kind: 'media',
  fromSelf: false,
  sentAt: 0,
  room: null,
  place: null,
  photo: () => Promise.resolve(null),
}

const miniProgram = { appId: 'wx0123456789abcdef', userName: 'gh_0@app', page: 'pages/chat/index' }

/** Writes down what would be said and shown. */
function mouthOf(reachable = true) {
  const said: string[] = []
  const note = (what: string) => {
    said.push(what)
    return Promise.resolve()
  }
  const mouth: Mouth = {
    reachable,
    direct: text => note(text).then(() => true),
    room: text => note(`room: ${text}`),
    card: () => note('card'),
    handOver: ({ page }, title) => note(`mini-program: ${title} ${page}`),
  }
  return { said, mouth }
}

let messages = 0
const heard = (change: Partial<Heard>): Heard => ({ ...sound, messageId: `h${(messages += 1)}`, ...change })

function parts(): BotParts {
  return {
    ask: () => Promise.reject(new Error('not to be asked')),
    answered: openAnswered(path.join(folder, 'answered.log')),
    sentences,
    miniProgram: null,
    maxAgeMs: 1000,
    now: () => 0,
    pause: () => Promise.resolve(),
    note: () => undefined,
  }
}

test('speech is answered with a request to write, and with the mini-program where there is one', async () => {
  const { said, mouth } = mouthOf()
  await conduct(heard({}), mouth, parts())
  await conduct(heard({}), mouth, { ...parts(), miniProgram })
  const { textOnly } = sentences
  expect(said).toEqual([textOnly, textOnly, `mini-program: ${sentences.miniProgram} pages/chat/index`])
})

test('a photo goes to the service as it is; one that cannot be had is asked for again', async () => {
  const turns: BotTurn[] = []
  const ask: AskService = async turn => {
    turns.push(turn)
    return turn.photo === 'broken' ? { status: 'badPhoto' } : { status: 'answered', replies: [{ text: '收到' }] }
  }
  const { said, mouth } = mouthOf()
  for (const photo of ['anBlZw==', 'broken', null]) {
    await conduct(heard({ kind: 'photo', photo: () => Promise.resolve(photo) }), mouth, { ...parts(), ask })
  }
  expect(turns.map(({ photo, text }) => [photo, text])).toEqual([
    ['anBlZw==', undefined],
    ['broken', undefined],
  ])
  expect(said).toEqual(['收到', sentences.photoUnread, sentences.photoUnread])
})

test('a place goes along with its name', async () => {
  const turns: BotTurn[] = []
  const ask: AskService = async turn => {
    turns.push(turn)
    return { status: 'answered', replies: [] }
  }
  const place = { latitude: 30.39, longitude: 114.89 }
  await conduct(heard({ kind: 'text', text: '凤凰街道', place }), mouthOf().mouth, { ...parts(), ask })
  expect(turns[0]).toMatchObject({ text: '凤凰街道', place })
})

test('what a chat cannot do goes on in the mini-program', async () => {
  const ask: AskService = () =>
    Promise.resolve({ status: 'answered', replies: [{ text: '请签名', input: { type: 'signature' } }] })
  const { said, mouth } = mouthOf()
  await conduct(heard({ kind: 'text', text: '好' }), mouth, { ...parts(), ask, miniProgram })
  expect(said).toEqual(['请签名', `mini-program: ${sentences.miniProgram} pages/chat/index`])
})

test('who is no contact gets one neutral sentence and the card of the account', async () => {
  const { said, mouth } = mouthOf(false)
  await conduct(heard({ kind: 'text', text: '待办', room: { mentionsBot: true } }), mouth, parts())
  expect(said).toEqual([`room: ${sentences.roomAddFirst}`, 'card'])
})

test('both bots say the same things in both languages', () => {
  for (const audience of audiences)
    expect(Object.keys(readSentences(path.resolve('locales'), 'en', audience))).toEqual(Object.keys(sentences))
})

test('the memory holds ids, survives a restart and stays small', () => {
  const file = path.join(folder, 'small.log')
  const answered = openAnswered(file)
  for (let n = 0; n < 2100; n++) answered.add(`id-${n}`)
  expect([answered.has('id-0'), answered.has('id-2099')]).toEqual([false, true])
  expect(openAnswered(file).has('id-2099')).toBe(true)
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(2001)
})

test('one person is served in order, also after a failure; another does not wait', async () => {
  const take = inOrder()
  const done: string[] = []
  let release = () => {}
  const slow = take('a', () => new Promise<void>(resolve => (release = resolve)).then(() => void done.push('a1')))
  const failing = take('a', () => Promise.reject(new Error('broken')))
  const last = take('a', () => Promise.resolve(void done.push('a3')))
  await take('b', () => Promise.resolve(void done.push('b1')))
  expect(done).toEqual(['b1'])
  release()
  await slow
  await expect(failing).rejects.toThrow('broken')
  await last
  expect(done).toEqual(['b1', 'a1', 'a3'])
})

test('a reply without choices is its text, with its address on a line of its own', () => {
  expect(replyText({ text: '已登记', url: 'https://example.org/x' }, sentences)).toBe('已登记\nhttps://example.org/x')
})

test('the puppet named in the configuration is loaded, and a package without one is refused', async () => {
  expect((await loadPuppet('wechaty-puppet-mock')).name()).toBeTruthy()
  await expect(loadPuppet('yaml')).rejects.toThrow('exports no puppet')
})
