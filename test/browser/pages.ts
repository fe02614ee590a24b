import { existsSync, mkdirSync, rmdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, root } from '../../scripts/setup.mjs'
import { eventually } from '../e2e/people.ts'

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../miniprogram/dist')
const BUILD_MS = 110_000

/** Builds the pages when they are missing, as `npm test` does; one builder at a time, several test files may ask. */
export async function pagesAreBuilt(): Promise<void> {
  const there = () => existsSync(path.join(root, 'miniprogram/dist/build/h5/index.html'))
  if (there()) return
  const lock = path.join(folder, '.building')
  mkdirSync(folder, { recursive: true })
  if (!taken(lock)) return void (await eventually(async () => there() && !existsSync(lock), BUILD_MS))
  try {
    await build(['h5'])
  } finally {
    rmdirSync(lock)
  }
}

/** The same for the supervisors' pages, which one test file asks for. */
export async function consoleIsBuilt(): Promise<void> {
  if (!existsSync(path.join(root, 'console/dist/index.html'))) await build(['console'])
}

/** Making a folder succeeds for one of those who try. */
function taken(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch {
    return false
  }
}
