import { describe, expect, test } from 'vitest'
import { jobs, queueNames } from '../../src/jobs/registry.ts'
import { stepKindNames } from '../../src/conversation/steps/kinds.ts'
import { accesses, type Access } from '../../src/web/route.ts'
import { routes } from '../../src/web/routes.ts'
import { readSource, repositoryFiles } from './tree.ts'

/** Addresses under /api that anyone may call, with the reason. Everything else asks who is calling. */
const openDoors: Record<string, string> = {
  '/api/mini/login': 'exchanges the code of the platform for a token',
  '/api/guest': 'demo only: makes a guest',
  '/api/officer/login': 'takes name and password',
  '/api/regions': 'names of places are public',
  '/api/public/ratings': 'numbers of ratings are published by rule (国办发〔2019〕51号), small ones hidden',
  '/api/confirmations/:id/answer': 'a bureau shows the token of the one request it answers',
  '/api/notices/:number': 'beside the holder, who shows the signed link of his own message or paper',
  '/api/notices/:number.pdf': 'the same',
  '/api/notices/:number.png': 'the same',
  '/api/certificates/:number.pdf': 'beside the holder, who shows the signed link of his own message',
}

interface Door {
  method: string
  path: string
  access: string
  roles: readonly string[]
}

function wrongDoors(doors: readonly Door[]): string[] {
  return doors.flatMap(door => {
    const name = `${door.method} ${door.path}`
    if (!accesses.includes(door.access as Access)) return [`${name} has no access rule`]
    if (door.path.startsWith('/api/') && door.access === 'anyone' && !(door.path in openDoors)) {
      return [`${name} is open to anyone without a reason`]
    }
    return []
  })
}

describe('every route says who may call it', () => {
  const door = (path: string, access: string, roles: string[] = []) => ({ method: 'GET', path, access, roles })

  test('a route without a rule, or open without a reason, is found', () => {
    expect(wrongDoors([door('/api/x', ''), door('/api/y', 'anyone'), door('/z', 'anyone')])).toEqual([
      'GET /api/x has no access rule',
      'GET /api/y is open to anyone without a reason',
    ])
  })

  test('in this house', () => {
    expect(routes.length).toBeGreaterThan(10)
    expect(wrongDoors(routes)).toEqual([])
  })

  test('no reason is kept for an address that is gone', () => {
    const paths = new Set(routes.map(route => route.path))
    expect(Object.keys(openDoors).filter(path => !paths.has(path))).toEqual([])
  })

  test('no address is given twice to the same callers', () => {
    const names = routes.map(route => `${route.method} ${route.path} for ${route.access}`)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  test('every file in routes/ stands in the list', () => {
    const list = readSource('src/web/routes.ts').text
    const files = repositoryFiles(['src/web/routes']).filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    const imported = repositoryFiles(['src/web'])
      .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map(file => readSource(file).text)
      .join('\n')
    const lost = files.filter(file => {
      const name = file.split('/').at(-1) ?? ''
      return !list.includes(`./routes/${name}`) && !imported.includes(`/${name}'`)
    })
    expect(lost).toEqual([])
  })
})

describe('every queue has a worker', () => {
  /** Queues that are written to or declared, without work in the registry; and work without a queue. */
  const unmatched = (names: readonly string[], works: string[], sources: string[]) => [
    ...names.filter(name => !works.includes(name)).map(name => `${name} has no worker`),
    ...works.filter(name => !names.includes(name)).map(name => `${name} has no queue`),
    ...sources
      .flatMap(text => [...text.matchAll(/\.producer\('([^']+)'\)/g)].map(match => match[1] ?? ''))
      .filter(name => !names.includes(name))
      .map(name => `${name} is written to and not declared`),
  ]

  test('a queue without a worker, and one that nobody declared, are found', () => {
    expect(unmatched(['a', 'b'], ['b', 'c'], [`queues.producer('d')`])).toEqual([
      'a has no worker',
      'c has no queue',
      'd is written to and not declared',
    ])
  })

  test('in this house', () => {
    const sources = repositoryFiles(['src']).filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    expect(
      unmatched(
        queueNames,
        Object.keys(jobs),
        sources.map(file => readSource(file).text),
      ),
    ).toEqual([])
  })

  test('queues and workers are made in one place', () => {
    const making = repositoryFiles(['src']).filter(
      file => file.endsWith('.ts') && !file.endsWith('.test.ts') && /new (Queue|Worker)\(/.test(readSource(file).text),
    )
    expect(making).toEqual(['src/jobs/queues.ts'])
  })
})

describe('every step kind has its cases', () => {
  const withoutCases = (kinds: readonly string[], files: string[]) =>
    kinds.filter(kind => !files.some(file => new RegExp(`/testdata/${kind}\\.(json|yaml)$`).test(file)))

  test('a kind without a case file is found', () => {
    expect(withoutCases(['say', 'ask'], ['src/conversation/steps/testdata/say.json'])).toEqual(['ask'])
  })

  test('in this house', () => {
    expect(withoutCases(stepKindNames, repositoryFiles(['src/conversation/steps']))).toEqual([])
  })
})
