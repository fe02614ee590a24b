import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import english from './locales/en.json'
import first from './locales/first.zh-CN.json'
import rest from './locales/zh-CN.json'
import { pages, subPackages } from './pages.json'
import { t, tWord } from './text.ts'

/** What the officers' list says of a task or of its own troubles: words of the service that are put together at run time. */
const FIRST_GROUPS = ['problem', 'action', 'taskStatus', 'source', 'tasks', 'role', 'outbox']

test('both languages have the same sentences, and each Chinese one lies in one file', () => {
  expect(Object.keys({ ...first, ...rest }).sort()).toEqual(Object.keys(english).sort())
  expect(Object.keys(rest).filter(key => key in first)).toEqual([])
})

test('the words of the officers’ list are there with the first screen, in first.zh-CN.json', () => {
  expect(Object.keys(rest).filter(key => FIRST_GROUPS.includes(key.split('.')[0] ?? ''))).toEqual([])
  expect(t('officer.login')).toBe(first['officer.login'])
})

test('the other sentences come with the page that needs them', async () => {
  expect(tWord('log', 'leased')).toBe('leased')
  await import('./allSentences.ts')
  expect(tWord('log', 'leased')).toBe(rest['log.leased'])
})

test('every page but the officers’ list brings them along, opened by its address too', () => {
  const all = [...pages, ...subPackages.flatMap(sub => sub.pages.map(({ path }) => ({ path: `${sub.root}/${path}` })))]
  const without = all.filter(({ path }) => !readFileSync(`src/${path}.vue`, 'utf8').includes("allSentences.ts'"))
  expect(without.map(({ path }) => path)).toEqual([])
})

test('what the officers’ list says in so many words is there with the first screen, too', () => {
  const parts = [
    'index',
    'TaskList',
    'TaskCard',
    'LoginForm',
    'OutboxLine',
    'VillageTiles',
    'VillageView',
    'ConflictCard',
  ]
  const files = parts.map(part => `src/officer/${part === 'index' ? part : `components/${part}`}.vue`)
  const said = files.flatMap(file =>
    [...readFileSync(file, 'utf8').matchAll(/\bt\('([\w.]+)'/g)].map(([, key = '']) => key),
  )
  expect(said.length).toBeGreaterThan(20)
  expect(said.filter(key => !(key in first))).toEqual([])
})
