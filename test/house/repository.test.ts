import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { missingOptional } from '../../scripts/complete-lockfile.mjs'
import {
  downloadAddresses,
  environmentNames,
  longWithoutReason,
  packageImports,
  quotedNames,
  sizesOf,
  tiedToAMachine,
} from './repository.ts'
import { productionFiles, readSource, repositoryFiles, root } from './tree.ts'

// In parts, so that this file does not find itself.
const [slash, m] = ['/', 'm']
const file = (name: string, text: string) => ({ path: name, text })
const isText = (name: string) => !/\.(png|jpg|ttf|otf|woff2?|ico|pdf|gz|br|bin)$/.test(name)
const lockfiles = ['package-lock.json', 'miniprogram/package-lock.json', 'console/package-lock.json'].filter(name =>
  existsSync(path.join(root, name)),
)

describe('nothing committed is tied to one machine', () => {
  test.each([
    `'${slash}work/main/x'`,
    `cd ${slash}home/ada/x`,
    `open("${slash}tmp/x.sock")`,
    `https://registry.np${m}js.org/x`,
  ])('%s is found', text => expect(tiedToAMachine([file('a.ts', text)])).toHaveLength(1))

  test.each(['https://example.org/work/x', './home/x', 'tmpfs: /tmp', 'a/root/b', 'src/work/main.ts'])(
    '%s is left alone',
    text => expect(tiedToAMachine([file('a.ts', text)])).toEqual([]),
  )

  test('in this house', () => {
    expect(tiedToAMachine(repositoryFiles().filter(isText).map(readSource))).toEqual([])
  })
})

describe('lockfiles', () => {
  const lockShape = z.object({
    packages: z.record(
      z.string(),
      z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() }).loose(),
    ),
  })

  test('a download address is found', () => {
    expect(downloadAddresses(file('l.json', `  "resolved": "https://mirror.example/x.tgz",`))).toHaveLength(1)
  })

  test.each(lockfiles)('%s holds no download address', name => {
    expect(downloadAddresses(readSource(name))).toEqual([])
  })

  test('a platform package that a lockfile leaves out is found', () => {
    const lock = { packages: { 'node_modules/a': { optionalDependencies: { 'a-darwin-arm64': '1.0.0' } } } }
    expect(missingOptional(lock)).toEqual([{ name: 'a-darwin-arm64', version: '1.0.0', dev: false }])
  })

  test.each(lockfiles)('%s holds the packages of every platform, or npm ci refuses it', name => {
    expect(missingOptional(lockShape.parse(JSON.parse(readSource(name).text)))).toEqual([])
  })
})

describe('dependencies', () => {
  const packageShape = z.object({
    dependencies: z.record(z.string(), z.string()).default({}),
    devDependencies: z.record(z.string(), z.string()).default({}),
    optionalDependencies: z.record(z.string(), z.string()).default({}),
  })
  const versions = ['package.json', 'miniprogram/package.json', 'console/package.json']
    .filter(name => existsSync(path.join(root, name)))
    .flatMap(name => {
      const read = packageShape.parse(JSON.parse(readSource(name).text))
      return Object.entries({ ...read.dependencies, ...read.devDependencies, ...read.optionalDependencies })
    })

  test('what production code imports is installed without the packages for development', () => {
    const dependenciesOf = (name: string) => packageShape.parse(JSON.parse(readSource(name).text)).dependencies
    const client = dependenciesOf('miniprogram/package.json')
    const supervisors = dependenciesOf('console/package.json')
    const { dependencies: server, optionalDependencies } = packageShape.parse(
      JSON.parse(readSource('package.json').text),
    )
    const imports = (under: string[]) =>
      repositoryFiles(under)
        .filter(name => /\.(ts|vue)$/.test(name) && !/\.test\.ts$|\/(testdata|testing)\//.test(name))
        .flatMap(name => [...packageImports(readSource(name).text)].map(found => [name, found] as const))
    const lost = [
      ...imports(['src', 'bots']).filter(([, name]) => !(name in server) && !(name in optionalDependencies)),
      ...imports(['miniprogram/src']).filter(([, name]) => !(name in client)),
      ...imports(['console/src']).filter(([, name]) => !(name in supervisors)),
    ]
    expect(lost).toEqual([])
  })

  test('an import of a package is seen, one of a type, of Node or of a path is not', () => {
    const text = `import { a } from 'a/b'\nimport c from '@c/d/e'\nimport type { F } from 'f'\nimport g from 'node:fs'\nimport './h.ts'\nimport i from '@/i'\nimport j from '@platform'`
    expect([...packageImports(text)]).toEqual(['a', '@c/d'])
  })

  test('every version is exact', () => {
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  test('docs/adr/0005-dependencies.md says what each is for, and names none that is gone', () => {
    const names = new Set(versions.map(([name]) => name))
    const rows = readSource('docs/adr/0005-dependencies.md').text.matchAll(/^\|([^|]*`[^|]+)\|/gm)
    const described = new Set([...rows].flatMap(row => [...quotedNames(row[1] ?? '')]))
    expect([...names].filter(name => !described.has(name))).toEqual([])
    expect([...described].filter(name => !names.has(name))).toEqual([])
  })
})

describe('environment', () => {
  const configs = repositoryFiles(['src/runtime', 'bots']).filter(name => name.endsWith('config.ts'))
  const read = environmentNames(configs.map(readSource))

  test('names are taken from the schema', () => {
    const sample = file('config.ts', 'const e = z.object({ PORT: z.string(), NUANXIN_X: z.string(), other: 1 })')
    expect(environmentNames([sample])).toEqual(['NUANXIN_X', 'PORT'])
  })

  test('every variable that is read stands in a README', () => {
    const documents = ['README.md', 'bots/README.md'].map(name => readSource(name).text).join('\n')
    const named = quotedNames(documents)
    expect(read.filter(name => !named.has(name))).toEqual([])
  })
})

describe('sizes', () => {
  test('a long file without a reason at its top is found', () => {
    const long = 'const x = 1\n'.repeat(401)
    expect(longWithoutReason([file('a.ts', long)])).toEqual(['a.ts has 401 lines'])
    expect(longWithoutReason([file('a.ts', `// One table, kept together.\n${long}`)])).toEqual([])
  })

  test('no file over 400 lines without a reason', () => {
    const code = repositoryFiles().filter(name => /\.(ts|mjs|vue)$/.test(name))
    expect(longWithoutReason(code.map(readSource))).toEqual([])
  })

  test('lines and parameters are counted', () => {
    const sizes = sizesOf([file('src/a.ts', 'function f(a, b, c, d, e) {\n  return 1\n}\n')])
    expect(sizes).toMatchObject({ function: { median: 3 }, file: { median: 3 }, manyParameters: ['src/a.ts:1'] })
  })

  test('files and functions stay small', () => {
    const { manyParameters, ...sizes } = sizesOf(productionFiles())
    const wide = `functions with more than four parameters: ${manyParameters.join(' ') || 'none'}`
    process.stdout.write(`sizes of src: ${JSON.stringify(sizes)}\n${wide}\n`)
    expect(sizes.file.p90).toBeLessThanOrEqual(250)
    expect(sizes.function.p90).toBeLessThanOrEqual(25)
  })
})
