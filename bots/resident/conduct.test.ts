import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openAnswered } from './answered.ts'
import { conduct, inOrder, type BotParts, type Heard } from './conduct.ts'
import { loadPuppet } from './puppet.ts'
import { replyText } from './replyText.ts'
import { readSentences } from './sentences.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'nuanxin-bot-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const sentences = readSentences(path.resolve('locales'), 'zh-CN')

const photo: Heard = {
  messageId: 'm1',
  senderId: 'resident',
  text: '',
  kind: 'media',
  fromSelf: false,
  sentAt: 0,
  room: null,
}

function parts(): BotParts {
  return {
    ask: () => Promise.reject(new Error('not to be asked')),
    answered: openAnswered(path.join(folder, 'answered.log')),
    sentences,
    maxAgeMs: 1000,
    now: () => 0,
    pause: () => Promise.resolve(),
    note: () => undefined,
  }
}

test('a photo is answered with a request to write', async () => {
  const said: string[] = []
  const mouth = {
    reachable: true,
    direct: (text: string) => Promise.resolve(said.push(text) > 0),
    room: () => Promise.resolve(),
  }
  await conduct(photo, mouth, parts())
  expect(said).toEqual([sentences.textOnly])
})

test('both languages say the same things', () => {
  expect(Object.keys(readSentences(path.resolve('locales'), 'en'))).toEqual(Object.keys(sentences))
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
