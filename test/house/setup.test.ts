import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { count, failures, sum, verdict } from '../../scripts/results.mjs'
import { fingerprint, isInstalled, isNewEnough } from '../../scripts/setup.mjs'

test('Node 20.19 is the oldest that starts', () => {
  expect(['v20.18.3', 'v18.20.0', 'v20.19.0', 'v22.1.0', 'v24.0.0'].map(isNewEnough)).toEqual([
    false,
    false,
    true,
    true,
    true,
  ])
})

describe('what is installed is what the lockfile names', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '1.0.0', dev: true },
      'node_modules/c-darwin': { version: '1.0.0', optional: true },
    },
  }
  const running = { packages: { 'node_modules/a': { version: '1.0.0' } } }

  test('to run, the packages for tests and other platforms may be missing', () => {
    expect([isInstalled(lock, running, false), isInstalled(lock, running, true)]).toEqual([true, false])
  })

  test('another version counts as not installed', () => {
    expect(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.1' } } }, false)).toBe(false)
  })
})

test('a source that was written since the last build is seen', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'nuanxin-house-'))
  const file = path.join(folder, 'a.ts')
  writeFileSync(file, 'a')
  const before = fingerprint([folder])
  expect(fingerprint([folder])).toBe(before)
  utimesSync(file, 1, 1)
  expect(fingerprint([folder])).not.toBe(before)
  rmSync(folder, { recursive: true })
})

describe('the last line of a test run', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
  }

  test('counts a file that could not run as a failure', () => {
    const broken = { ...report, testResults: [{ status: 'failed', assertionResults: [] }] }
    expect(count(broken)).toEqual({ passed: 3, failed: 1, skipped: 1 })
  })

  test('says what failed: the test and the first lines of why, or the file that could not run', () => {
    const failed = {
      status: 'failed',
      fullName: 'a case is closed',
      failureMessages: ['\u001B[31mAssertionError: no\u001B[39m\n    at a.ts'],
    }
    const testResults = [
      { name: '/x/src/a.test.ts', status: 'failed', assertionResults: [{ status: 'passed' }, failed] },
      { name: '/x/src/b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      { name: '/x/src/c.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] },
    ]
    expect(failures({ ...report, testResults }, '/x')).toEqual([
      'FAILED src/a.test.ts > a case is closed: AssertionError: no ⏎     at a.ts',
      'FAILED src/b.test.ts: no such module',
    ])
  })

  test('adds up', () => {
    expect(sum([count(report), count(report)])).toEqual({ passed: 6, failed: 0, skipped: 2 })
  })

  test('a skip fails only where everything is required, and nothing at all is no success', () => {
    expect(verdict(count(report), false)).toEqual({ line: '3 passed, 0 failed, 1 skipped', good: true })
    expect(verdict(count(report), true).good).toBe(false)
    expect(verdict(sum([]), false).good).toBe(false)
  })
})
