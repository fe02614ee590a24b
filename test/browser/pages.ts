import { existsSync, mkdirSync, rmdirSync } from 'node:fs'
import path from 'node:path'
import { build, root } from '../../scripts/setup.mjs'
import { eventually } from '../e2e/people.ts'

const BUILD_MS = 110_000

/** Builds the pages when they are missing, as `npm test` does. */
export const pagesAreBuilt = (): Promise<void> => isBuilt('h5', 'miniprogram/dist', 'build/h5/index.html')

/** The same for the supervisors' pages. */
export const consoleIsBuilt = (): Promise<void> => isBuilt('console', 'console/dist', 'index.html')

/** One builder at a time: several test files may ask. */
async function isBuilt(part: 'h5' | 'console', dist: string, page: string): Promise<void> {
  const folder = path.join(root, dist)
  const there = () => existsSync(path.join(folder, page))
  if (there()) return
  const lock = path.join(root, path.dirname(dist), '.building')
  if (!taken(lock)) return void (await eventually(async () => there() && !existsSync(lock), BUILD_MS))
  try {
    await build([part])
  } finally {
    rmdirSync(lock)
  }
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
