import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadKnowledge } from './knowledge.ts'
import { tellCoverage } from './flowsCoverage.ts'

const { library } = loadKnowledge('.')
const folder = mkdtempSync(path.join(os.tmpdir(), 'nx-coverage-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function tell(root: string, ...named: string[]) {
  const lines: string[] = []
  return { status: tellCoverage(root, library, named, line => lines.push(line)), lines }
}

test('a flow whose transcripts reach everything passes with one line', () => {
  const { status, lines } = tell('.', 'message-stop')
  expect(status).toBe(0)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^message-stop: steps (\d+)\/\1, exits .*, languages zh-CN en$|^message-stop: .* en zh-CN$/)
})

test('what no transcript reaches is named: steps, ways out, bad answers, languages', () => {
  const part = path.join('flows', 'birth-registration', 'transcripts')
  mkdirSync(path.join(folder, part), { recursive: true })
  cpSync(path.join(part, 'proxy.yaml'), path.join(folder, part, 'proxy.yaml'))
  const { status, lines } = tell(folder, 'birth-registration')
  expect(status).toBe(1)
  expect(lines).toEqual(
    expect.arrayContaining([
      'birth-registration: nobody comes to step proxyRefused',
      'birth-registration: nobody leaves by consent.refused',
      'birth-registration: nobody answers phone badly',
      'birth-registration: nothing is played in en',
    ]),
  )
})

test('a flow that is not there is said, and nothing is played', () => {
  expect(tell('.', 'no-such')).toEqual({ status: 2, lines: ['no-such: no such flow'] })
})
