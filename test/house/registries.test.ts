import { describe, expect, test } from 'vitest'
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
