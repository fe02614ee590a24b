import { describe, expect, test } from 'vitest'
import { allowedImports, circles, roomEdges, wrongWay } from './imports.ts'
import { productionFiles, readSource, repositoryFiles } from './tree.ts'

const sample = (path: string, text: string) => ({ path, text })

describe('imports point one way', () => {
  test.each([
    ['src/domain/a.ts', `import { x } from '../app/b.ts'`, 'domain must not import app'],
    ['src/channels/web/a.ts', `import type { X } from '../../store/b.ts'`, 'channels must not import store'],
    ['src/store/a.ts', `export { x } from '../web/b.ts'`, 'store must not import web'],
    ['src/jobs/a.ts', `const x = await import('../channels/b.ts')`, 'jobs must not import channels'],
    ['src/app/a.ts', `type X = import('../runtime/b.ts').X`, 'app must not import runtime'],
    ['src/app/a.ts', `import pg from 'pg'`, 'app must not import pg'],
    ['src/app/a.ts', `import { readFile } from 'node:fs/promises'`, 'app reaches outside'],
    ['src/web/a.ts', `import { WechatyBuilder } from 'wechaty'`, 'web must not import wechaty'],
    ['src/helpers/a.ts', `import '../app/b.ts'`, 'helpers is no room'],
    ['src/web/a.ts', `import x from '../../bots/resident/bot.ts'`, 'web must not import bots'],
  ])('%s with %s is found', (path, text, message) => {
    expect(wrongWay([sample(path, text)]).join()).toContain(message)
  })

  test('an allowed import is left alone', () => {
    expect(wrongWay([sample('src/web/a.ts', `import { x } from '../app/b.ts'`)])).toEqual([])
  })

  test('in this house', () => {
    expect(wrongWay(productionFiles())).toEqual([])
  })
})

describe('imports run in no circle', () => {
  const three = (word: string) => [
    sample('src/app/a.ts', `import './b.ts'`),
    sample('src/app/b.ts', `import ${word} { C } from './c.ts'`),
    sample('src/app/c.ts', `import './a.ts'`),
    sample('src/app/d.ts', `import './a.ts'`),
  ]

  test('a circle of three is found', () => {
    expect(circles(three(''), { types: false })).toEqual([['src/app/a.ts', 'src/app/b.ts', 'src/app/c.ts']])
  })

  test('a circle that closes over a type is found when types count', () => {
    expect(circles(three('type'), { types: false })).toEqual([])
    expect(circles(three('type'), { types: true })).toHaveLength(1)
  })

  test('in this house at run time', () => {
    expect(circles(productionFiles(), { types: false })).toEqual([])
  })

  test('in this house with types', () => {
    expect(circles(productionFiles(), { types: true })).toEqual([])
  })
})

test('wechaty is loaded by the bot process only', () => {
  const outside = repositoryFiles(['src', 'bench', 'scripts']).filter(file => /\.(ts|mjs)$/.test(file))
  const loading = outside.filter(file => /(from|import\()\s*['"]wechaty/.test(readSource(file).text))
  expect(loading).toEqual([])
})

describe('docs/architecture.md draws the imports as they are', () => {
  const drawn = (text: string) =>
    [...(text.match(/```mermaid\n([\s\S]*?)```/)?.[1] ?? '').matchAll(/^\s*(\w+ --> \w+)\s*$/gm)].map(m => m[1] ?? '')

  test('drawn edges are the real ones', () => {
    const inDocument = drawn(readSource('docs/architecture.md').text).sort()
    expect(inDocument).toEqual(roomEdges(productionFiles()))
  })

  test('every drawn edge is allowed', () => {
    const forbidden = drawn(readSource('docs/architecture.md').text).filter(edge => {
      const [from = '', to = ''] = edge.split(' --> ')
      return !allowedImports[from]?.includes(to)
    })
    expect(forbidden).toEqual([])
  })

  test('an edge that is missing in the drawing would be seen', () => {
    expect(drawn('```mermaid\nflowchart\n  web --> app\n```')).toEqual(['web --> app'])
    expect(roomEdges([sample('src/store/a.ts', `import '../domain/b.ts'`)])).toEqual(['store --> domain'])
  })
})
