import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkBuild } from './checkBuild.ts'

/** The real build with one thing broken: each rule of the gate must see its own. */
function findingsAfter(breakIt: (root: string) => void): string {
  const root = mkdtempSync(join(tmpdir(), 'nuanxin-gate-'))
  cpSync(join(process.cwd(), 'dist/build/mp-weixin'), root, { recursive: true })
  breakIt(root)
  const { findings } = checkBuild(root, '')
  rmSync(root, { recursive: true })
  return findings.map(({ file, problem }) => `${file}: ${problem}`).join('\n')
}

test('the build as it is passes', () => {
  expect(findingsAfter(() => {})).toBe('')
})

test.each([
  [
    'a component without its page',
    (root: string) => rmSync(join(root, 'components/AppBar.wxml')),
    'AppBar.wxml is missing',
  ],
  [
    'a page that WeChat cannot compile',
    (root: string) => writeFileSync(join(root, 'pages/chat/index.wxml'), '<view>{{ a..b }}</view'),
    'wcc',
  ],
  [
    'a style that WeChat cannot compile',
    (root: string) => writeFileSync(join(root, 'app.wxss'), '.a { color: '),
    'wcsc',
  ],
  ['a script with a syntax error', (root: string) => writeFileSync(join(root, 'text.js'), 'const ='), 'SyntaxError'],
  ['a lost require', (root: string) => writeFileSync(join(root, 'text.js'), 'require("./gone.js")'), 'leads nowhere'],
  [
    'an address outside',
    (root: string) => writeFileSync(join(root, 'text.js'), '"https://cdn.example.com/a.png"'),
    'outside address',
  ],
  [
    'a question where somebody is that app.json does not declare',
    (root: string) => writeFileSync(join(root, 'text.js'), 'wx.chooseLocation({})'),
    'chooseLocation is not in requiredPrivateInfos',
  ],
  [
    'a package over 2 MiB',
    (root: string) => writeFileSync(join(root, 'big.json'), `"${'x'.repeat(2_100_000)}"`),
    'more than 2 MiB',
  ],
])('%s is found', (_what, breakIt, finding) => {
  expect(findingsAfter(breakIt)).toContain(finding)
})
