import { describe, expect, test } from 'vitest'
import { dynamicPrefixes, keyUses, localeKeys, onlyInOne, unknownKeys, unusedKeys } from './texts.ts'
import { isProduction, readSource, repositoryFiles } from './tree.ts'

const file = (path: string, text: string) => ({ path, text })
const sample = [
  file('locales/zh-CN/app.yaml', 'field:\n  name: 姓名\n  phone: 电话\nold: 旧'),
  file('locales/en/app.yaml', 'field:\n  name: Name\n  phone: Phone'),
]
const sampleKeys = localeKeys(sample).get('zh-CN') ?? new Set<string>()
const usesOf = (text: string) => keyUses([file('src/app/a.ts', text)], new Set(['app']))

describe('a broken sample', () => {
  test('a key of one language only is found', () => {
    expect(onlyInOne(localeKeys(sample))).toEqual(['app.old is missing in en'])
  })

  test('a key that nobody wrote is found', () => {
    expect(unknownKeys(usesOf(`text('app.field.adress')`), sampleKeys)).toEqual(['src/app/a.ts: app.field.adress'])
    expect(unknownKeys(usesOf('text(`app.label.${key}`)'), sampleKeys)).toEqual(['src/app/a.ts: app.label.*'])
    expect(unknownKeys(usesOf('text(`app.field.${key}`); text("app.old")'), sampleKeys)).toEqual([])
  })

  test('a key that nobody uses is found', () => {
    expect(unusedKeys(usesOf('text(`app.field.${key}`)'), sampleKeys, () => false)).toEqual(['app.old'])
  })
})

describe('in this house', () => {
  const locales = repositoryFiles(['locales']).filter(path => path.endsWith('.yaml'))
  const languages = localeKeys(locales.map(readSource))
  const known = new Set([...languages.values()].flatMap(keys => [...keys]))
  const namespaces = new Set([...known].map(key => key.split('.')[0] ?? ''))
  const flows = new Set(repositoryFiles(['flows']).map(path => path.split('/')[1] ?? ''))
  const sources = [
    ...repositoryFiles(['src', 'bots']).filter(path => isProduction(path)),
    ...repositoryFiles(['flows', 'regions']).filter(path => path.endsWith('.yaml') && !path.includes('/transcripts/')),
  ]
  const uses = keyUses(sources.map(readSource), namespaces)
  // Keys of a flow follow from its steps: the checker of flows finds missing and superfluous ones.
  const covered = (key: string) =>
    flows.has(key.split('.')[0] ?? '') ||
    key.startsWith('bot.') || // read whole, under a strict schema, by the bot
    Object.keys(dynamicPrefixes).some(prefix => key.startsWith(prefix))

  test('every sentence is there in every language', () => {
    expect([...languages.keys()].sort()).toEqual(['en', 'zh-CN'])
    expect(onlyInOne(languages)).toEqual([])
  })

  test('every key that is used was written', () => {
    expect(unknownKeys(uses, known)).toEqual([])
  })

  test('every key that was written is used', () => {
    expect(unusedKeys(uses, known, covered)).toEqual([])
  })

  test('every declared prefix still has keys', () => {
    const idle = Object.keys(dynamicPrefixes).filter(prefix => ![...known].some(key => key.startsWith(prefix)))
    expect(idle).toEqual([])
  })
})
