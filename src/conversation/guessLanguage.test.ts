import { expect, test } from 'vitest'
import { converse } from './converse.ts'
import { smallContext, smallLibrary } from './testdata/smallLibrary.ts'
import type { Conversation, Language } from './types.ts'
import pinyin from './understanding/data/pinyin.json' with { type: 'json' }
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const { onlyEnglish } = z
  .object({ onlyEnglish: z.array(z.string()) })
  .parse(parse(readFileSync('locales/en/words.yaml', 'utf8')))
const flow = { flow: 'test', revision: 1, menu: 1, keywords: ['go'], steps: [{ id: 'fin', kind: 'end' }] }
const library = smallLibrary([flow], { words: { onlyEnglish, chinese: ['中文'] } })
const said = (text: string, before: Conversation | null = null): Conversation =>
  converse(library, before, { kind: 'text', text }, smallContext(1)).conversation

test.each<[string, Language]>([
  ['What do I need to bring for birth registration?', 'en'],
  ['how can I see where my case is', 'en'],
  ['I’d like to register my baby', 'en'],
  ['wo yao ban zsz', 'zh-CN'],
  ['wo men he ta de hai zi yao shang hu kou', 'zh-CN'],
  ['women can shenme shihou qu ban', 'zh-CN'],
  ['ni hao, wo xiang wen yi xia', 'zh-CN'],
  ['办 the 和 my 证 what to do', 'zh-CN'],
  ['DO NO 123', 'zh-CN'],
  ['', 'zh-CN'],
])('%s begins in %s', (text, language) => {
  expect(said(text).language).toBe(language)
})

test('an English sentence is heard after the greeting too, and Chinese can be chosen after it', () => {
  const greeted = converse(library, null, { kind: 'hello' }, smallContext(1)).conversation
  const english = said('What do I need to bring?', greeted)
  expect(english.language).toBe('en')
  expect(said('中文', english).language).toBe('zh-CN')
})

test('no word that counts as English is spelled like syllables of pinyin', () => {
  const syllable = Object.keys(pinyin).join('|')
  const run = new RegExp(`^(?:${syllable})+$`, 'u')
  expect(onlyEnglish.filter(word => run.test(word))).toEqual([])
})
