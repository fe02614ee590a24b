import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { officersFirstScreen } from './firstScreen.ts'

const built = mkdtempSync(join(tmpdir(), 'nuanxin-h5-'))
afterAll(() => rmSync(built, { recursive: true }))

test('counts what the officers’ page imports, however deep, and nothing that comes later', () => {
  expect(officersFirstScreen(built)).toBeNull()
  mkdirSync(join(built, 'assets'))
  const write = (file: string, source: string) => writeFileSync(join(built, 'assets', file), source)
  writeFileSync(join(built, 'index.html'), '<script type="module" src="/assets/index-A.js"></script>')
  write('index-A.js', 'const later=()=>import("./late.B.js");')
  write('officer-index.C.js', 'import{a}from"./shared.D.js";import"./index-A.js";')
  write('shared.D.js', 'import"./deep.E.js";export const a=1')
  write('deep.E.js', '1')
  write('late.B.js', '2')
  const { files, bytes } = officersFirstScreen(built) ?? { files: [], bytes: 0 }
  expect([...files].sort()).toEqual(['deep.E.js', 'index-A.js', 'officer-index.C.js', 'shared.D.js'])
  expect(bytes).toBeGreaterThan(80)
})
