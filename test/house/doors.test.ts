import { describe, expect, test } from 'vitest'
import { moduleMocks, platformOutsideChannels, shortcuts, sqlOutsideStore, throughTheBackDoor } from './doors.ts'
import { productionFiles, readSource, repositoryFiles } from './tree.ts'

const inApp = (text: string) => [{ path: 'src/app/a.ts', text }]
const inRuntime = (text: string) => [{ path: 'src/runtime/a.ts', text }]

describe('only runtime reads the environment, the clock or chance', () => {
  test.each([
    'const x = process.env.X',
    'const { X } = process.env',
    'const x = Date.now()',
    'const x = new Date()',
    'const x = Date()',
    'const x = Math.random()',
    `import { randomBytes } from 'node:crypto'`,
    `import { randomUUID as id } from 'node:crypto'`,
    'const x = crypto.randomUUID()',
    'const x = performance.now()',
  ])('%s is found elsewhere', text => {
    expect(throughTheBackDoor(inApp(text))).toHaveLength(1)
    expect(throughTheBackDoor(inRuntime(text))).toEqual([])
  })

  test.each([
    'const x = new Date(at)',
    'const x = world.randomBytes(16)',
    '// Date.now() would drift',
    `const x = 'Math.random'`,
  ])('%s is left alone', text => expect(throughTheBackDoor(inApp(text))).toEqual([]))

  test('the entry may hand the environment on, and no more', () => {
    const main = (text: string) => throughTheBackDoor([{ path: 'src/main.ts', text }])
    expect([main('readConfig(process.env)'), main('Date.now()')]).toEqual([[], ['src/main.ts:1 reads the clock']])
  })

  test('in this house', () => {
    expect(throughTheBackDoor(productionFiles())).toEqual([])
  })
})

describe('only store names SQL', () => {
  test.each([
    'const x = `select id from task where id = ${id}`',
    `const x = 'INSERT INTO task VALUES (1)'`,
    'const x = `update task set status = 1`',
    'const x = `WITH a AS (SELECT 1)`',
  ])('%s is found elsewhere', text => {
    expect(sqlOutsideStore(inApp(text))).toHaveLength(1)
    expect(sqlOutsideStore([{ path: 'src/store/a.ts', text }])).toEqual([])
  })

  test('ordinary sentences are left alone', () => {
    expect(sqlOutsideStore(inApp(`const x = 'select one of these'; const y = 'update the page'`))).toEqual([])
  })

  test('in this house', () => {
    expect(sqlOutsideStore(productionFiles())).toEqual([])
  })
})

describe('only channels name WeChat', () => {
  test.each([
    `const x = 'https://api.weixin.qq.com/cgi-bin/token'`,
    'const openid = 1',
    'const x = { errcode: 0 }',
    'function verifyWecom() {}',
    'const x = `${base}/qyapi`',
  ])('%s is found elsewhere', text => {
    expect(platformOutsideChannels(inApp(text)).length).toBeGreaterThan(0)
    expect(platformOutsideChannels([{ path: 'src/channels/wecom/a.ts', text }])).toEqual([])
  })

  test.each([
    `const x = 'wechat-official'`,
    `const x = ['wecom']`,
    '// WeChat answers 200 with an errcode',
    `import x from './wechatThing.ts'`,
  ])('%s is left alone', text => expect(platformOutsideChannels(inApp(text))).toEqual([]))

  test('in this house', () => {
    expect(platformOutsideChannels(productionFiles())).toEqual([])
  })
})

describe('no shortcut around the types, no failure that nobody sees', () => {
  test.each([
    ['const x: any = 1', 'any'],
    ['const x = y!', 'non-null !'],
    ['try { f() } catch {}', 'empty catch'],
    ['console.log(1)', 'console'],
    ['// @ts-expect-error later\nf()', '@ts-expect-error'],
    ['/* TODO */', 'TODO'],
    ['// oxlint-disable-next-line\nf()', 'oxlint-disable'],
  ])('%s is found', (text, what) => {
    expect(shortcuts(inApp(text)).join()).toContain(what)
  })

  test('ordinary code is left alone', () => {
    expect(shortcuts(inApp(`const company = !any; try { f() } catch (error) { note(error) }`))).toEqual([])
  })

  test('in this house', () => {
    expect(shortcuts(productionFiles())).toEqual([])
  })
})

describe('tests replace no module', () => {
  test('a module mock is found', () => {
    expect(moduleMocks(inApp(`vi.mock('./x.ts')`))).toHaveLength(1)
    expect(moduleMocks(inApp(`const text = 'vi.mock'; vi.fn()`))).toEqual([])
  })

  test('in this house', () => {
    const tests = repositoryFiles(['src', 'test', 'bots', 'bench', 'miniprogram']).filter(file =>
      file.endsWith('.test.ts'),
    )
    expect(moduleMocks(tests.map(readSource))).toEqual([])
  })
})
